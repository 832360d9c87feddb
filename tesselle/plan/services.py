"""Planning a post on its channels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from tesselle.channels.models import Channel
from tesselle.compose.models import Post, Variant
from tesselle.connectors.fields import fields_for
from tesselle.connectors.objections import with_objections
from tesselle.domain.checks import Consents, check_as_sent, consent_findings, is_plannable
from tesselle.domain.errors import RuleError
from tesselle.domain.findings import Finding
from tesselle.domain.limits import Limits
from tesselle.domain.local_time import resolve
from tesselle.domain.messages import N_, Message
from tesselle.domain.reach import OUT_OF_REACH, in_reach
from tesselle.ledger.models import Delivery
from tesselle.ledger.services import planning
from tesselle.library.consents import Needed, needed_for_files
from tesselle.library.services import ask_for_renditions
from tesselle.library.standing import fetch_findings
from tesselle.networks import plugin
from tesselle.workspaces.models import User, Workspace

GRACE = timedelta(minutes=1)
"""A plan that lies in the past by less than this means: now."""


def findings_for(variant: Variant, due_at: datetime, needed: Needed) -> tuple[Finding, ...]:
    """What the network would say to this variant, and whoever is on its pictures, at that time; and whether
    it could fetch them."""
    channel, content = variant.channel, variant.content
    card, limits = plugin(channel.network).card, limits_of(channel)
    fields = fields_for(card, channel.kind, limits, content.format)
    day = due_at.astimezone(channel.workspace.tz).date()
    consents = Consents(card.slug, card.name, day, needed)
    found = check_as_sent(content, limits, options=fields, consents=consents)
    said = with_objections(found, plugin(channel.network).connector, content, channel.account())
    return (*said, *fetch_findings(content, card, channel.workspace))


def limits_of(channel: Channel) -> Limits:
    return plugin(channel.network).connector.limits(channel.account())


@dataclass(frozen=True, slots=True)
class Slot:
    """A local time in a zone; `now` for "at once"."""

    local: datetime
    zone: str

    @classmethod
    def at_once(cls, workspace: Workspace) -> "Slot":
        return cls(
            workspace.now().astimezone(workspace.tz).replace(tzinfo=None, microsecond=0), workspace.zone
        )

    def instant(self) -> datetime:
        """Raises RuleError: beyond what a calendar shows."""
        if not in_reach(self.local):
            raise RuleError(OUT_OF_REACH)
        return resolve(self.local, self.zone)


@transaction.atomic
def plan_post(*, post: Post, slots: dict[int, Slot], by: User | None) -> list[Delivery]:
    """One delivery for each channel id in `slots`, from the post's current revision.

    Raises:
        RuleError: a time in the past, or findings that the network would refuse; nothing is planned.
    """
    if post.current is None:
        raise RuleError(_NOTHING_WRITTEN)
    variants = {
        variant.channel_id: variant
        for variant in post.current.variants.select_related("channel__workspace", "revision")
    }
    now = post.workspace.now()
    pictures = (media.asset for pk in slots for media in variants[pk].content.media)
    needed = needed_for_files(post.workspace, pictures)
    problems: list[Finding] = []
    planned: list[tuple[Variant, datetime, Slot]] = []
    for channel_id, slot in slots.items():
        variant = variants[channel_id]
        due_at = slot.instant()
        if due_at < now - GRACE:
            raise RuleError(Message(_IN_THE_PAST, {"time": f"{slot.local:%H:%M}"}))
        found = findings_for(variant, due_at, needed)
        if not is_plannable(found):
            problems.extend(found)
        planned.append((variant, due_at, slot))
    if problems:
        unwilling = (one for one in problems if one.code.startswith("consent_"))
        raise RuleError(next((one.message for one in unwilling), Message(_REFUSED)), tuple(problems))
    for variant, _, _ in planned:
        ask_for_renditions(post.workspace, variant.content, limits_of(variant.channel))
    return [
        planning.plan_delivery(
            variant=variant,
            due_at=due_at,
            local_at=slot.local.isoformat(timespec="minutes"),
            zone=slot.zone,
            by=by,
        )
        for variant, due_at, slot in planned
    ]


def move_delivery(delivery: Delivery, *, slot: Slot, by: User | None) -> bool:
    """Re-plan; False when it is already leaving.

    Raises:
        RuleError: the new time lies in the past, or beyond what was agreed about a picture.
    """
    due_at = slot.instant()
    if due_at < delivery.workspace.now() - GRACE:
        raise RuleError(Message(_IN_THE_PAST, {"time": f"{slot.local:%H:%M}"}))
    if refused := tuple(_refused_by_people(delivery, due_at)):
        raise RuleError(refused[0].message, refused)
    return planning.replan(
        delivery,
        due_at=due_at,
        local_at=slot.local.isoformat(timespec="minutes"),
        zone=slot.zone,
        by=by,
    )


def _refused_by_people(delivery: Delivery, due_at: datetime) -> Iterator[Finding]:
    """Networks are asked again when it is sent; whoever is on a picture may have agreed until a day."""
    content, card = delivery.content, plugin(delivery.channel.network).card
    needed = needed_for_files(delivery.workspace, (media.asset for media in content.media))
    day = due_at.astimezone(delivery.workspace.tz).date()
    return consent_findings(content, Consents(card.slug, card.name, day, needed))


@transaction.atomic
def replan_keeping_spacing(deliveries: Sequence[Delivery], *, first: Slot, by: User | None) -> int:
    """Plan anew what was missed: the earliest at `first`, the others as far behind it as they were.

    The distance is kept in local time, so that nine o'clock stays nine o'clock over a clock change.

    Raises:
        RuleError: the new time lies in the past; nothing is moved.
    """
    ordered = sorted(deliveries, key=lambda delivery: (delivery.due_at, delivery.pk))
    zone = ZoneInfo(first.zone)
    local = [delivery.due_at.astimezone(zone).replace(tzinfo=None) for delivery in ordered]
    return sum(
        move_delivery(delivery, slot=Slot(first.local + (was - local[0]), first.zone), by=by)
        for delivery, was in zip(ordered, local, strict=True)
    )


_NOTHING_WRITTEN = N_("Nothing is written yet. Write the post first, then plan it.")
_IN_THE_PAST = N_("%(time)s has passed already. Choose a later time, or publish now.")
_REFUSED = N_("A network would refuse this post as it is. Nothing was planned: mend what is marked first.")
