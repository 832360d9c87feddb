"""What the library's templates read, computed once."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from tesselle.library.alike import others_like
from tesselle.library.models import Asset
from tesselle.library.selectors import AlbumRow
from tesselle.library.usage import Use, uses_of
from tesselle.web.sentences import say

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Tile:
    """One picture or film in the grid. `width`, `height`: its proportions, for the browser to keep room.
    `again_url`: where a film that failed is asked for once more; empty: that would not help."""

    id: int
    name: str
    alt: str
    url: str
    thumb: str
    width: int
    height: int
    is_film: bool
    pages: int
    is_preparing: bool
    progress: int
    share: str
    length: str
    trouble: str
    state_url: str
    again_url: str


@dataclass(frozen=True, slots=True)
class AlbumCard:
    """`cover`: the address of its newest picture, or empty."""

    name: str
    count: int
    cover: str
    url: str
    edit_url: str


@dataclass(frozen=True, slots=True)
class AssetPage:
    tile: Tile
    asset: Asset
    is_picture: bool
    whole: str
    poster: str
    size: str
    uses: Sequence[Use]
    alike: Sequence[Tile]
    leaves: Sequence[str]
    made_of: Sequence[Tile]


def tile(asset: Asset) -> Tile:
    film = asset.kind == Asset.Kind.VIDEO
    return Tile(
        id=asset.pk,
        name=asset.original_name,
        alt=asset.alt,
        url=reverse("library:media_asset", args=[asset.pk]),
        thumb=reverse("library:thumb", args=[asset.pk]),
        width=asset.width_px,
        height=asset.height_px,
        is_film=film,
        pages=asset.pages,
        is_preparing=asset.state == Asset.State.PREPARING,
        progress=asset.progress,
        share=_("%(percent)s%%") % {"percent": asset.progress},
        length=f"{int(asset.seconds) // 60}:{int(asset.seconds) % 60:02}" if film else "",
        trouble=say(asset.trouble_message),
        state_url=reverse("library:state", args=[asset.pk]),
        again_url=reverse("library:again", args=[asset.pk]) if asset.may_be_tried_again else "",
    )


def album_card(row: AlbumRow) -> AlbumCard:
    return AlbumCard(
        name=row.name,
        count=row.count,
        cover=reverse("library:thumb", args=[row.cover]) if row.cover else "",
        url=f"{reverse('library:media')}?album={row.id}",
        edit_url=reverse("library:album", args=[row.id]),
    )


def asset_page(asset: Asset) -> AssetPage:
    return AssetPage(
        tile=tile(asset),
        asset=asset,
        is_picture=asset.kind == Asset.Kind.IMAGE,
        whole=reverse("library:asset", args=[asset.pk]),
        poster=reverse("library:poster", args=[asset.pk]),
        size=_size(asset.size_bytes),
        uses=uses_of(asset),
        alike=[tile(other) for other in others_like(asset)],
        leaves=[reverse("library:page", args=[asset.pk, number]) for number in range(1, asset.pages + 1)],
        made_of=[tile(source) for source in asset.made_of.filter(deleted_at=None).order_by("pk")],
    )


def _size(size_bytes: int) -> str:
    if size_bytes >= _MEGABYTE:
        return _("%(size)s MB") % {"size": number_format(size_bytes / _MEGABYTE, decimal_pos=1)}
    return _("%(size)s kB") % {"size": max(1, size_bytes // 1000)} if size_bytes else ""
