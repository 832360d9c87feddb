"""What the list shows, computed; the templates only place it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from tesselle.plan import layers, selectors
from tesselle.plan.chips import delivery_address, network_icon
from tesselle.plan.selectors import ChannelRow, DeliveryRow, Held
from tesselle.web.dates import written
from tesselle.workspaces.models import Workspace


@dataclass(frozen=True, slots=True)
class Line:
    """One delivery in a list."""

    id: int
    url: str
    when: str
    due_at: datetime
    title: str
    purpose: str
    state: str
    channel: str
    network: SafeString


def purpose_word(purpose: str) -> str:
    """What a delivery that is not a post does; nothing for a post."""
    match purpose:
        case "answer":
            return pgettext("purpose", "Answer")
        case "edit":
            return pgettext("purpose", "Change")
        case "delete":
            return pgettext("purpose", "Deletion")
        case _:
            return ""


def lines(
    workspace: Workspace,
    rows: list[DeliveryRow] | tuple[DeliveryRow, ...],
    channels: Mapping[int, ChannelRow],
) -> list[Line]:
    address = delivery_address()
    icons = {row.network: network_icon(row.network) for row in channels.values()}
    style = pgettext("date format", "D j M Y, H:i")
    return [
        Line(
            id=row.id,
            url=address(row.id),
            when=written(row.due_at.astimezone(workspace.tz), style),
            due_at=row.due_at,
            title=row.title or pgettext("post", "Untitled"),
            purpose=purpose_word(row.purpose),
            state=row.state,
            channel=channels[row.channel_id].name,
            network=icons[channels[row.channel_id].network],
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    when: str
    text: str
    url: str
    channel: str
    network: SafeString


def elsewhere(workspace: Workspace, day: date, channels: Mapping[int, ChannelRow]) -> list[Elsewhere]:
    """The posts that layers tell of one day: the list of a day holds what its calendar cell counts as such."""
    start = selectors.midnight(day, workspace.tz)
    end = selectors.midnight(day + timedelta(days=1), workspace.tz)
    marks = layers.marks(layers.Stretch(workspace, start, end, per_day=200)).get(day)
    if marks is None:
        return []
    return [
        Elsewhere(
            when=date_format(mark.at.astimezone(workspace.tz), "H:i"),
            text=mark.text,
            url=mark.url if mark.url.startswith(("https://", "http://")) else "",
            channel=channels[mark.channel_id].name,
            network=network_icon(channels[mark.channel_id].network),
        )
        for mark in marks.first
        if mark.kind == layers.ELSEWHERE
    ]


@dataclass(frozen=True, slots=True)
class HeldNote:
    sentence: str
    due: int
    in_flight: int
    since: datetime | None


def held_note(held: Held | None) -> HeldNote | None:
    if held is None:
        return None
    match held.reason:
        case "restored" | "restore":
            sentence = gettext("A backup was restored. What went out since then may not be known here.")
        case "imported" | "import":
            sentence = gettext(
                "Data were imported. What the earlier installation sent may not be known here."
            )
        case "moved" | "new_machine" | "other_machine":
            sentence = gettext(
                "This installation was started on another machine. The first may still be sending."
            )
        case _:
            sentence = gettext("Sending was stopped for the whole installation.")
    return HeldNote(sentence, held.due, held.in_flight, held.since)
