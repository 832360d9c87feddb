"""What can be made of several pictures that were chosen: pages that ask how, of this folder and of higher ones.

A higher app registers in its `AppConfig.ready`: `chosen.register(Maker("posts", label, "plan:pictures"))`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise

from tesselle.library.models import Asset


@dataclass(frozen=True, slots=True)
class Maker:
    """`url_name`: a page that takes `asset`, several times. `at_sharing`: offered as well where a telephone
    brings pictures."""

    name: str
    label: str | Promise
    url_name: str
    icon: str = "image"
    order: int = 100
    at_sharing: bool = False


_makers: dict[str, Maker] = {}


def register(maker: Maker) -> None:
    """Registering the same name again replaces it, so a reload does no harm."""
    _makers[maker.name] = maker


def makers(*, at_sharing: bool = False) -> list[Maker]:
    every = sorted(_makers.values(), key=lambda maker: (maker.order, maker.name))
    return [maker for maker in every if maker.at_sharing or not at_sharing]


def page_of(name: str, assets: Sequence[Asset]) -> str:
    """The address of the page that makes it of these; empty where nothing of that name can be made."""
    maker = _makers.get(name)
    if maker is None or not assets:
        return ""
    return f"{reverse(maker.url_name)}?{urlencode([('asset', asset.pk) for asset in assets])}"
