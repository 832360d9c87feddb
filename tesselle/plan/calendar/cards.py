"""An outing where there is room: its words, its picture, each delivery with its state, what can be done."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext

from tesselle.domain.text.opening import first_words
from tesselle.plan.calendar.asked import View
from tesselle.plan.calendar.drawing import ChipMaker
from tesselle.plan.calendar.outings import Going, Outing
from tesselle.plan.calendar.reading import Words
from tesselle.plan.calendar.shown import Shown
from tesselle.web.addresses import address_of
from tesselle.web.dates import written
from tesselle.web.states import look

TITLE, TEXT = 110, 180


@dataclass(frozen=True, slots=True)
class GoingLine:
    """One delivery of an outing."""

    url: str
    network: SafeString
    channel: str
    state: str


@dataclass(frozen=True, slots=True)
class Card:
    """`also`: the reader's own time; `planned_in`: the time it was planned for, in another zone.

    `movable`: ids for the form that moves it; `date`, `time`: where it stands now.
    """

    id: int
    title: str
    text: str
    thumb: str
    time: str
    also: str
    planned_in: str
    day: str
    hue: str
    pillar: str
    lines: tuple[GoingLine, ...]
    state: str
    tone: str
    edit_url: str
    repeat_url: str
    movable: str
    date: str
    clashes: bool
    is_past: bool


class CardMaker:
    def __init__(self, shown: Shown, maker: ChipMaker) -> None:
        self._shown, self._maker = shown, maker
        self._delivery = address_of("publish:delivery", "delivery_id")
        self._thumb = address_of("library:thumb", "asset_id")
        self._post = address_of("compose:edit", "post_id")
        self._repeat = address_of("plan:repeat", "post_id")
        self._may_repeat = shown.may_plan and shown.asked.view is not View.BOARD

    def card(self, outing: Outing, words: Words) -> Card:
        shown, clock = self._shown, self._shown.clock
        pillar = shown.pillars.get(outing.first.pillar_id)
        title, text = _told(words)
        may_move = shown.may_plan and outing.at >= shown.now
        local = outing.at.astimezone(clock.zone)
        return Card(
            id=outing.first.id,
            title=title or pgettext("post", "Untitled"),
            text=Truncator(text).chars(TEXT),
            thumb=self._thumb(words.thumb) if words.thumb else "",
            time=self._time(outing.at),
            also=clock.also(outing.at),
            planned_in=self._planned_in(outing.first),
            day=f"{local:%Y-%m-%d}",
            hue=shown.palette.hue(outing),
            pillar=str(pillar) if pillar else "",
            lines=tuple(self._line(going) for going in outing.goings),
            state=outing.state,
            tone=look(outing.state).tone,
            edit_url=self._post(outing.first.post_id) if shown.may_write and outing.first.post_id else "",
            repeat_url=self._repeat(outing.first.post_id)
            if self._may_repeat and outing.first.post_id
            else "",
            movable=",".join(map(str, outing.movable)) if may_move else "",
            date=f"{local:%Y-%m-%dT%H:%M}",
            clashes=outing.clashes,
            is_past=outing.at < shown.now,
        )

    def _time(self, at: datetime) -> str:
        """With its day where the view does not say it."""
        if self._shown.asked.view is not View.BOARD:
            return self._shown.clock.written(at)
        return written(at.astimezone(self._shown.clock.zone), pgettext("date format", "j M, H:i"))

    def _line(self, going: Going) -> GoingLine:
        channel = self._shown.channels[going.channel_id]
        return GoingLine(
            self._delivery(going.id), self._maker.icons[channel.network], channel.name, going.state
        )

    def _planned_in(self, going: Going) -> str:
        """Where it was planned for the clock of another place."""
        if not going.local_at or not going.zone or going.zone == self._shown.workspace.zone:
            return ""
        place = going.zone.rpartition("/")[2].replace("_", " ")
        return gettext("planned for %(time)s in %(place)s") % {"time": going.local_at[11:16], "place": place}


def _told(words: Words) -> tuple[str, str]:
    """What stands large and what below it. A name cut from the first line gives way to the line itself."""
    first, _, rest = words.text.strip().partition("\n")
    if words.title and not first.startswith(words.title.rstrip("…")):
        return words.title, words.text.strip()
    return first_words(first, TITLE), rest.strip()
