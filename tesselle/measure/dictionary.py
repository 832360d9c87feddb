"""The dictionary's page: each indicator, and which connected network tells what it needs."""

from dataclasses import dataclass

from django.utils.functional import Promise

from tesselle.channels.models import Channel
from tesselle.measure.explaining import Told, sources
from tesselle.measure.indicators import DICTIONARY, Indicator
from tesselle.networks import card, plugin
from tesselle.workspaces.models import Workspace


@dataclass(frozen=True, slots=True)
class Entry:
    """`told`: the fields of the networks that tell all of it or a part; `without`: those that do not."""

    slug: str
    name: str | Promise
    formula: str | Promise
    note: str | Promise
    variants: str | Promise
    told: tuple[Told, ...]
    without: tuple[str, ...]


def dictionary_page(workspace: Workspace) -> tuple[Entry, ...]:
    slugs = sorted(
        set(Channel.objects.filter(workspace=workspace, removed_at=None).values_list("network", flat=True))
    )
    return tuple(_entry(one, slugs) for one in DICTIONARY.values())


def _entry(indicator: Indicator, slugs: list[str]) -> Entry:
    telling = [slug for slug in slugs if _tells(slug, indicator)]
    return Entry(
        slug=indicator.slug,
        name=indicator.name,
        formula=indicator.worded,
        note=indicator.note,
        variants=indicator.variants,
        told=sources(indicator, telling),
        without=tuple(card(slug).name for slug in slugs if slug not in telling),
    )


def _tells(slug: str, indicator: Indicator) -> bool:
    told, formula = plugin(slug).metrics, indicator.formula
    return any(part in told for part in formula.parts) and (formula.per is None or formula.per in told)
