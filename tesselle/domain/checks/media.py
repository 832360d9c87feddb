"""The pictures and films: how many, which kinds, how large, and their alternative texts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tesselle.domain.checks.texts import too_long
from tesselle.domain.content import Content, Media, MediaKind
from tesselle.domain.findings import Finding, Severity
from tesselle.domain.limits import Limits, MediaLimit
from tesselle.domain.messages import N_, Message

NOT_TAKEN: dict[MediaKind, str] = {
    "image": N_("This network takes no pictures."),
    "video": N_("This network takes no videos."),
    "document": N_("This network takes no documents."),
}
TOO_MANY: dict[MediaKind, str] = {
    "image": N_("There are %(counted)s pictures; %(limit)s can go out in one post."),
    "video": N_("There are %(counted)s videos; %(limit)s can go out in one post."),
    "document": N_("There are %(counted)s documents; %(limit)s can go out in one post."),
}


def media_findings(content: Content, limits: Limits) -> Iterator[Finding]:
    """All about media. They go with the first part."""
    yield from _numbers(content, limits)
    for index, media in enumerate(content.media):
        limit = {"image": limits.image, "video": limits.video, "document": limits.document}[media.kind]
        if limit is not None:
            yield from _file(media, limit, f"media.{index}")
        yield from _alt(media, limits, f"media.{index}.alt")


def _numbers(content: Content, limits: Limits) -> Iterator[Finding]:
    kinds: tuple[tuple[MediaKind, int], ...] = (
        ("image", limits.max_images),
        ("video", limits.max_videos),
        ("document", limits.max_documents),
    )
    numbers: dict[MediaKind, int] = {
        kind: sum(media.kind == kind for media in content.media) for kind, _ in kinds
    }
    for kind, maximum in kinds:
        if numbers[kind] > maximum:
            yield Finding(
                f"too_many_{kind}s" if maximum else f"{kind}_not_allowed",
                Message(TOO_MANY[kind], {"counted": numbers[kind], "limit": maximum})
                if maximum
                else Message(NOT_TAKEN[kind]),
                Message(N_("Remove %(over)s of them."), {"over": numbers[kind] - maximum}),
                "media",
                repair="remove_media",
            )
    if numbers["document"] and (numbers["image"] or numbers["video"]):
        yield Finding(
            "media_mix_not_allowed",
            Message(N_("A document goes out alone: pictures and videos cannot be beside it.")),
            Message(N_("Keep the document or the rest, not both.")),
            "media",
            repair="remove_media",
        )
    elif numbers["image"] and numbers["video"] and not limits.mixes_media:
        yield Finding(
            "media_mix_not_allowed",
            Message(N_("Pictures and videos cannot go out in one post here.")),
            Message(N_("Keep the pictures or the video, not both.")),
            "media",
            repair="remove_media",
        )


@dataclass(frozen=True, slots=True)
class _Rule:
    """One measure of a file against one number; `code` is completed with the kind of file."""

    code: str
    sentence: str
    cure: str
    measured: Callable[[Media], float]
    maximum: Callable[[MediaLimit], float]


CONVERT = N_("Have it converted to a size that fits.")

_RULES = (
    _Rule(
        "too_big",
        N_("The file has %(counted)s bytes; %(limit)s are allowed."),
        CONVERT,
        lambda media: media.size_bytes,
        lambda limit: limit.max_bytes,
    ),
    _Rule(
        "too_wide",
        N_("It is %(counted)s pixels wide; %(limit)s are allowed."),
        CONVERT,
        lambda media: media.width_px,
        lambda limit: limit.max_width_px,
    ),
    _Rule(
        "too_high",
        N_("It is %(counted)s pixels high; %(limit)s are allowed."),
        CONVERT,
        lambda media: media.height_px,
        lambda limit: limit.max_height_px,
    ),
    _Rule(
        "too_many_pixels",
        N_("It has %(counted)s pixels; %(limit)s are allowed."),
        CONVERT,
        lambda media: media.width_px * media.height_px,
        lambda limit: limit.max_pixels,
    ),
    _Rule(
        "sides_too_long",
        N_("Width and height add up to %(counted)s pixels; %(limit)s are allowed."),
        CONVERT,
        lambda media: media.width_px + media.height_px,
        lambda limit: limit.max_side_sum_px,
    ),
    _Rule(
        "too_narrow",
        N_("One side is %(counted)s times the other; %(limit)s times is allowed."),
        N_("Crop it, so that it is less long and narrow."),
        lambda media: _ratio(media),
        lambda limit: limit.max_ratio,
    ),
    _Rule(
        "too_long",
        N_("It lasts %(counted)s seconds; %(limit)s are allowed."),
        N_("Cut it to at most %(limit)s seconds."),
        lambda media: media.seconds,
        lambda limit: limit.max_seconds,
    ),
    _Rule(
        "too_many_pages",
        N_("It has %(counted)s pages; %(limit)s are allowed."),
        N_("Keep at most %(limit)s pages."),
        lambda media: media.pages,
        lambda limit: limit.max_pages,
    ),
)


def _file(media: Media, limit: MediaLimit, place: str) -> Iterator[Finding]:
    if limit.mimes and media.mime.lower() not in limit.mimes:
        yield Finding(
            f"{media.kind}_type_not_allowed",
            Message(
                N_("Files of type %(type)s are not taken here; %(allowed)s are."),
                {"type": media.mime, "allowed": ", ".join(limit.mimes)},
            ),
            Message(N_("Have it converted to a type that is taken.")),
            place,
            repair="convert_media",
        )
    for rule in _RULES:
        maximum = rule.maximum(limit)
        if maximum and rule.measured(media) > maximum:
            params = {"counted": _shown(rule.measured(media)), "limit": _shown(maximum)}
            yield Finding(
                f"{media.kind}_{rule.code}",
                Message(rule.sentence, params),
                Message(rule.cure, params),
                place,
                repair="convert_media" if rule.cure == CONVERT else "",
            )


def _alt(media: Media, limits: Limits, place: str) -> Iterator[Finding]:
    if limits.alt is None:
        return
    if not media.alt.strip():
        yield Finding(
            "alt_missing",
            Message(N_("There is no alternative text: people who do not see it learn nothing of it.")),
            Message(N_("Say in one sentence what is to be seen.")),
            place,
            Severity.ADVICE,
            repair="add_alt",
        )
    yield from too_long("alt_too_long", media.alt, limits.alt, place, "shorten")


def _ratio(media: Media) -> float:
    shorter = min(media.width_px, media.height_px)
    return max(media.width_px, media.height_px) / shorter if shorter > 0 else 0.0


def _shown(number: float) -> int | str:
    return int(number) if number == int(number) else f"{number:.2f}"
