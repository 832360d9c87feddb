"""Which file a network is sent in place of the kept one: a recipe, worked out from facts alone.

The composer, the plan and the worker all ask here, so that what was promised before planning is
what is made before sending. Making it is `library`'s; nothing is decoded here.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from math import ceil, sqrt
from typing import Any

from tesselle.domain.content import Content, Media
from tesselle.domain.limits import Limits, MediaLimit

MAKEABLE = {"image": ("image/jpeg", "image/png", "image/webp"), "video": ("video/mp4",)}

MOST_ENLARGED = 2.0
"""A picture that is smaller than a network asks for is enlarged so far; beyond, it would only be mush."""

LEAST_BYTES = 4_000
LEAST_BYTES_PER_PIXEL = 0.6
"""The encoder promises to get any picture below this, whatever is on it (measured with noise)."""

LEAST_FILM_BYTES = 40_000
LEAST_FILM_BYTES_PER_SECOND = 60_000
"""The same for films, with their sound."""


@dataclass(frozen=True, slots=True)
class Crop:
    """What is cut out of the kept picture, in its pixels."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a file that fits is made of the kept one. `mimes`: what it may become, best first.

    `width_px`, `height_px`: its size; the encoder goes below, never under the least ones, when
    `max_bytes` asks for it, its width divided by its height staying between the two aspects. 0 means:
    no such bound.
    """

    mimes: tuple[str, ...]
    width_px: int
    height_px: int
    crop: Crop | None = None
    max_bytes: int = 0
    min_width_px: int = 0
    min_height_px: int = 0
    max_fps: float = 0.0
    min_aspect: float = 0.0
    max_aspect: float = 0.0

    @property
    def key(self) -> str:
        """The same recipe has the same key, in every process. Files are made anew when recipes gain a part."""
        told = json.dumps(self.to_json(), sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Recipe":
        crop = data.get("crop")
        return cls(**{**data, "mimes": tuple(data["mimes"]), "crop": Crop(**crop) if crop else None})


def limit_of(media: Media, limits: Limits) -> MediaLimit | None:
    """Of one format's limits (`limits.of(content.format)`)."""
    return {"image": limits.image, "video": limits.video, "document": limits.document}[media.kind]


def as_known(frozen: Media, now: Media) -> Media:
    """The file as it is known now, with the words and the focal point that were frozen with the post."""
    return replace(now, alt=frozen.alt, focal_x=frozen.focal_x, focal_y=frozen.focal_y)


def recipe_for(media: Media, limit: MediaLimit) -> Recipe | None:
    """None: the kept file goes out as it is (or its measures are not known)."""
    if media.kind == "document" or media.width_px <= 0 or media.height_px <= 0:
        return None
    width, height = _size(media, limit)
    crop = crop_around_focus(media, width, height)
    mimes = _mimes(media, limit)
    same_size = (width, height) == (media.width_px, media.height_px)
    light = not limit.max_bytes or media.size_bytes <= limit.max_bytes
    slow = not limit.max_fps or media.fps <= limit.max_fps
    narrowest, widest = _aspects(limit)
    if same_size and light and slow and mimes[0] == media.mime:
        return None
    return Recipe(
        mimes,
        width,
        height,
        crop,
        limit.max_bytes,
        limit.min_width_px,
        limit.min_height_px,
        0.0 if slow else limit.max_fps,
        narrowest,
        widest,
    )


def fitted(media: Media, limit: MediaLimit | None) -> Media:
    """What will be known of the file that is made. What no file can satisfy stays as it is, so
    that the check names it."""
    recipe = recipe_for(media, limit) if limit is not None else None
    if recipe is None:
        return media
    too_heavy = recipe.max_bytes and media.size_bytes > recipe.max_bytes
    return replace(
        media,
        mime=recipe.mimes[0],
        width_px=recipe.width_px,
        height_px=recipe.height_px,
        fps=min(media.fps, recipe.max_fps) if recipe.max_fps else media.fps,
        size_bytes=recipe.max_bytes if too_heavy and _can_be_light(media, recipe) else media.size_bytes,
    )


def fitted_content(content: Content, limits: Limits) -> Content:
    """The content with the media that its network will be given."""
    if not content.media:
        return content
    limits = limits.of(content.format)
    return replace(content, media=tuple(fitted(media, limit_of(media, limits)) for media in content.media))


def cropped_share(media: Media, limit: MediaLimit) -> float:
    """How much of the picture a network's ratio cuts away, 0 to 1."""
    recipe = recipe_for(media, limit)
    if recipe is None or recipe.crop is None:
        return 0.0
    return 1 - recipe.crop.width * recipe.crop.height / (media.width_px * media.height_px)


def _mimes(media: Media, limit: MediaLimit) -> tuple[str, ...]:
    """The kept type first where it is taken; a PNG may become a JPEG, never the other way round."""
    if not limit.mimes:
        return (media.mime,)
    makeable = [mime for mime in MAKEABLE[media.kind] if mime in limit.mimes]
    if media.mime in limit.mimes:
        others = [mime for mime in makeable if media.mime == "image/png" and mime == "image/jpeg"]
        return (media.mime, *others)
    return tuple(makeable) or (media.mime,)


def _size(media: Media, limit: MediaLimit) -> tuple[int, int]:
    """The largest size that every measure allows, with the picture's own ratio where that is allowed."""
    step = 2 if media.kind == "video" else 1
    limit = _in_steps(limit, step)
    width, height = _within_aspect(media.width_px, media.height_px, limit)
    most, least = _most(width, height, limit), _least(width, height, limit)
    scale = min(most, max(1.0, least))
    if (width, height) == (media.width_px, media.height_px) and scale == 1.0:
        return media.width_px, media.height_px
    if scale > MOST_ENLARGED or scale < least:
        scale = min(most, 1.0)
    sizes = (
        _whole(width * scale, limit.min_width_px if scale >= least else 0, limit.max_width_px, step),
        _whole(height * scale, limit.min_height_px if scale >= least else 0, limit.max_height_px, step),
    )
    return _settled(*sizes, limit, step)


def _in_steps(limit: MediaLimit, step: int) -> MediaLimit:
    """The same limit for sides that come in steps: a film's are even."""
    return replace(
        limit,
        min_width_px=-(-limit.min_width_px // step) * step,
        min_height_px=-(-limit.min_height_px // step) * step,
        max_width_px=limit.max_width_px // step * step,
        max_height_px=limit.max_height_px // step * step,
        max_side_sum_px=limit.max_side_sum_px // step * step,
    )


def _within_aspect(width: float, height: float, limit: MediaLimit) -> tuple[float, float]:
    low, high = _aspects(limit)
    if high and width / height > high:
        return height * high, height
    if low and width / height < low:
        return width, width / low
    return width, height


def _aspects(limit: MediaLimit) -> tuple[float, float]:
    """The narrowest and the widest width / height that are allowed; 0: no bound. The least height
    and the greatest width together are such a bound, too."""
    low, high = limit.min_aspect, limit.max_aspect or float("inf")
    if limit.max_ratio:
        low, high = max(low, 1 / limit.max_ratio), min(high, limit.max_ratio)
    if limit.min_height_px:
        high = min(high, _longest(limit, limit.max_width_px, limit.min_height_px) / limit.min_height_px)
    if limit.min_width_px:
        low = max(low, limit.min_width_px / _longest(limit, limit.max_height_px, limit.min_width_px))
    return low, 0.0 if high == float("inf") else high


def _longest(limit: MediaLimit, own: int, other: int) -> float:
    """How long one side may be while the other is as short as it may be."""
    bounds = (own, limit.max_pixels / other, limit.max_side_sum_px - other if limit.max_side_sum_px else 0)
    return min((bound for bound in bounds if bound > 0), default=float("inf"))


def _most(width: float, height: float, limit: MediaLimit) -> float:
    asked = (
        (limit.max_width_px, width),
        (limit.max_height_px, height),
        (limit.max_side_sum_px, width + height),
    )
    factors = [maximum / measured for maximum, measured in asked if maximum]
    if limit.max_pixels:
        factors.append(sqrt(limit.max_pixels / (width * height)))
    return min(factors, default=float("inf"))


def _least(width: float, height: float, limit: MediaLimit) -> float:
    return max(limit.min_width_px / width, limit.min_height_px / height)


def _whole(exact: float, minimum: int, maximum: int, step: int) -> int:
    """A whole number of steps next to `exact`: rounded down, or up where the minimum asks for it."""
    down = int(exact + 1e-6) // step * step
    chosen = down if down >= minimum else ceil(minimum / step) * step
    if maximum and chosen > maximum:
        chosen = maximum // step * step
    return max(step, chosen)


def _settled(width: int, height: int, limit: MediaLimit, step: int) -> tuple[int, int]:
    """Rounding may have passed a bound by a pixel: take it away again, where that still helps."""
    low, high = _aspects(limit)
    for _ in range(8):
        if high and width / height > high and width > step:
            width -= step
        elif low and width / height < low and height > step:
            height -= step
        elif (limit.max_pixels and width * height > limit.max_pixels) or (
            limit.max_side_sum_px and width + height > limit.max_side_sum_px
        ):
            width, height = (width - step, height) if width >= height > step else (width, height - step)
        else:
            break
        width, height = max(step, width), max(step, height)
    return width, height


def crop_around_focus(media: Media, width: int, height: int) -> Crop | None:
    """The largest part of that shape around the focal point; None where it is (nearly) everything."""
    aspect = width / height
    if media.width_px / media.height_px > aspect:
        across, down = max(1, round(media.height_px * aspect)), media.height_px
    else:
        across, down = media.width_px, max(1, round(media.width_px / aspect))
    across, down = min(across, media.width_px), min(down, media.height_px)
    if across >= media.width_px - 2 and down >= media.height_px - 2:
        return None
    return Crop(
        _start(media.focal_x, across, media.width_px),
        _start(media.focal_y, down, media.height_px),
        across,
        down,
    )


def _start(focal: float, length: int, whole: int) -> int:
    return min(max(round(focal * whole - length / 2), 0), whole - length)


def _can_be_light(media: Media, recipe: Recipe) -> bool:
    if media.kind == "video":
        return recipe.max_bytes >= LEAST_FILM_BYTES + media.seconds * LEAST_FILM_BYTES_PER_SECOND
    return recipe.max_bytes >= LEAST_BYTES + LEAST_BYTES_PER_PIXEL * _least_pixels(recipe)


def _least_pixels(recipe: Recipe) -> float:
    """The smallest the encoder may make it: its least sides, else a few pixels, in the recipe's shape."""
    width, height = recipe.width_px, recipe.height_px
    factor = max(
        recipe.min_width_px / width, recipe.min_height_px / height, min(1.0, 32 / min(width, height))
    )
    return width * height * min(1.0, factor) ** 2
