"""New pictures made of kept ones. What they are made of stays as it is."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from tesselle.domain.content import Media
from tesselle.domain.errors import RuleError
from tesselle.domain.fitting import Crop, Recipe, crop_around_focus
from tesselle.domain.messages import N_, Message
from tesselle.library import decoding, refusals, storage
from tesselle.library.bench import workbench
from tesselle.library.decode.pairing import GAP_PX
from tesselle.library.decoding import Decoded, UndecodableError
from tesselle.library.models import Asset
from tesselle.library.services.deriving import keep_made
from tesselle.library.services.wiping import ask_for_wipe
from tesselle.library.shapes import SHAPES, Shape
from tesselle.workspaces.models import User


@dataclass(frozen=True, slots=True)
class Mark:
    """`share`: of the picture's width; `opacity`: both 0 to 1."""

    corner: str
    share: float
    opacity: float


def before_and_after(before: Asset, after: Asset, *, how: str, shape: str, by: User | None) -> Asset:
    """One picture; or a short film that wipes, which a worker makes. Each is cut around its own focal point.

    Raises RuleError: one of them is no picture, or cannot be opened.
    """
    _be_pictures(before, after)
    width, height = _cell(SHAPES[shape], how)
    cells = [_cut(one.as_media(), width, height) for one in (before, after)]
    name = f"{_stem(before)} + {_stem(after)}"
    if how == "film":
        return ask_for_wipe(before, after, cells, shape=SHAPES[shape], name=f"{name[:190]}.mp4", by=by)

    def made(bench: Path) -> Decoded:
        other = storage.current().local(after.path)
        return decoding.make(
            "pair",
            storage.current().local(before.path),
            bench,
            other=str(other),
            how=how,
            cells=cells,
        )

    return _made(made, of=(before, after), name=name, by=by)


def marked(picture: Asset, logo: Asset, mark: Mark, *, by: User | None) -> Asset:
    """The picture with a logo in its corner. Raises RuleError: one of them cannot be used."""
    _be_pictures(picture, logo)

    def made(bench: Path) -> Decoded:
        over = str(storage.current().local(logo.path))
        said = {"corner": mark.corner, "share": mark.share, "opacity": mark.opacity}
        return decoding.make("mark", storage.current().local(picture.path), bench, logo=over, **said)

    return _made(made, of=(picture,), name=f"{_stem(picture)} + logo", alt=picture.alt, by=by)


def cropped(picture: Asset, *, shape: str, focal: tuple[float, float], by: User | None) -> Asset:
    """The largest part in that shape around the focal point, in all the pixels there are.

    Raises RuleError: it is no picture, or cannot be opened.
    """
    _be_pictures(picture)
    media = replace(picture.as_media(), focal_x=focal[0], focal_y=focal[1])
    crop = part_of(media, SHAPES[shape])

    def made(bench: Path) -> Decoded:
        recipe = Recipe((picture.mime,), crop.width, crop.height, crop)
        return decoding.draw(storage.current().local(picture.path), bench, recipe)

    wide, high = SHAPES[shape].width_px, SHAPES[shape].height_px
    return _made(made, of=(picture,), name=f"{_stem(picture)} {wide}x{high}", alt=picture.alt, by=by)


def part_of(media: Media, shape: Shape) -> Crop:
    """What of the picture the shape shows."""
    whole = Crop(0, 0, media.width_px, media.height_px)
    return crop_around_focus(media, shape.width_px, shape.height_px) or whole


def _made(
    make: Callable[[Path], Decoded], *, of: Sequence[Asset], name: str, alt: str = "", by: User | None
) -> Asset:
    with workbench() as bench:
        work, keeping = Path(bench) / "work", Path(bench) / "keep"
        work.mkdir()
        keeping.mkdir()
        try:
            made = make(work)
        except UndecodableError as error:
            raise refusals.refusal(error.code, of[0].original_name) from error
        except FileNotFoundError as error:
            raise refusals.refusal("broken", of[0].original_name) from error
        return keep_made(made.path, keeping, of=of, name=f"{name[:190]}.jpg", alt=alt, by=by)


def _cell(shape: Shape, how: str) -> tuple[int, int]:
    """How large each of the two is drawn, so that both together have the shape."""
    if how == "beside":
        return (shape.width_px - GAP_PX) // 2, shape.height_px
    if how == "above":
        return shape.width_px, (shape.height_px - GAP_PX) // 2
    return shape.width_px, shape.height_px


def _cut(media: Media, width: int, height: int) -> dict[str, Any]:
    crop = crop_around_focus(media, width, height)
    return {"width": width, "height": height, "crop": asdict(crop) if crop else None}


def _be_pictures(*assets: Asset) -> None:
    if any(one.kind != Asset.Kind.IMAGE for one in assets):
        raise RuleError(Message(_PICTURES_ONLY))


def _stem(asset: Asset) -> str:
    return PurePosixPath(asset.original_name).stem[:90]


_PICTURES_ONLY = N_("This is made of pictures, not of films or documents. Choose pictures.")
