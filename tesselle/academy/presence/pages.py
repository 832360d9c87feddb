"""What the page of the site and the profiles reads."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import pgettext

from tesselle.academy.catalogue.norms import Norm, norms
from tesselle.academy.models import Path, SiteCheck
from tesselle.channels.models import Channel
from tesselle.networks import card


@dataclass(frozen=True, slots=True)
class Shown:
    norm: Norm
    places: Sequence[str]

    @property
    def is_fault(self) -> bool:
        return self.norm.weight == "fault"


@dataclass(frozen=True, slots=True)
class Area:
    title: str
    findings: list[Shown]


@dataclass(frozen=True, slots=True)
class PresencePage:
    """`going`: the look that is under way. `last`: the newest that is over."""

    going: SiteCheck | None
    last: SiteCheck | None
    areas: list[Area]
    faults: int
    advice: int
    channels: list[str]

    @property
    def share(self) -> int:
        """How far it is, of 100: the total grows while links are found, so it is never quite full."""
        if self.going is None or not self.going.total:
            return 2
        return min(98, 100 * self.going.done // self.going.total)


def presence_page(path: Path) -> PresencePage:
    checks = list(path.site_checks.order_by("-pk")[:5])
    going = next((one for one in checks if one.is_going), None)
    last = next((one for one in checks if not one.is_going), None)
    shown = shown_of(last) if last is not None else []
    channels = Channel.objects.filter(workspace=path.workspace, removed_at=None).order_by("network", "pk")
    return PresencePage(
        going,
        last,
        _areas(shown),
        sum(one.is_fault for one in shown),
        sum(not one.is_fault for one in shown),
        [f"{card(channel.network).name} · {channel.handle}" for channel in channels],
    )


def shown_of(check: SiteCheck) -> list[Shown]:
    """In the order of the norms; one that a newer release no longer knows is left out."""
    places = {one["key"]: one["places"] for one in check.found}
    return [Shown(norm, places[key]) for key, norm in norms().items() if key in places]


def _areas(shown: list[Shown]) -> list[Area]:
    titles = {
        "identity": pgettext("area of a site", "Who you are"),
        "data": pgettext("area of a site", "Data and cookies"),
        "security": pgettext("area of a site", "Encryption and headers"),
        "access": pgettext("area of a site", "Readable by everybody"),
        "links": pgettext("area of a site", "Links"),
        "local": pgettext("area of a site", "Found nearby"),
        "profile": pgettext("area of a site", "Profiles"),
    }
    areas = [Area(title, [one for one in shown if one.norm.area == key]) for key, title in titles.items()]
    return [area for area in areas if area.findings]
