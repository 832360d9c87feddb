"""What the calendar reads: every row of its stretch in few columns, then the words of what is shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter

from django.db.models import Case, Q, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from tesselle.compose.models import Variant
from tesselle.ledger.models import Delivery, Purpose
from tesselle.library.models import Asset
from tesselle.plan.calendar.asked import Asked
from tesselle.plan.calendar.outings import GROUPS, Going
from tesselle.plan.selectors import midnight
from tesselle.strategy.models import Campaign, Pillar
from tesselle.web.kept_query import SOME_ID, KeptQuery
from tesselle.web.light_rows import Micros, instant, light_rows
from tesselle.workspaces.models import Workspace


def goings(workspace: Workspace, asked: Asked) -> list[Going]:
    """The deliveries of posts within the asked days, narrowed as asked, in order of time."""
    first = midnight(asked.first, workspace.tz)
    end = midnight(asked.last + timedelta(days=1), workspace.tz)
    return goings_between(workspace, first, end, _narrowed(asked))


def goings_between(
    workspace: Workspace, first: datetime, end: datetime, narrowed: Q | None = None
) -> list[Going]:
    here = Q(zone=workspace.zone)
    rows = light_rows(
        Delivery.objects.filter(
            narrowed or Q(), workspace=workspace, purpose=Purpose.POST, due_at__gte=first, due_at__lt=end
        ),
        Micros("due_at"),
        "id",
        "state",
        "channel_id",
        Coalesce("post_id", 0),
        Coalesce("post__pillar_id", 0),
        Case(When(~here, then="local_at"), default=Value("")),
        Case(When(~here, then="zone"), default=Value("")),
    )
    rows.sort(key=itemgetter(0, 1))
    return [Going(pk, instant(micros), *rest) for micros, pk, *rest in rows]


def _narrowed(asked: Asked) -> Q:
    narrowed = Q()
    if asked.channel:
        narrowed &= Q(channel_id=asked.channel)
    if asked.pillar:
        narrowed &= Q(post__pillar_id=asked.pillar)
    if asked.campaign:
        narrowed &= Q(post__campaign_id=asked.campaign)
    if asked.state in GROUPS:
        narrowed &= Q(state__in=[state.value for state in GROUPS[asked.state]])
    return narrowed


@dataclass(frozen=True, slots=True)
class Words:
    """What is read of a shown delivery's post; `thumb` 0 for none."""

    title: str
    text: str
    thumb: int


NOTHING = Words("", "", 0)


def words_of(workspace: Workspace, ids: Iterable[int]) -> Mapping[int, Words]:
    """By delivery."""
    wanted = list(ids)
    rows = list(
        Variant.objects.filter(deliveries__in=wanted).values_list(
            "deliveries__id", "deliveries__post__name", KT("body__text"), KT("body__media__0__asset")
        )
        if wanted
        else ()
    )
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
