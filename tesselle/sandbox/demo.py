"""The demo company: a practice workspace with months on three networks, and a last one on all of them."""

import secrets
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from asgiref.sync import async_to_sync
from django.utils import timezone

from tesselle.channels.choices import first_choices
from tesselle.channels.models import Channel
from tesselle.channels.services import connect, try_connection
from tesselle.compose.models import Post
from tesselle.connectors.sandbox.contract import SandboxAccount
from tesselle.learn.services import ask
from tesselle.ledger.models import installation
from tesselle.library.models import Asset
from tesselle.networks import plugin, slugs
from tesselle.plan.models import Event, FestivePlace
from tesselle.sandbox.company import COMPANY, HANDLE, SITE, earlier
from tesselle.sandbox.company.albums import put_in_order
from tesselle.sandbox.company.campaign import past_campaign
from tesselle.sandbox.company.past import BEFORE, live_before
from tesselle.sandbox.company.posts import company_posts
from tesselle.sandbox.company.settling import settle_in
from tesselle.sandbox.company.strategy import set_strategy
from tesselle.sandbox.company.visits import bring_visits
from tesselle.sandbox.company.writing import Writer
from tesselle.sandbox.models import SeededWorld, ShelfItem
from tesselle.sandbox.practice import practice_world
from tesselle.sandbox.rehearsal import live_through
from tesselle.sandbox.unhurried import not_waiting_for_the_disk
from tesselle.strategy.aim import Aim
from tesselle.strategy.models import Campaign, Pillar
from tesselle.workspaces.models import Member, Role, User, Workspace
from tesselle.workspaces.services import create_person

EMAIL = f"camille@{SITE}"
PERSON = "Camille (exemple)"
PASSWORD_FILE = "demo-password"  # noqa: S105
BEGINS = timedelta(days=21)
PILLARS = (("Chantiers", "petrol", 50), ("Conseils", "gold", 30), ("L’équipe", "clay", 20))
CAMPAIGN, FAIR = "Fin d’année (exemple)", "Salon de l’habitat (exemple)"
MARK = "demo"
SEED = "lausanne"


def login(data_folder: Path) -> tuple[str, str]:
    """The demo's e-mail address and password; the password is made once and kept in the folder."""
    path = data_folder / PASSWORD_FILE
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text("-".join(secrets.token_hex(2) for _ in range(4)) + "\n")
    return EMAIL, path.read_text().strip()


def build(email: str, password: str) -> Workspace:
    """The demo company of this person; made when it is not there, made anew when it is half made.

    Raises:
        RuleError: publishing stands still, so that no past can be made.
    """
    person = _person(email, password)
    for mark in ShelfItem.objects.filter(table=MARK, workspace__members__user=person):
        if mark.value.get("complete"):
            return mark.workspace
        mark.workspace.delete()
    with not_waiting_for_the_disk():
        return _made(person)


def _person(email: str, password: str) -> User:
    person = User.objects.filter(email=email).first()
    if person is None:
        return create_person(
            name=PERSON, email=email, password=password, language="fr", is_verified=True, is_staff=True
        )
    # The example of a path plays a scenario in a workspace of its own.
    elsewhere = person.memberships.exclude(workspace__name=COMPANY).filter(workspace__scenario_run=None)
    if not elsewhere.exists() and not person.check_password(password):
        person.set_password(password)
        person.save(update_fields=["password"])
    return person


def _made(person: User) -> Workspace:
    installation()
    workspace = _world(person)
    mark = ShelfItem.objects.create(workspace=workspace, table=MARK, key=MARK, value={"complete": False})
    channels = _channels(workspace, person)
    chosen = {channel.pk: first_choices(channel) for channel in channels}
    today = timezone.now().astimezone(workspace.tz).date()
    writer = Writer(workspace, person, today, channels, chosen, _aims(workspace, today))
    lived = [writer.write(post, number) for number, post in enumerate(company_posts())]
    put_in_order(workspace, person)
    objective = set_strategy(workspace, channels, today, person)
    Post.objects.filter(workspace=workspace, pillar__isnull=False).update(objective=objective)
    past_campaign(workspace, today, objective, person)
    pictures = [asset.as_media() for asset in Asset.objects.filter(workspace=workspace).order_by("pk")]
    live_before(workspace, today - BEGINS, channels, chosen, pictures, person)
    live_through(workspace.pk, sorted(filter(None, lived), key=lambda moment: moment.at))
    workspace.refresh_from_db()
    settle_in(workspace, channels, writer.named, person)
    bring_visits(workspace, channels, person)
    ShelfItem.objects.filter(pk=mark.pk).update(value={"complete": True})
    ask(workspace, by=person)
    return workspace


def _world(person: User) -> Workspace:
    """The same public each time, so that what it likes can be spoken of. Nobody was there to answer it in the months
    before, and it begrudges nobody that."""
    workspace = Workspace.objects.create(
        name=COMPANY, world_kind=Workspace.WorldKind.PRACTICE, clock_shift=-(BEGINS + BEFORE)
    )
    Member.objects.create(workspace=workspace, user=person, role=Role.OWNER)
    SeededWorld.objects.create(
        workspace=workspace,
        seed=SEED,
        began_at=workspace.now(),
        remembered_until=timezone.now(),
        minds_from=timezone.now(),
    )
    return workspace


def _channels(workspace: Workspace, person: User) -> list[Channel]:
    """On a few networks for months, on all of them for the last one."""
    first = [slug for slug in slugs() if slug in earlier.networks()]
    for slug in first:
        _channel(workspace, slug, person)
    workspace.clock_shift = -BEGINS
    workspace.save(update_fields=["clock_shift"])
    for slug in slugs():
        if slug not in first:
            _channel(workspace, slug, person)
    return list(workspace.channels.order_by("network"))


def _aims(workspace: Workspace, today: date) -> dict[str, Aim]:
    """By pillar; with a campaign, a fair and a place for the holidays to be seen in the calendar."""
    Campaign.objects.create(
        workspace=workspace, name=CAMPAIGN, first_day=today, last_day=today + timedelta(days=36)
    )
    Event.objects.create(
        workspace=workspace,
        name=FAIR,
        first_day=today + timedelta(days=8),
        last_day=today + timedelta(days=11),
    )
    FestivePlace.objects.create(workspace=workspace, country="CH", region="VD")
    return {
        name: Aim(Pillar.objects.create(workspace=workspace, name=name, hue=hue, target_percent=share).pk)
        for name, hue, share in PILLARS
    }


def _channel(workspace: Workspace, slug: str, person: User) -> Channel:
    opened = async_to_sync(partial(_open_account, workspace, slug))()
    identity = try_connection(workspace=workspace, network=slug, answers=opened.answers)
    return connect(workspace=workspace, network=slug, identity=identity, by=person)


async def _open_account(workspace: Workspace, slug: str) -> SandboxAccount:
    world, sandbox = practice_world(workspace.world), plugin(slug).sandbox
    await world.look_at_clock()
    return await sandbox.open_account(world.network(slug), f"https://{sandbox.host}", HANDLE, COMPANY)
