"""Every address of the product, walked by somebody who is not signed in, by Mallory and by a viewer.

`addresses.txt` says what each of them is answered. A new address that is not in it fails here, with the
line to add: look at the line before adding it. In the columns stands the status for GET, then for POST.
Strangers get 404 where an address leads to something of ours; where it leads to one's own things (settings,
the calendar) Mallory sees her own, and the name of our workspace never.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from tesselle.academy.beginning import begin_path
from tesselle.academy.choosing.feedback import make_link
from tesselle.academy.learning.showing import show_progress
from tesselle.academy.models import Difficulty, FrozenStart, GuidedProject, TimeEntry, Tool, TrialRun
from tesselle.academy.models import Path as PersonsPath
from tesselle.adapt.models import Experiment, Pair
from tesselle.adapt.services import accept
from tesselle.adapt.tests.factories import make_slot_suggestion
from tesselle.adapt.trials.services import make_experiment
from tesselle.audience.links import confirm_url, leave_url
from tesselle.audience.models import MailingList, Subscriber
from tesselle.audience.services import ensure_list
from tesselle.channels.models import Channel
from tesselle.compose.ideas import add_idea
from tesselle.compose.models import Post, Snippet, WorkingCopy
from tesselle.compose.services import Wording, save_post
from tesselle.domain.content import Content
from tesselle.domain.messages import Message
from tesselle.ledger.models import Delivery
from tesselle.ledger.services.planning import plan_delivery
from tesselle.library.models import Album, Consent
from tesselle.library.services import add_upload
from tesselle.library.tests.pictures import picture, upload
from tesselle.links.models import Link
from tesselle.measure.models import BusinessResult, Peer, Spending, VisitSource
from tesselle.measure.tests.factories import make_looked_at
from tesselle.networks import card
from tesselle.notify.models import Device, Kind, Notice
from tesselle.notify.services import tell
from tesselle.plan.by_hand.services import ask
from tesselle.plan.models import BulkChange, ByHand, Event, PicturesCopy, PostingSlot
from tesselle.plan.rhythm.evergreens import mark
from tesselle.plan.rhythm.feeds import open_feed
from tesselle.report.links import make_link as make_report_link
from tesselle.report.models import ReportMailing
from tesselle.report.month import Month
from tesselle.review.commenting import add_comment
from tesselle.review.links import make_link as make_review_link
from tesselle.sandbox.badday.services import schedule
from tesselle.sandbox.models import BadDay
from tesselle.strategy.models import Objective, Persona, Pillar
from tesselle.workspaces import invitations
from tesselle.workspaces.models import Member, Role, User, Workspace

TABLE = Path(__file__).with_name("addresses.txt")
PEOPLE = ("nobody", "mallory", "viewer")


def addresses(
    patterns: list[Any] | None = None, names: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The name of each address and the parameters it takes."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            space = (*names, pattern.namespace) if pattern.namespace else names
            yield from addresses(pattern.url_patterns, space)
        elif isinstance(pattern, URLPattern):
            yield ":".join((*names, str(pattern.name))), tuple(pattern.pattern.regex.groupindex)


def told() -> dict[str, tuple[str, ...]]:
    lines = (line.split("#")[0].split() for line in TABLE.read_text(encoding="utf-8").splitlines())
    return {name: tuple(columns) for name, *columns in (line for line in lines if line)}


ADDRESSES = dict(addresses())


class Ours:
    """One of each thing of our workspace, made when an address asks for it."""

    def __init__(self, workspace: Workspace, alice: User) -> None:
        self.workspace, self.alice = workspace, alice

    def short_link(self) -> Link:
        target = "https://carrelages.example/"
        return Link.objects.get_or_create(workspace=self.workspace, code="bcdfghj", target=target)[0]

    def value(self, parameter: str, name: str) -> Any:
        makers: dict[str, Callable[[], Any]] = {
            "bad_day_id": lambda: self.bad_day().pk,
            "channel_id": lambda: self.channel().pk,
            "post_id": lambda: self.post().pk,
            "delivery_id": lambda: self.delivery().pk,
            "asset_id": lambda: add_upload(workspace=self.workspace, file=upload(picture(8, 8)), by=None).pk,
            "comment_id": lambda: add_comment(self.post(), text="Ici", by=self.alice).pk,
            "by_hand_id": lambda: self.by_hand().pk,
            "notice_id": lambda: self.notice().pk,
            "device_id": lambda: Device.objects.create(user=self.alice, digest="x", name="Tel").pk,
            "idea_id": lambda: add_idea(self.workspace, text="Chevrons", by=self.alice).pk,
            "album_id": lambda: Album.objects.create(workspace=self.workspace, name="Bains").pk,
            "consent_id": lambda: (
                Consent.objects.create(
                    workspace=self.workspace, who="Luc", concerns="person", agreed="x", given_on="2026-01-01"
                ).pk
            ),
            "copy_id": lambda: WorkingCopy.objects.create(workspace=self.workspace, author=self.alice).pk,
            "pictures_copy_id": lambda: (
                PicturesCopy.objects.create(workspace=self.workspace, author=self.alice).pk
            ),
            "scenario": lambda: "quiet_start",
            "slot_id": lambda: PostingSlot.objects.create(channel=self.channel(), weekday=1, at=time(9)).pk,
            "suggestion_id": lambda: make_slot_suggestion(self.channel()).pk,
            "decision_id": lambda: accept(make_slot_suggestion(self.channel()), by=self.alice).pk,
            "objective_id": lambda: Objective.objects.create(workspace=self.workspace, sentence="Devis").pk,
            "experiment_id": lambda: self.experiment().pk,
            "pair_id": lambda: self.pair().pk,
            "result_id": lambda: (
                BusinessResult.objects.create(
                    workspace=self.workspace, day=timezone.now().date(), kind="quote"
                ).pk
            ),
            "peer_id": lambda: (
                Peer.objects.get_or_create(workspace=self.workspace, network="mastodon", name="Dalles")[0].pk
            ),
            "spending_id": lambda: (
                Spending.objects.create(workspace=self.workspace, day=timezone.now().date(), minutes=30).pk
            ),
            "short_id": lambda: self.short_link().pk,
            "place": lambda: self.short_link().code,
            "import_id": lambda: make_looked_at(self.channel()).pk,
            "source_id": lambda: (
                VisitSource.objects.create(
                    workspace=self.workspace, kind="plausible", server="https://plausible.example", site="c"
                ).pk
            ),
            "ending": lambda: "docx",
            "name": lambda: "photo.jpg",
            "slug": lambda: "mastodon",
            "way": lambda: card("mastodon").sign_ins[0].slug,
            "member_id": lambda: Member.objects.get(user=self.alice).pk,
            "workspace_id": lambda: self.deleted().pk,
            "invitation_id": lambda: self.invitation()[0].pk,
            "token": lambda: self.token(name),
            "list_id": lambda: self.mailing_list().pk,
            "public_id": lambda: self.mailing_list().public_id,
            "subscriber_id": lambda: self.reader().pk,
            "session_id": lambda: 1,
            "pk": lambda: Authenticator.objects.create(user=self.alice, type="webauthn", data={}).pk,
            "provider_id": lambda: "company",
            "key": lambda: "nothing",
            "uidb36": lambda: "1",
            "step": lambda: "day",
            "number": lambda: 1 if name.startswith("compose:") else self.frozen().number,
            "tool_id": lambda: self.tool().pk,
            "entry_id": lambda: TimeEntry.objects.create(path=self.path(), began_at=timezone.now()).pk,
            "phase_id": lambda: self.path().phases.order_by("pk")[0].pk,
            "difficulty_id": lambda: (
                Difficulty.objects.create(path=self.path(), met_on=date(2026, 11, 25)).pk
            ),
            "section_key": lambda: "time",
            "chapter_slug": lambda: "plan",
            "question": lambda: 0,
            "link_id": lambda: self.link(name)[0].pk,
            "part": lambda: "done",
            "mailing_id": lambda: self.mailing().pk,
            "run_id": lambda: TrialRun.objects.create(tool=self.tool(), path=self.path(), task="x").pk,
            "step_key": lambda: self.project_step(),
            "progress_link_id": lambda: show_progress(self.path(), name="École", days=7)[0].pk,
            "progress_token": lambda: show_progress(self.path(), name="École", days=7)[1],
            "feedback_token": lambda: make_link(self.tool())[1],
            "snippet_id": lambda: Snippet.objects.create(workspace=self.workspace, name="x", body="x").pk,
            "kind": lambda: "messages" if name.startswith("engage:") else "pillar",
            "event_id": lambda: self.event().pk,
            "feed_id": lambda: open_feed(self.workspace, "Téléphone", by=self.alice)[0].pk,
            "feed_token": lambda: "nothing",
            "change_id": lambda: BulkChange.objects.create(workspace=self.workspace).pk,
            "evergreen_id": lambda: mark(self.post(), 30, by=self.alice).pk,
            "persona_id": lambda: Persona.objects.create(workspace=self.workspace, name="Architecte").pk,
            "aimed_id": lambda: Pillar.objects.create(workspace=self.workspace, name="Chantiers").pk,
        }
        assert parameter in makers, f"say in Ours what {parameter} of {name} is"
        return makers[parameter]()

    def bad_day(self) -> BadDay:
        return schedule(
            self.workspace,
            network="mastodon",
            kind=BadDay.Kind.OUTAGE,
            begins_at=self.workspace.now(),
            ends_at=None,
        )

    def channel(self) -> Channel:
        return Channel.objects.get_or_create(
            workspace=self.workspace, network="bluesky", kind="account", remote_id="x", server="", handle="us"
        )[0]

    def experiment(self) -> Experiment:
        made = Experiment(
            workspace=self.workspace, channel=self.channel(), factor="slot", arm_a="1 09:00", arm_b="3 18:00"
        )
        return make_experiment(made, by=self.alice)

    def pair(self) -> Pair:
        return Pair.objects.create(
            experiment=self.experiment(),
            number=1,
            first=self.post(),
            second=self.post(),
            first_is_a=True,
            drawn_at=timezone.now(),
        )

    def mailing_list(self) -> MailingList:
        return ensure_list(
            workspace=self.workspace, key="x", name="Zellige", sender="x@y.example", language="fr"
        )

    def reader(self) -> Subscriber:
        return self.mailing_list().subscribers.get_or_create(
            address="ana@example.net", defaults={"state": "confirmed", "way": "hand"}
        )[0]

    def reader_token(self, name: str) -> str:
        url = (
            confirm_url(self.reader())
            if name.endswith("confirm")
            else leave_url(str(self.reader().public_id))
        )
        return url.rstrip("/").rpartition("/")[2]

    def by_hand(self) -> ByHand:
        tomorrow = (self.workspace.now() + timedelta(days=1)).replace(tzinfo=None)
        return ask(self.post(), where="Story", local=tomorrow, who=self.alice, by=self.alice)

    def notice(self) -> Notice:
        what = Message("Your approval is asked for.")
        tell(self.workspace, [self.alice.pk], Kind.APPROVAL, what, url="/", key="x")
        return Notice.objects.get()

    def post(self) -> Post:
        return save_post(
            workspace=self.workspace,
            author=None,
            shared=Content(text="Zellige"),
            wordings=(Wording(self.channel()),),
        )

    def delivery(self) -> Delivery:
        variant = self.post().current.variants.get()
        return plan_delivery(variant=variant, due_at=timezone.now(), local_at="", zone="UTC", by=None)

    def event(self) -> Event:
        day = timezone.now().date()
        return Event.objects.create(workspace=self.workspace, name="Salon", first_day=day, last_day=day)

    def deleted(self) -> Workspace:
        found = Workspace.objects.create(name="Gone", deleted_at=timezone.now())
        Member.objects.create(workspace=found, user=self.alice, role=Role.OWNER)
        return found

    def token(self, name: str) -> str:
        if name.startswith("audience:"):
            return self.reader_token(name)
        return str((self.invitation() if name.startswith("workspaces:") else self.link(name))[1])

    def link(self, name: str) -> Any:
        folder = name.partition(":")[0]
        makers = {"review": self.review, "report": self.report}
        return makers[folder]() if folder in makers else make_link(self.tool())

    def mailing(self) -> ReportMailing:
        return ReportMailing.objects.create(
            workspace=self.workspace, address="noa@example.org", day=9, language="fr", next_at=timezone.now()
        )

    def report(self) -> Any:
        month = Month.of(self.workspace.today(), self.workspace.tz)
        return make_report_link(self.workspace, month, name="Noa", days=7, by=self.alice)

    def review(self) -> Any:
        return make_review_link(self.workspace, [self.post()], name="Noa", days=7, by=self.alice)

    def invitation(self) -> Any:
        return invitations.invite(self.workspace, email="noa@example.org", role=Role.VIEWER, by=self.alice)

    def path(self) -> PersonsPath:
        return begin_path(member=Member.objects.get(user=self.alice))

    def project_step(self) -> str:
        GuidedProject.objects.get_or_create(path=self.path(), scenario="quiet_start")
        return "aim"

    def frozen(self) -> FrozenStart:
        return FrozenStart.objects.create(path=self.path(), number=1, content={"subject": "Zellige"})

    def tool(self) -> Tool:
        return Tool.objects.get_or_create(path=self.path(), name="Ours")[0]


@pytest.fixture
def ours(workspace: Workspace, alice: User, settings: Any, tmp_path: Path) -> Ours:
    settings.MEDIA_ROOT = tmp_path / "media"
    return Ours(workspace, alice)


def answered(client: Client, method: str, path: str) -> int:
    """The status; what was done by it is undone."""
    with transaction.atomic():
        response = client.get(path) if method == "GET" else client.post(path)
        transaction.set_rollback(True)
    # Not `close`: that would end the test's database session too.
    for closer in response._resource_closers:
        closer()
    if response.status_code == 200 and not response.streaming:
        text = response.content.decode("utf-8", "replace")
        is_stranger = getattr(client, "is_stranger", False)
        assert not (is_stranger and "Carreaux du Lac" in text), f"{path} tells a stranger of us"
    return response.status_code


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_everybody_is_answered_as_the_table_says(name: str, ours: Ours, mallory: User, chloe: User) -> None:
    path = reverse(name, kwargs={one: ours.value(one, name) for one in ADDRESSES[name]})
    columns = []
    for who, person in zip(PEOPLE, (None, mallory, chloe), strict=True):
        client = Client()
        client.is_stranger = who == "mallory" and not re.match(r"/(invitations|approve|report)/", path)
        if person is not None:
            client.force_login(person)
        columns.append("/".join(str(answered(client, method, path)) for method in ("GET", "POST")))

    line = f"{name} {' '.join(columns)}"
    assert told().get(name) == tuple(columns), f"\nanswered: {line}\nin the table: {told().get(name)}"


def test_the_table_knows_no_address_that_is_gone() -> None:
    assert set(told()) - set(ADDRESSES) == set()
