"""The chips of the calendar, drawn by hand: a busy month has over a hundred and fifty of them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from tesselle.networks import card
from tesselle.plan.layers import Mark
from tesselle.plan.selectors import ChannelRow, DeliveryRow
from tesselle.web.states import StateLook, look
from tesselle.web.templatetags.components import icon

_CHIP = (
    '<a class="chip chip--planned-on chip--{tone}" href="{url}" title="{title}" data-delivery="{id}"'
    ' data-state="{state}">{state_icon}{network}<span class="chip-time">{time}</span>'
    '<span class="chip-text">{text}</span></a>'
)
_ELSEWHERE = (
    '<{tag} class="chip chip--planned-on chip--elsewhere" data-elsewhere title="{title}"{href}>{mark}{network}'
    '<span class="chip-time">{time}</span><span class="chip-text">{text}</span></{tag}>'
)


def network_icon(slug: str) -> SafeString:
    """The network's sign with its name."""
    return mark_safe(  # noqa: S308 - both parts are escaped
        f'<img class="network-icon" src="{escape(static(f"networks/{slug}/icon.svg"))}" '
        f'alt="{escape(_name_of(slug))}" width="16" height="16">'
    )


def _name_of(slug: str) -> str:
    try:
        return card(slug).name
    except LookupError:  # a network that this release no longer has
        return slug


class ChipMaker:
    """Draws the chips of one page; what repeats is drawn once."""

    def __init__(self, zone: ZoneInfo, channels: Mapping[int, ChannelRow]) -> None:
        self._zone = zone
        self._channels = channels
        self._networks = {row.network: network_icon(row.network) for row in channels.values()}
        self._names = {pk: escape(row.name) for pk, row in channels.items()}
        self._states: dict[str, tuple[StateLook, str, str]] = {}
        self._address = delivery_address()
        self._untitled = escape(pgettext("post", "Untitled"))
        self._elsewhere = gettext("Posted elsewhere")

    def _state(self, state: str) -> tuple[StateLook, str, str]:
        if state not in self._states:
            seen = look(state)
            word = escape(str(seen.word))
            drawn = (
                f'<span class="state-icon state-icon--{seen.tone}">{icon(seen.icon, str(seen.word))}</span>'
            )
            self._states[state] = (seen, word, drawn)
        return self._states[state]

    def chip(self, row: DeliveryRow) -> str:
        seen, word, state_icon = self._state(row.state)
        text = escape(row.title) if row.title else self._untitled
        return _CHIP.format(
            tone=seen.tone,
            url=self._address(row.id),
            title=f"{text} · {self._names[row.channel_id]} · {word}",
            id=row.id,
            state=row.state,
            state_icon=state_icon,
            network=self._networks[self._channels[row.channel_id].network],
            time=self._time(row.due_at),
            text=text,
        )

    def elsewhere(self, mark: Mark) -> str:
        """A post made elsewhere leads to the network, if the network told its address."""
        leads = mark.url.startswith(("https://", "http://"))
        return _ELSEWHERE.format(
            tag="a" if leads else "span",
            href=f' href="{escape(mark.url)}" rel="noopener noreferrer" target="_blank"' if leads else "",
            title=f"{self._names[mark.channel_id]} · {escape(self._elsewhere)}",
            mark=f'<span class="state-icon">{icon("globe", self._elsewhere)}</span>',
            network=self._networks[self._channels[mark.channel_id].network],
            time=self._time(mark.at),
            text=escape(mark.text) or self._untitled,
        )

    def _time(self, at: datetime) -> str:
        local = at.astimezone(self._zone)
        return f"{local.hour:02}:{local.minute:02}"


def delivery_address() -> Callable[[int], str]:
    """Reversed once; each delivery then costs one concatenation."""
    before, _, after = reverse("publish:delivery", kwargs={"delivery_id": 987654321}).partition("987654321")
    return lambda delivery_id: f"{before}{delivery_id}{after}"
