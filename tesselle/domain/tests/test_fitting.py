"""Whatever the picture and whatever the limit: what is made fits, or the check says why not."""

from dataclasses import replace
from typing import TypeVar

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tesselle.domain.checks import check, check_as_sent
from tesselle.domain.content import Content, Media
from tesselle.domain.findings import Severity
from tesselle.domain.fitting import Recipe, cropped_share, fitted, limit_of, recipe_for
from tesselle.domain.limits import Limits, MediaLimit
from tesselle.domain.tests.limits import SOURCE, at_most

PHOTO = Media("image", "image/jpeg", 9_000_000, 6048, 8064, alt="Un sol", asset="a.jpg")
FILM = Media(
    "video", "video/mp4", 90_000_000, 1080, 1920, seconds=90, fps=59.94, codec="h264", alt="Une pose"
)

SIDES = st.integers(1, 9000)
PICTURES = st.builds(
    Media,
    st.just("image"),
    st.sampled_from(["image/jpeg", "image/png"]),
    st.integers(1, 30_000_000),
    SIDES,
    SIDES,
    alt=st.just("x"),
    focal_x=st.floats(0, 1),
    focal_y=st.floats(0, 1),
)
FILMS = st.builds(
    Media,
    st.just("video"),
    st.just("video/mp4"),
    st.integers(1, 900_000_000),
    st.integers(1, 960).map(lambda half: 2 * half),
    st.integers(1, 960).map(lambda half: 2 * half),
    seconds=st.floats(0.5, 3600),
    fps=st.sampled_from([10.0, 23.976, 30.0, 60.0]),
    codec=st.just("h264"),
    alt=st.just("x"),
)


Number = TypeVar("Number", int, float)


def some(values: st.SearchStrategy[Number]) -> st.SearchStrategy[Number | int]:
    """Or none: 0 says that there is no such limit."""
    return st.one_of(st.just(0), values)


@st.composite
def media_limits(draw: st.DrawFn) -> MediaLimit:
    """Bounds that a network could really have: what is least lies below what is most."""
    low = draw(some(st.floats(0.2, 1.0)))
    return MediaLimit(
        tuple(draw(st.sets(st.sampled_from(["image/jpeg", "image/png", "image/webp", "video/mp4"])))),
        SOURCE,
        max_bytes=draw(some(st.integers(20_000, 20_000_000))),
        max_width_px=draw(some(st.integers(200, 6000))),
        max_height_px=draw(some(st.integers(200, 6000))),
        max_pixels=draw(some(st.integers(40_000, 30_000_000))),
        max_side_sum_px=draw(some(st.integers(400, 12_000))),
        max_ratio=draw(some(st.floats(1.0, 20.0))),
        min_aspect=low,
        max_aspect=draw(some(st.floats(max(low, 1.0), 4.0))),
        min_width_px=draw(some(st.integers(1, 150))),
        min_height_px=draw(some(st.integers(1, 150))),
        max_fps=draw(some(st.sampled_from([24.0, 30.0, 60.0]))),
    )


def limits_with(limit: MediaLimit) -> Limits:
    return Limits(texts=(at_most(100),), image=limit, video=limit, max_images=1, max_videos=1)


def errors(media: Media, limit: MediaLimit) -> set[str]:
    found = check_as_sent(Content("x", media=(media,)), limits_with(limit))
    return {finding.code for finding in found if finding.severity is Severity.ERROR}


@given(st.one_of(PICTURES, FILMS), media_limits())
def test_only_what_nobody_can_cure_is_still_found(media: Media, limit: MediaLimit) -> None:
    """Sizes, ratios and speeds are always mended; a type that nobody makes, a picture far too small
    for what is asked, and bytes that no encoder can reach are said before planning."""
    named = {"type_not_allowed", "too_small", "too_low", "too_big", "too_many_pixels", "sides_too_long"}

    found = {code.removeprefix(f"{media.kind}_") for code in errors(media, limit)}

    if min(media.width_px, media.height_px) >= 400 and max(media.width_px, media.height_px) < 2000:
        named -= {"too_small", "too_low", "too_many_pixels", "sides_too_long"}
        assert found <= named
    if not limit.mimes:
        assert "type_not_allowed" not in found


@given(st.one_of(PICTURES, FILMS), media_limits())
def test_a_recipe_never_leaves_the_picture_nor_the_limit(media: Media, limit: MediaLimit) -> None:
    recipe = recipe_for(media, limit)
    assume(recipe is not None)
    assert recipe is not None

    step = 2 if media.kind == "video" else 1
    assert recipe.width_px >= 1 and recipe.height_px >= 1
    assert recipe.width_px % step == 0 and recipe.height_px % step == 0
    for measured, maximum in (
        (recipe.width_px, limit.max_width_px),
        (recipe.height_px, limit.max_height_px),
    ):
        assert not maximum or measured <= maximum
    if recipe.crop is not None:
        crop = recipe.crop
        assert 0 <= crop.left <= crop.left + crop.width <= media.width_px
        assert 0 <= crop.top <= crop.top + crop.height <= media.height_px
    assert Recipe.from_json(recipe.to_json()) == recipe
    assert Recipe.from_json(recipe.to_json()).key == recipe.key


# Few things that are drawn fit what is drawn: many are passed over.
@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(st.one_of(PICTURES, FILMS), media_limits())
def test_what_fits_is_left_alone(media: Media, limit: MediaLimit) -> None:
    assume(not check(Content("x", media=(media,)), limits_with(limit)))

    assert recipe_for(media, limit) is None


@given(st.one_of(PICTURES, FILMS), media_limits())
def test_made_once_it_needs_no_making_again(media: Media, limit: MediaLimit) -> None:
    assume(not errors(media, limit))

    once = fitted(media, limit)

    assert fitted(once, limit) == once


def test_a_portrait_is_cut_around_its_focal_point_and_the_writer_is_told() -> None:
    limit = MediaLimit(("image/jpeg",), SOURCE, min_aspect=0.8, max_aspect=1.91, max_width_px=1440)
    above, below = replace(PHOTO, focal_y=0.0), replace(PHOTO, focal_y=1.0)

    tops = [
        recipe.crop.top for media in (above, below) if (recipe := recipe_for(media, limit)) and recipe.crop
    ]
    found = check_as_sent(Content("x", media=(PHOTO,)), limits_with(limit))

    assert tops == [0, 8064 - 7560]
    assert [(finding.code, finding.severity) for finding in found] == [
        ("image_will_be_cropped", Severity.WARNING)
    ]
    assert str(found[0].message) == "This network’s format cuts away 6% of it."
    assert round(cropped_share(PHOTO, limit), 4) == 0.0625


def test_a_film_too_long_for_its_bytes_is_told_before_planning() -> None:
    assert errors(FILM, MediaLimit(("video/mp4",), SOURCE, max_bytes=8_000_000)) == set()
    assert errors(FILM, MediaLimit(("video/mp4",), SOURCE, max_bytes=2_000_000)) == {"video_too_big"}
    assert errors(FILM, MediaLimit(("video/mp4",), SOURCE, max_seconds=60)) == {"video_too_long"}


def test_a_picture_is_enlarged_a_little_but_not_blown_up() -> None:
    limit = MediaLimit(("image/jpeg",), SOURCE, min_width_px=600)

    assert fitted(replace(PHOTO, width_px=400, height_px=300), limit).width_px == 600
    assert errors(replace(PHOTO, width_px=200, height_px=150), limit) == {"image_too_small"}


def test_the_limit_of_a_film_is_not_that_of_a_picture() -> None:
    image, video = MediaLimit(("image/png",), SOURCE), MediaLimit(("video/mp4",), SOURCE)
    limits = replace(limits_with(image), video=video)

    assert limit_of(PHOTO, limits) is image
    assert limit_of(FILM, limits) is video
