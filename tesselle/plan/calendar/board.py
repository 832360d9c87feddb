"""The board: the month's posts by how far they are, with the drafts before them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import pgettext

from tesselle.compose.models import Post
from tesselle.plan.calendar.cards import Card, CardMaker
from tesselle.plan.calendar.drawing import STATE_HUES, maker_of
from tesselle.plan.calendar.outings import GROUPS
from tesselle.plan.calendar.reading import NOTHING, words_of
from tesselle.plan.calendar.shown import Shown

PER_COLUMN = 10


@dataclass(frozen=True, slots=True)
class DraftCard:
    url: str
    title: str
    pillar: str
    hue: str


@dataclass(frozen=True, slots=True)
class Column:
    """`drafts` are in the first column only."""

    name: str
    title: str
    hue: str
    cards: tuple[Card, ...]
    drafts: tuple[DraftCard, ...]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.cards) - len(self.drafts)


def columns_of(shown: Shown) -> tuple[Column, ...]:
    groups = {name: [one for one in shown.outings if one.group == name] for name in GROUPS if name != "over"}
    # What is still to come is read from its beginning, what is over from its end.
    seen = {
        name: some[:PER_COLUMN] if name in ("planned", "under_way") else some[::-1][:PER_COLUMN]
        for name, some in groups.items()
    }
    words = words_of(shown.workspace, [one.first.id for some in seen.values() for one in some])
    maker = maker_of(shown.asked, shown.clock, shown.channels, shown.palette, may_plan=shown.may_plan)
    cards = CardMaker(shown, maker)
    titles = {
        "planned": pgettext("group of states", "Planned"),
        "under_way": pgettext("group of states", "Under way"),
        "out": pgettext("group of states", "Out"),
        "needs": pgettext("group of states", "Waiting for you"),
    }
    columns = [
        Column(
            name,
            titles[name],
            STATE_HUES[name],
            tuple(cards.card(one, words.get(one.first.id, NOTHING)) for one in seen[name]),
            (),
            len(groups[name]),
        )
        for name in ("planned", "under_way", "out", "needs")
    ]
    return (_drafts(shown), *columns)


def _drafts(shown: Shown) -> Column:
    """Posts that nothing was planned of; no channel and no day are theirs yet."""
    asked = shown.asked
    rows = Post.objects.filter(workspace=shown.workspace, planned=False, deleted_at=None)
    if asked.pillar:
        rows = rows.filter(pillar_id=asked.pillar)
    if asked.campaign:
        rows = rows.filter(campaign_id=asked.campaign)
    if asked.channel:
        rows = rows.filter(current__variants__channel_id=asked.channel)
    total = 0 if asked.state else rows.count()
    found = (
        rows.order_by("-created_at", "-id").values_list("id", "name", "pillar_id")[:PER_COLUMN]
        if total
        else ()
    )
    drafts = tuple(
        DraftCard(
            reverse("compose:edit", args=[pk]) if shown.may_write else "",
            name or pgettext("post", "Untitled"),
            str(shown.pillars.get(pillar, "")),
            shown.pillars[pillar].hue if pillar in shown.pillars else "",
        )
        for pk, name, pillar in found
    )
    return Column("draft", pgettext("group of states", "Drafts"), "", (), drafts, total)
