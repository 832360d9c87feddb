"""What the page of one delivery shows, computed; the template only places it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects
from django.db.models.fields.json import KT
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from tesselle.connectors.offers import offers
from tesselle.connectors.protocols import Account
from tesselle.domain.lifecycle import CANCELLABLE, DeliveryState
from tesselle.ledger.models import Attempt, Delivery, Purpose, Step
from tesselle.ledger.services.deciding import SENDABLE
from tesselle.ledger.services.planning import MOVABLE
from tesselle.library.selectors import assets_by_file
from tesselle.networks import card, plugin
from tesselle.plan.chips import network_icon
from tesselle.plan.pages import purpose_word
from tesselle.publish import words
from tesselle.publish.mailing import Mailing, mailing_of
from tesselle.publish.remote_pages import opened_safely, page_of
from tesselle.publish.story import Event, story
from tesselle.web.dates import written
from tesselle.web.kept_query import SOME_ID, KeptQuery
from tesselle.web.sentences import say
from tesselle.workspaces.access import Right, may
from tesselle.workspaces.models import Member


@dataclass(frozen=True, slots=True)
class Part:
    number: int
    text: str
    url: str
    is_out: bool


@dataclass(frozen=True, slots=True)
class PictureShown:
    """`pages`: of a document; 0 for anything else."""

    url: str
    alt: str
    is_film: bool
    pages: int


@dataclass(frozen=True, slots=True)
class CandidateShown:
    """Something on the network that could be ours; `index` names it in the form."""

    index: int
    url: str
    text: str
    posted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Copy:
    """One of two things that a late answer proved to be out. Without an address, its number there."""

    url: str
    id: str


@dataclass(frozen=True, slots=True)
class Follower:
    """What was done about this delivery later: an answer, an edit, a deletion."""

    id: int
    purpose: str
    state: str
    text: str


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    delivery: Delivery
    title: str
    purpose: str
    network: SafeString
    network_name: str
    meaning: str
    note: str
    next: str
    when: str
    remote_url: str
    parts: tuple[Part, ...]
    pictures: tuple[PictureShown, ...]
    candidates: tuple[CandidateShown, ...]
    copies: tuple[Copy, ...]
    followers: tuple[Follower, ...]
    events: list[Event]
    acts: frozenset[str]
    mailing: Mailing | None


def delivery_page(delivery: Delivery, member: Member) -> DeliveryPage:
    mailing = mailing_of(delivery)
    # Of a mailing there are thousands, and each alike: summed up instead.
    steps = [] if mailing else _steps.records({SOME_ID: delivery.pk})
    attempts = [] if mailing else _attempts.records({SOME_ID: delivery.pk})
    prefetch_related_objects(attempts, "looks")
    several = len(delivery.content.texts) > 1
    network = card(delivery.channel.network)
    return DeliveryPage(
        delivery=delivery,
        title=delivery.name or pgettext("post", "Untitled"),
        purpose=purpose_word(delivery.purpose),
        network=network_icon(delivery.channel.network),
        network_name=network.name,
        meaning=words.meaning(delivery),
        note=say(delivery.note) or str(words.BLOCKS.get(delivery.reason, "")),
        next=words.next_words(delivery, lambda at: _written(delivery, at)),
        when=_written(delivery, delivery.due_at),
        remote_url=page_of(delivery),
        parts=_parts(delivery, steps) if several else (),
        pictures=_pictures(delivery),
        candidates=candidates(delivery),
        copies=copies(delivery),
        followers=_followers(delivery),
        events=story(delivery, attempts, several),
        acts=acts(delivery, steps, member, some_out=bool(mailing and mailing.accepted)),
        mailing=mailing,
    )


_steps = KeptQuery(lambda: Step.objects.filter(delivery=SOME_ID), is_planned_once=True)
_attempts = KeptQuery(
    lambda: Attempt.objects.filter(delivery=SOME_ID).select_related("step", "given_up_by"),
    is_planned_once=True,
)


def _written(delivery: Delivery, at: object) -> str:
    assert isinstance(at, datetime)
    return written(at.astimezone(delivery.workspace.tz), pgettext("date format", "l j F Y \\a\\t H:i"))


def _parts(delivery: Delivery, steps: list[Step]) -> tuple[Part, ...]:
    out: Mapping[int, Any] = {step.position: step.remote for step in steps}
    return tuple(
        Part(
            number=position + 1,
            text=text,
            url=opened_safely((out.get(position) or {}).get("url", "")),
            is_out=out.get(position) is not None,
        )
        for position, text in enumerate(delivery.content.texts)
    )


def _pictures(delivery: Delivery) -> tuple[PictureShown, ...]:
    """Those that are still in the library, in the order they go out; of a film or a document one picture."""
    pictures = delivery.content.media
    found = assets_by_file(delivery.workspace, [picture.asset for picture in pictures])
    return tuple(
        PictureShown(
            reverse("library:thumb", args=[found[picture.asset].pk]),
            picture.alt,
            picture.kind == "video",
            picture.pages,
        )
        for picture in pictures
        if picture.asset in found
    )


def candidates(delivery: Delivery) -> tuple[CandidateShown, ...]:
    """What the last look found and could not decide about."""
    if delivery.state != DeliveryState.UNKNOWN:
        return ()
    return tuple(
        CandidateShown(
            index=index,
            url=opened_safely(one.get("remote", {}).get("url", "")),
            text=str(one.get("text", "")),
            posted_at=parse_datetime(str(one.get("posted_at", ""))),
        )
        for index, one in enumerate(delivery.note.get("candidates", ()))
    )


def copies(delivery: Delivery) -> tuple[Copy, ...]:
    """Both of what is out twice; nothing when all is well."""
    told = delivery.second_copy or {}
    return tuple(
        Copy(opened_safely(told[name].get("url", "")), str(told[name].get("id", "")))
        for name in ("first", "second")
        if name in told
    )


def _followers(delivery: Delivery) -> tuple[Follower, ...]:
    rows = _following.rows({SOME_ID: delivery.pk})
    return tuple(Follower(pk, purpose_word(purpose), state, text or "") for pk, purpose, state, text in rows)


_following = KeptQuery(
    lambda: (
        Delivery.objects.filter(subject=SOME_ID)
        .order_by("id")
        .values_list("id", "purpose", "state", KT("body__text"))
    ),
    is_planned_once=True,
)


def acts(delivery: Delivery, steps: list[Step], member: Member, *, some_out: bool = False) -> frozenset[str]:
    """What this member may do about it now, by name of the act. `some_out`: known without the steps."""
    if not may(member, Right.PLAN):
        return frozenset()
    state, found = DeliveryState(delivery.state), set[str]()
    is_post = delivery.purpose == Purpose.POST
    some_out = some_out or any(step.remote is not None for step in steps)
    if state in CANCELLABLE:
        found.add("cancel")
    if state in MOVABLE and is_post and not some_out:
        found.add("replan")
    if state in SENDABLE and not words.awaits_yes(delivery):  # it would only be stopped again
        found.add("send_now")
    if state is DeliveryState.UNKNOWN:
        found |= {"look_again", "mark_as_sent"}
    if state is DeliveryState.CANCELLED:
        found.add("take_up")
    if delivery.second_copy:
        found.add("seen_to")
    if is_post and state in {DeliveryState.LIVE, DeliveryState.SENT} and (delivery.remote or {}).get("id"):
        channel = delivery.channel
        connector = plugin(channel.network).connector
        account = Account(channel.kind, channel.remote_id, channel.handle, channel.server, channel.facts)
        found |= {name for name in ("edit", "delete") if offers(connector, name, account)}
    return frozenset(found)
