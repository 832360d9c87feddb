"""The chips of month and week, drawn by hand: a busy month has over a hundred of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from html import escape
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, pgettext

from tesselle.plan.calendar.asked import Asked, Colour
from tesselle.plan.calendar.outings import Outing
from tesselle.plan.calendar.reading import Words
from tesselle.plan.chips import network_icon
from tesselle.plan.layers import BY_HAND_DONE, ELSEWHERE, Mark
from tesselle.plan.selectors import ChannelRow
from tesselle.strategy.models import Hue, Pillar
from tesselle.web.addresses import address, address_of
from tesselle.web.states import look
from tesselle.web.templatetags.components import icon

HUES = tuple(Hue.values)
STATE_HUES = {"planned": "slate", "under_way": "sky", "out": "olive", "needs": "clay"}
NETWORKS_SHOWN = 2

_CHIP = (
    '<a class="chip chip--{tone}{classes}" href="{url}" title="{title}" data-delivery="{id}"'
    ' data-state="{state}" data-chip{movable}><span class="chip-head">{networks}'
    '<span class="chip-time">{time}</span>{marks}{state_icon}</span>'
    '<span class="chip-text">{text}</span>{thumb}</a>'
)
_THUMB = '<img class="chip-thumb" src="{url}" alt="" width="40" height="40" loading="lazy">'
_ELSEWHERE = (
    '<{tag} class="chip chip--elsewhere" data-elsewhere title="{title}"{href}><span class="chip-head">{network}'
    '<span class="chip-time">{time}</span>{mark}</span><span class="chip-text">{text}</span></{tag}>'
)
_BY_HAND = (
    '<a class="chip chip--by-hand" data-by-hand title="{title}" href="{url}"><span class="chip-head">{sign}'
    '<span class="chip-time">{time}</span></span><span class="chip-text">{text}</span></a>'
)


@dataclass(frozen=True, slots=True)
class Palette:
    """Which hue an outing has, and what the hues mean on this page."""

    colour: Colour
    channels: Mapping[int, str]
    pillars: Mapping[int, str]

    @classmethod
    def of(
        cls, colour: Colour, channels: Mapping[int, ChannelRow], pillars: Mapping[int, Pillar]
    ) -> "Palette":
        by_channel = {pk: HUES[number % len(HUES)] for number, pk in enumerate(sorted(channels))}
        return cls(colour, by_channel, {pk: pillar.hue for pk, pillar in pillars.items()})

    def hue(self, outing: Outing) -> str:
        match self.colour:
            case Colour.PILLAR:
                return self.pillars.get(outing.first.pillar_id, "")
            case Colour.STATE:
                return STATE_HUES.get(outing.group, "")
            case Colour.CHANNEL:
                if len(outing.goings) == 1:
                    return self.channels.get(outing.goings[0].channel_id, "")
                here = {going.channel_id for going in outing.goings}
                return self.channels.get(min(here), "") if len(here) == 1 else ""


@dataclass(frozen=True, slots=True)
class Clock:
    """The workspace's zone; `own`: the reader's zone where it tells another time."""

    zone: ZoneInfo
    own: ZoneInfo | None

    def written(self, at: datetime) -> str:
        local = at.astimezone(self.zone)
        return f"{local.hour:02}:{local.minute:02}"

    def also(self, at: datetime) -> str:
        """The reader's own time, with its day where that differs; nothing for most readers."""
        if self.own is None:
            return ""
        local, own = at.astimezone(self.zone), at.astimezone(self.own)
        if local.utcoffset() == own.utcoffset():
            return ""
        days = (own.date() - local.date()).days
        return f"{own.hour:02}:{own.minute:02}" + (f" ({days:+})" if days else "")


class ChipMaker:
    """Draws the chips of one page; what repeats is drawn once. What time it is, it does not know, so that
    what it drew may be kept (`maker_of`)."""

    def __init__(
        self, asked: Asked, clock: Clock, channels: Mapping[int, ChannelRow], palette: Palette, may_plan: bool
    ) -> None:
        self.asked, self._clock, self._palette, self._may_plan = asked, clock, palette, may_plan
        self._channels = channels
        self.icons = {row.network: network_icon(row.network) for row in channels.values()}
        self._names = {pk: escape(row.name) for pk, row in channels.items()}
        self._states: dict[str, tuple[str, str, str]] = {}
        self.day_url, self.new_url = asked.day_address(), address("compose:new")
        self._delivery = address_of("publish:delivery", "delivery_id")
        self._thumb = address_of("library:thumb", "asset_id")
        self.untitled = escape(pgettext("post", "Untitled"))
        self._elsewhere = gettext("Posted elsewhere")
        self._clash = icon("alert", gettext("Less than half an hour from another post on this channel"))

    def chip(self, outing: Outing, words: Words, *, is_past: bool) -> str:
        tone, word, state_icon = self._state(outing.state)
        text = escape(words.title) if words.title else self.untitled
        names = ", ".join(self._names[going.channel_id] for going in outing.goings)
        return _CHIP.format(
            tone=tone,
            classes=self._classes(outing, is_past),
            url=self.url(outing),
            title=f"{text} · {names} · {word}{self._also(outing)}",
            id=outing.first.id,
            state=outing.state,
            movable="" if is_past else self._movable(outing),
            networks=self.networks(outing),
            time=self._clock.written(outing.at),
            marks=f'<span class="chip-clash">{self._clash}</span>' if outing.clashes else "",
            state_icon=state_icon,
            text=text,
            thumb=_THUMB.format(url=self._thumb(words.thumb)) if words.thumb else "",
        )

    def url(self, outing: Outing) -> str:
        """One delivery has its page; several are told apart on their day."""
        if len(outing.goings) == 1:
            return self._delivery(outing.first.id)
        return escape(f"{self.day_url(outing.day)}#outing-{outing.first.id}")

    def networks(self, outing: Outing) -> SafeString:
        slugs = list(dict.fromkeys(self._channels[going.channel_id].network for going in outing.goings))
        more = len(slugs) - NETWORKS_SHOWN
        drawn = "".join(self.icons[slug] for slug in slugs[: NETWORKS_SHOWN if more > 1 else None])
        rest = f'<span class="chip-rest">+{more}</span>' if more > 1 else ""
        return mark_safe(f'<span class="chip-networks">{drawn}{rest}</span>')  # noqa: S308 - escaped parts

    def mark(self, mark: Mark) -> str:
        return self._posted_elsewhere(mark) if mark.kind == ELSEWHERE else self._done_by_hand(mark)

    def _done_by_hand(self, mark: Mark) -> str:
        """No network's sign: nothing of it goes out by itself."""
        is_done = mark.kind == BY_HAND_DONE
        word = gettext("Done by hand") if is_done else gettext("To be done by hand")
        sign = icon("check" if is_done else "bell", word)
        return _BY_HAND.format(
            title=f"{escape(mark.text)} · {escape(word)}",
            url=escape(mark.url),
            sign=f'<span class="state-icon">{sign}</span>',
            time=self._clock.written(mark.at),
            text=escape(mark.text),
        )

    def _posted_elsewhere(self, mark: Mark) -> str:
        """A post made elsewhere leads to the network, if the network told its address."""
        leads = mark.url.startswith(("https://", "http://"))
        return _ELSEWHERE.format(
            tag="a" if leads else "span",
            href=f' href="{escape(mark.url)}" rel="noopener noreferrer" target="_blank"' if leads else "",
            title=f"{self._names[mark.channel_id]} · {escape(self._elsewhere)}",
            mark=f'<span class="state-icon">{icon("globe", self._elsewhere)}</span>',
            network=self.icons[self._channels[mark.channel_id].network],
            time=self._clock.written(mark.at),
            text=escape(mark.text) or self.untitled,
        )

    def _also(self, outing: Outing) -> str:
        also = self._clock.also(outing.at)
        return f" · {escape(gettext('%(time)s your time') % {'time': also})}" if also else ""

    def _classes(self, outing: Outing, is_past: bool) -> str:
        hue = self._palette.hue(outing)
        past = " chip--past" if is_past else ""
        return f"{f' hue--{hue}' if hue else ''}{past}"

    def _movable(self, outing: Outing) -> str:
        ids = outing.movable if self._may_plan else ()
        return f' draggable="true" data-movable="{",".join(map(str, ids))}"' if ids else ""

    def _state(self, state: str) -> tuple[str, str, str]:
        if state not in self._states:
            seen = look(state)
            drawn = (
                f'<span class="state-icon state-icon--{seen.tone}">{icon(seen.icon, str(seen.word))}</span>'
            )
            self._states[state] = (seen.tone, escape(str(seen.word)), drawn)
        return self._states[state]


def maker_of(
    asked: Asked, clock: Clock, channels: Mapping[int, ChannelRow], palette: Palette, *, may_plan: bool
) -> ChipMaker:
    """One and the same for the same values, so that days can be remembered by it."""
    hues = palette.colour, tuple(palette.channels.items()), tuple(palette.pillars.items())
    # The last two are read where it draws: a test's addresses may differ, and a reader's language does.
    return _made(
        asked, clock, tuple(channels.items()), hues, may_plan, address("plan:calendar"), get_language() or ""
    )


@lru_cache(maxsize=64)
def _made(
    asked: Asked,
    clock: Clock,
    channels: tuple[tuple[int, ChannelRow], ...],
    hues: tuple[Colour, tuple[tuple[int, str], ...], tuple[tuple[int, str], ...]],
    may_plan: bool,
    _place: str,
    _language: str,
) -> ChipMaker:
    colour, by_channel, by_pillar = hues
    return ChipMaker(
        asked, clock, dict(channels), Palette(colour, dict(by_channel), dict(by_pillar)), may_plan
    )
