"""What the pages of the register read, computed once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tesselle.library.consents import agreement_of, lacking
from tesselle.library.models import Asset, Consent
from tesselle.library.usage import Planned, Use, planned_with, uses_of
from tesselle.networks import card, slugs
from tesselle.web.dates import written
from tesselle.workspaces.models import Workspace

_DAY = "j M Y"


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """`tone`, `word`: whether it holds today."""

    who: str
    url: str
    concerns: str
    agreed: str
    where: str
    until: str
    tone: str
    icon: str
    word: str
    pictures: int


def consent_row(consent: Consent, pictures: int, today: date) -> ConsentRow:
    known = [card(slug).name for slug in consent.networks if slug in slugs()]
    tone, icon, word = _standing(consent, today)
    return ConsentRow(
        who=consent.who,
        url=reverse("library:consent", args=[consent.pk]),
        concerns=consent.get_concerns_display(),
        agreed=consent.agreed,
        where=", ".join(known) if consent.networks else _("all networks"),
        until=written(consent.until, _DAY) if consent.until else _("no end"),
        tone=tone,
        icon=icon,
        word=word,
        pictures=pictures,
    )


def _standing(consent: Consent, today: date) -> tuple[str, str, str]:
    agreement = agreement_of(consent)
    if agreement.is_withdrawn:
        return "danger", "refused", _("withdrawn")
    if agreement.until is not None and agreement.until < today:
        return "attention", "clock", _("expired")
    return "good", "check", _("holds")


@dataclass(frozen=True, slots=True)
class PeopleNote:
    """What the page of a picture says about those who are on it."""

    rows: tuple[ConsentRow, ...]
    is_lacking: bool


def people_note(asset: Asset, today: date) -> PeopleNote:
    links = asset.consents.select_related("consent").order_by("pk")
    rows = tuple(consent_row(link.consent, 0, today) for link in links)
    return PeopleNote(rows, lacking(Asset.objects.filter(pk=asset.pk), today).exists())


@dataclass(frozen=True, slots=True)
class ShownBy:
    """The posts that show pictures: those still to come, and those that are out or only written."""

    planned: tuple[Planned, ...]
    others: tuple[Use, ...]


def shown_by(workspace: Workspace, assets: Sequence[Asset]) -> ShownBy:
    """Each post once."""
    planned = planned_with(workspace, [asset.path for asset in assets])
    known = {one.url for one in planned}
    every = dict.fromkeys(use for asset in assets for use in uses_of(asset))
    return ShownBy(tuple(planned), tuple(use for use in every if use.url not in known))
