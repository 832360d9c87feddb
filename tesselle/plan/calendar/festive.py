"""Holidays and own events: what a day is, before anything is planned on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.utils.translation import get_language

from tesselle.plan.models import Event, FestivePlace
from tesselle.workspaces.models import Workspace

COUNTRIES = {"CH": "Europe/Zurich", "FR": "Europe/Paris"}
"""With the zone that means the country as long as nobody chose."""

REGIONS: Mapping[str, Mapping[str, str]] = {
    "CH": {
        "AG": "Aargau",
        "AI": "Appenzell Innerrhoden",
        "AR": "Appenzell Ausserrhoden",
        "BE": "Bern / Berne",
        "BL": "Basel-Landschaft",
        "BS": "Basel-Stadt",
        "FR": "Fribourg / Freiburg",
        "GE": "Genève",
        "GL": "Glarus",
        "GR": "Graubünden / Grigioni",
        "JU": "Jura",
        "LU": "Luzern",
        "NE": "Neuchâtel",
        "NW": "Nidwalden",
        "OW": "Obwalden",
        "SG": "St. Gallen",
        "SH": "Schaffhausen",
        "SO": "Solothurn",
        "SZ": "Schwyz",
        "TG": "Thurgau",
        "TI": "Ticino",
        "UR": "Uri",
        "VD": "Vaud",
        "VS": "Valais / Wallis",
        "ZG": "Zug",
        "ZH": "Zürich",
    },
    "FR": {
        "6AE": "Alsace",
        "57": "Moselle",
        "971": "Guadeloupe",
        "972": "Martinique",
        "973": "Guyane",
        "974": "La Réunion",
        "976": "Mayotte",
    },
}
"""In their own language, as the places write themselves."""


@dataclass(frozen=True, slots=True)
class DayNote:
    """`kind`: holiday, event, or quota."""

    kind: str
    text: str


def place_of(workspace: Workspace) -> tuple[str, str]:
    """Country and region; the zone speaks while nobody has chosen."""
    chosen = FestivePlace.objects.filter(workspace=workspace).values_list("country", "region").first()
    return meant_by(workspace, chosen)


def meant_by(workspace: Workspace, chosen: tuple[str, str] | None) -> tuple[str, str]:
    if chosen is not None:
        return chosen
    return next((country for country, zone in COUNTRIES.items() if zone == workspace.zone), ""), ""


def notes_of(workspace: Workspace, first: date, last: date) -> dict[date, list[DayNote]]:
    """By day, both ends included."""
    return notes_in(place_of(workspace), events(workspace, first, last), first, last)


def events(workspace: Workspace, first: date, last: date) -> Iterable[Event]:
    return Event.objects.filter(workspace=workspace, first_day__lte=last, last_day__gte=first)


def notes_in(
    place: tuple[str, str], events: Iterable[Event], first: date, last: date
) -> dict[date, list[DayNote]]:
    country, region = place
    language = "fr" if (get_language() or "").startswith("fr") else "en_US"
    found: dict[date, list[DayNote]] = {}
    for year in range(first.year, last.year + 1):
        for day, name in holidays_of(country, region, year, language):
            if first <= day <= last:
                found.setdefault(day, []).append(DayNote("holiday", name))
    for event in events:
        for day in _days(max(event.first_day, first), min(event.last_day, last)):
            found.setdefault(day, []).append(DayNote("event", event.name))
    return found


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


@lru_cache(maxsize=128)
def holidays_of(country: str, region: str, year: int, language: str) -> tuple[tuple[date, str], ...]:
    if country not in COUNTRIES:
        return ()
    import holidays  # most pages never need its tables

    found = holidays.country_holidays(country, subdiv=region or None, years=year, language=language)
    return tuple(sorted(found.items()))
