"""Pictures bound to a document that is paged through, and the pages of a document as pictures."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tesselle.domain.errors import RuleError
from tesselle.domain.fitting import Recipe, crop_around_focus
from tesselle.domain.messages import N_, Message
from tesselle.library import names, refusals, storage
from tesselle.library.bench import workbench
from tesselle.library.binding import Leaf, bind
from tesselle.library.decode.pictures import THUMB_SIDE_PX
from tesselle.library.decoding import Decoded, UndecodableError, draw
from tesselle.library.models import Asset
from tesselle.library.services.deriving import keep_decoded, keep_made
from tesselle.library.shapes import SHAPES, Shape
from tesselle.workspaces.models import User

MOST_PAGES = 20
"""As many pictures as a post has at most; each is drawn while the person waits."""

_POINTS_PER_PIXEL = 0.5


def bind_pictures(pictures: Sequence[Asset], *, shape: str, title: str, by: User | None) -> Asset:
    """One page for each, in this order, cut to the shape around its focal point.

    Raises RuleError: fewer than two pictures, too many, or one that cannot be drawn.
    """
    if len(pictures) < 2 or any(one.kind != Asset.Kind.IMAGE for one in pictures):
        raise RuleError(Message(_TWO))
    if len(pictures) > MOST_PAGES:
        raise RuleError(Message(_FEWER, {"most": MOST_PAGES}))
    with workbench() as bench:
        leaves = [
            _leaf(picture, SHAPES[shape], Path(bench) / str(number))
            for number, picture in enumerate(pictures, start=1)
        ]
        target = Path(bench) / "kept.pdf"
        bind(leaves, target)
        small = _fits(THUMB_SIDE_PX, SHAPES[shape])
        decoded = Decoded(
            path=target,
            kind=Asset.Kind.DOCUMENT,
            mime="application/pdf",
            width_px=leaves[0].width_px,
            height_px=leaves[0].height_px,
            thumb=_leaf(pictures[0], small, Path(bench) / "thumb").path,
            pages=tuple(leaf.path for leaf in leaves),
        )
        return keep_decoded(decoded, of=pictures, name=f"{title.strip() or _names(pictures)}.pdf", by=by)


def pages_as_pictures(document: Asset, *, most: int, by: User | None) -> list[Asset]:
    """Its first pages, each a picture of the library; asked for again, the same ones.

    Raises RuleError: a page is not there any more.
    """
    store, made = storage.current(), list[Asset]()
    for number in range(1, min(document.pages, most) + 1):
        name = f"{document.original_name.removesuffix('.pdf')} {number}.jpg"
        with workbench() as bench:
            try:
                page = store.local(names.page_of(document.path, number))
            except FileNotFoundError as error:
                raise refusals.refusal("broken", document.original_name) from error
            made.append(keep_made(page, Path(bench), of=[document], name=name, by=by))
    return made


def _leaf(picture: Asset, shape: Shape, folder: Path) -> Leaf:
    folder.mkdir()
    width, height = shape.width_px, shape.height_px
    crop = crop_around_focus(picture.as_media(), width, height)
    try:
        source = storage.current().local(picture.path)
        drawn = draw(source, folder, Recipe(("image/jpeg",), width, height, crop))
    except UndecodableError as error:
        raise refusals.refusal(error.code, picture.original_name) from error
    except FileNotFoundError as error:
        raise refusals.refusal("broken", picture.original_name) from error
    return Leaf(
        drawn.path,
        drawn.width_px,
        drawn.height_px,
        drawn.width_px * _POINTS_PER_PIXEL,
        drawn.height_px * _POINTS_PER_PIXEL,
    )


def _fits(side: int, shape: Shape) -> Shape:
    share = side / max(shape.width_px, shape.height_px)
    return replace(shape, width_px=round(shape.width_px * share), height_px=round(shape.height_px * share))


def _names(pictures: Sequence[Asset]) -> str:
    return Path(pictures[0].original_name).stem


_TWO = N_(
    "A document to page through is made of two pictures or more. Tick pictures, no films and no documents."
)
_FEWER = N_("A document is made of %(most)s pictures at most. Tick fewer.")
