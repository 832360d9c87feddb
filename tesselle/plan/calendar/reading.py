"""What the calendar reads: every row of its stretch in few columns, then the words of what is shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Coalesce

from tesselle.ledger.models import Delivery, Purpose
from tesselle.library.models import Asset
from tesselle.plan.calendar.asked import Asked
from tesselle.plan.calendar.outings import GROUPS, Stretch, told
from tesselle.plan.selectors import midnight
from tesselle.strategy.models import Campaign, Pillar
from tesselle.web.kept_query import SOME_ID, SOME_TIME, KeptQuery
from tesselle.web.light_rows import Micros, light_text
from tesselle.workspaces.models import Workspace


def stretch(workspace: Workspace, asked: Asked, *, pillars: bool) -> Stretch:
    """The deliveries of posts within the asked days, narrowed as asked; `pillars`: whether theirs are shown."""
    first = midnight(asked.first, workspace.tz)
    end = midnight(asked.last + timedelta(days=1), workspace.tz)
    shape = _Narrowed(bool(asked.channel), bool(asked.pillar), bool(asked.campaign), asked.state)
    narrowed = {_CHANNEL: asked.channel, _PILLAR: asked.pillar, _CAMPAIGN: asked.campaign}
    return told(_text(workspace, first, end, shape, narrowed, pillars=pillars), workspace.tz)


def stretch_between(workspace: Workspace, first: datetime, end: datetime) -> Stretch:
    return told(_text(workspace, first, end, _Narrowed(), {}, pillars=False), workspace.tz)


_CHANNEL, _PILLAR, _CAMPAIGN = SOME_ID - 1, SOME_ID - 2, SOME_ID - 3
_FIRST, _END, _ZONE = SOME_TIME, SOME_TIME + timedelta(days=1), "the zone of the workspace"


class _Narrowed(NamedTuple):
    """By what, not to which: that stands in the statement for each request."""

    channel: bool = False
    pillar: bool = False
    campaign: bool = False
    state: str = ""

    @property
    def where(self) -> Q:
        found = Q(channel_id=_CHANNEL) if self.channel else Q()
        found &= Q(post__pillar_id=_PILLAR) if self.pillar else Q()
        found &= Q(post__campaign_id=_CAMPAIGN) if self.campaign else Q()
        return found & Q(state__in=[state.value for state in GROUPS[self.state]]) if self.state else found


def _text(
    workspace: Workspace,
    first: datetime,
    end: datetime,
    narrowed: _Narrowed,
    chosen: Mapping[Any, Any],
    *,
    pillars: bool,
) -> str:
    shape = narrowed if narrowed.state in GROUPS else narrowed._replace(state="")
    now = {SOME_ID: workspace.pk, _FIRST: first, _END: end, _ZONE: workspace.zone, **chosen}
    rows = _goings(shape, pillars).rows(now)
    return str(rows[0][0]) if rows else "[]"


@cache
def _goings(narrowed: _Narrowed, pillars: bool) -> KeptQuery[Delivery]:
    here = Q(zone=_ZONE)
    return KeptQuery(
        lambda: light_text(
            Delivery.objects.filter(
                narrowed.where, workspace=SOME_ID, purpose=Purpose.POST, due_at__gte=_FIRST, due_at__lt=_END
            ),
            Micros("due_at"),
            "id",
            "state",
            "channel_id",
            Coalesce("post_id", 0),
            Coalesce("post__pillar_id", 0) if pillars else Value(0),
            Case(When(~here, then="local_at"), default=Value("")),
            Case(When(~here, then="zone"), default=Value("")),
            "calls",
            by="workspace_id",
        )
    )


@dataclass(frozen=True, slots=True)
class Words:
    """What is read of a shown delivery's post; `thumb` 0 for none."""

    title: str
    text: str
    thumb: int


NOTHING = Words("", "", 0)


_WORDS = """
SELECT json_agg(json_build_array(d.id, p.name, CASE WHEN %s THEN v.body ->> 'text' END,
                                 v.body #>> '{media,0,asset}'))
FROM ledger_delivery d JOIN compose_variant v ON v.id = d.variant_id
LEFT JOIN compose_post p ON p.id = d.post_id WHERE d.id = ANY(%s)
"""


def words_of(workspace: Workspace, ids: Iterable[int], *, texts: bool = True) -> Mapping[int, Words]:
    """By delivery; chips have no room for `texts`."""
    wanted = list(ids)
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, [texts, wanted])
        rows = cursor.fetchall()[0][0] or ()
    thumbs = _thumbs(workspace, {path for *_, path in rows if path})
    return {pk: Words(name or "", text or "", thumbs.get(path, 0)) for pk, name, text, path in rows}


def _thumbs(workspace: Workspace, paths: set[str]) -> dict[str, int]:
    if not paths:
        return {}
    ready = Asset.objects.filter(
        workspace=workspace, file__in=paths, state=Asset.State.READY, deleted_at=None
    )
    return dict(ready.values_list("file", "id"))


_pillars = KeptQuery(lambda: Pillar.objects.filter(workspace=SOME_ID))
_campaigns = KeptQuery(lambda: Campaign.objects.filter(workspace=SOME_ID))


def pillars(workspace: Workspace) -> dict[int, Pillar]:
    """Retired ones too: their past keeps its colour."""
    return {row.pk: row for row in _pillars.records({SOME_ID: workspace.pk})}


def campaigns(workspace: Workspace) -> dict[int, Campaign]:
    return {row.pk: row for row in _campaigns.records({SOME_ID: workspace.pk})}
