"""What a workspace has at all: one statement says which others need not be asked."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from tesselle.ledger.models import Installation
from tesselle.plan.calendar.agreed import ending_consents
from tesselle.plan.calendar.festive import meant_by
from tesselle.plan.models import Event
from tesselle.strategy.models import Campaign, Pillar
from tesselle.web.kept_query import SOME_ID, SOME_TIME, KeptQuery
from tesselle.workspaces.models import Workspace


@dataclass(frozen=True, slots=True)
class Setting:
    """`place`: country and region of the holidays; `has_events`: within the days that were asked for;
    `has_ending_consents`: withdrawn, or with a last day."""

    place: tuple[str, str]
    has_pillars: bool
    has_campaigns: bool
    has_events: bool
    is_held: bool
    has_ending_consents: bool


def setting_of(workspace: Workspace, first: date, last: date) -> Setting:
    [(country, region, *has)] = _setting.rows({SOME_ID: workspace.pk, _FIRST: first, _LAST: last})
    return Setting(meant_by(workspace, None if country is None else (country, region)), *has)


_FIRST, _LAST = SOME_TIME.date(), SOME_TIME.date() + timedelta(days=1)


def _setting_query() -> QuerySet[Workspace, Any]:
    here = {"workspace": OuterRef("pk")}
    return Workspace.objects.filter(pk=SOME_ID).values_list(
        "festive_place__country",
        "festive_place__region",
        Exists(Pillar.objects.filter(**here)),
        Exists(Campaign.objects.filter(**here)),
        Exists(Event.objects.filter(**here, first_day__lte=_LAST, last_day__gte=_FIRST)),
        Exists(Installation.objects.filter(id=1, held=True)),
        Exists(ending_consents().filter(**here)),
    )


_setting = KeptQuery(_setting_query, is_planned_once=True)
