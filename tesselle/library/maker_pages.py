"""What the makers' templates read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from tesselle.library.models import Asset
from tesselle.library.services.makers import part_of
from tesselle.library.shapes import SHAPES
from tesselle.web.sentences import say


@dataclass(frozen=True, slots=True)
class ShapeShown:
    """`view`: what of the picture is seen, as the `viewBox` of a drawing that shows the whole one; `frame`: the
    cut's own. `is_small`: fewer pixels are left than the network shows."""

    slug: str
    name: str
    where: str
    view: str
    frame: str
    kept: str
    is_small: bool
    url: str
    width: int
    height: int


def shapes_of(picture: Asset, focal: tuple[float, float]) -> Sequence[ShapeShown]:
    media = replace(picture.as_media(), focal_x=focal[0], focal_y=focal[1])
    shown = []
    for slug, shape in SHAPES.items():
        part = part_of(media, shape)
        share = round(100 * part.width * part.height / max(1, media.width_px * media.height_px))
        shown.append(
            ShapeShown(
                slug=slug,
                name=say(shape.name),
                where=say(shape.where),
                view=f"{part.left} {part.top} {part.width} {part.height}",
                frame=f"0 0 {part.width} {part.height}",
                kept=_("%(share)s%% of the picture stay.") % {"share": share},
                is_small=part.width < shape.width_px,
                url=reverse("library:asset", args=[picture.pk]),
                width=media.width_px,
                height=media.height_px,
            )
        )
    return shown
