"""Beginning a scenario: a workspace of its own, with all that it needs."""

import tomllib
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import partial
from itertools import cycle
from pathlib import Path

from asgiref.sync import async_to_sync
from django.db import transaction
from django.utils.translation import gettext

from tesselle.channels.choices import first_choices
from tesselle.channels.models import Channel
from tesselle.compose.services import Wording, save_post
from tesselle.connectors.registry import World
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_, Message
from tesselle.journal.services import record
from tesselle.networks import plugin, slugs
from tesselle.sandbox.accounts import connect_simulated
from tesselle.sandbox.badday.services import schedule
from tesselle.sandbox.clock.services import stop
from tesselle.sandbox.company import COMPANY, HANDLE
from tesselle.sandbox.company.drafts import asset_of
from tesselle.sandbox.company.posts import company_posts
from tesselle.sandbox.models import BadDay, ScenarioRun, SeededWorld
from tesselle.sandbox.practice import PracticeWorld, practice_world
from tesselle.sandbox.scenarios.catalogue import Scenario
from tesselle.sandbox.scenarios.measuring import RIVAL_KEY, RIVAL_TABLE, place_of
from tesselle.sandbox.worlds import new_seed
from tesselle.simulation.best import best_hour, best_plan
from tesselle.simulation.network import SimPost
from tesselle.workspaces.models import User, Workspace
from tesselle.workspaces.services import create_workspace, delete_workspace

RIVAL_NAME = "Carreaux & Cie (exemple)"
RIVAL_HANDLE = "carreauxetcie"
DRAFTS = 14


@transaction.atomic
def begin_scenario(*, scenario: Scenario, by: User, instead_of: Workspace | None = None) -> Workspace:
    """`instead_of`: the workspace of an earlier try; it is deleted, and can be brought back as any.

    Raises:
        RuleError: a network of the scenario is not installed here.
    """
    if missing := set(scenario.networks) - set(slugs()):
        words = N_("This installation lacks %(networks)s, so that scenario cannot be played.")
        raise RuleError(Message(words, {"networks": ", ".join(sorted(missing))}))
    workspace = create_workspace(
        name=gettext("Practice: %(scenario)s") % {"scenario": gettext(scenario.title)},
        zone=instead_of.zone if instead_of else "Europe/Zurich",
        language=by.language,
        world_kind=Workspace.WorldKind.PRACTICE,
        by=by,
    )
    now = workspace.now()
    SeededWorld.objects.create(
        workspace=workspace, world=scenario.world, seed=new_seed(), began_at=now, remembered_until=now
    )
    channels = [
        connect_simulated(workspace=workspace, network=slug, by=by, handle=HANDLE, name=COMPANY)
        for slug in scenario.networks
    ]
    _drafts(workspace, channels, by)
    begins, ends = _span(workspace, scenario)
    for event in scenario.events:
        at = begins + event.after
        until = at + event.lasts if event.lasts else None
        kind = BadDay.Kind(event.kind)
        schedule(workspace, network=scenario.networks[0], kind=kind, begins_at=at, ends_at=until)
    best = async_to_sync(partial(_prepared, workspace.world, channels, scenario, begins, ends))()
    ScenarioRun.objects.create(
        workspace=workspace, scenario=scenario.slug, begun_by=by, begins_at=begins, ends_at=ends, best=best
    )
    if instead_of is not None:
        stop(workspace=instead_of, by=by)
        delete_workspace(instead_of, by=by)
    record(
        "practice.scenario_begun",
        workspace_id=workspace.pk,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="workspace",
        subject_id=workspace.pk,
        scenario=gettext(scenario.title),
    )
    return workspace


def _span(workspace: Workspace, scenario: Scenario) -> tuple[datetime, datetime]:
    """From now until the end of the last day."""
    begins = workspace.now()
    last = (begins + scenario.lasts).astimezone(workspace.tz).date()
    return begins, datetime.combine(last, time(22), tzinfo=workspace.tz)


async def _prepared(
    world: World, channels: Sequence[Channel], scenario: Scenario, begins: datetime, ends: datetime
) -> float:
    """What the best plan could be expected to bring; a competitor's posts lie ready."""
    practice = practice_world(world)
    await practice.look_at_clock()
    places = [await place_of(practice, channel) for channel in channels]
    if scenario.has_rival:
        await _rival(practice, scenario.networks[0], begins, ends)
    plan = best_plan(places, begins, ends, round(60 * scenario.hours))
    return sum(post.expected for post in plan)


async def _rival(practice: PracticeWorld, slug: str, begins: datetime, ends: datetime) -> None:
    """Five times a week at its public's best hour; seen when the clock comes to each."""
    network, sandbox = practice.network(slug), plugin(slug).sandbox
    opened = await sandbox.open_account(network, f"https://{sandbox.host}", RIVAL_HANDLE, RIVAL_NAME)
    account = await network.account(opened.id)
    assert account is not None
    hour = best_hour(practice.audience(slug).truth(account.order))
    texts = cycle(tomllib.loads((Path(__file__).parent / "rival.toml").read_text("utf-8"))["posts"])
    at = begins.replace(minute=5, second=0, microsecond=0)
    number = 0
    while (at := at + timedelta(hours=1)) < ends:
        local = practice.audience(slug).company.slot(at)
        if local % 24 == hour and local // 24 < 5:
            number += 1
            post = SimPost(f"rival{number}", account.id, next(texts), created_at=at, visible_at=at)
            await network.add_post(post)
    await network.keep(RIVAL_TABLE, RIVAL_KEY, {"account": account.id})


def _drafts(workspace: Workspace, channels: Sequence[Channel], by: User) -> None:
    """What lies ready to be planned, each with the forms that the channels take."""
    chosen = {channel.pk: first_choices(channel) for channel in channels}
    written = 0
    for number, post in enumerate(company_posts()):
        if written == DRAFTS:
            return
        media = asset_of(workspace, post, number, by)
        forms = [
            (channel, form)
            for channel in channels
            if (form := post.suited(plugin(channel.network).connector.limits(channel.account()), media))
        ]
        if not forms:
            continue
        shared = post.shared(media)
        wordings = tuple(
            Wording(channel, None if form == shared else form, chosen[channel.pk] or None)
            for channel, form in forms
        )
        save_post(
            workspace=workspace, author=by, shared=shared, wordings=wordings, name=post.name or post.title
        )
        written += 1
