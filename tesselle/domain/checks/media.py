"""The pictures and films: how many, which kinds, how large, and their alternative texts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tesselle.domain.checks.texts import too_long
from tesselle.domain.content import Content, Media, MediaKind
from tesselle.domain.findings import Finding, Severity
from tesselle.domain.fitting import cropped_share, limit_of
from tesselle.domain.limits import Limits, MediaLimit
from tesselle.domain.messages import N_, Message

NOT_TAKEN: dict[MediaKind, str] = {
    "image": N_("This network takes no pictures."),
    "video": N_("This network takes no films."),
    "document": N_("This network takes no documents."),
}
TOO_MANY: dict[MediaKind, str] = {
    "image": N_("There are %(counted)s pictures; %(limit)s can go out in one post."),
    "video": N_("There are %(counted)s films; %(limit)s can go out in one post."),
    "document": N_("There are %(counted)s documents; %(limit)s can go out in one post."),
}


def media_findings(content: Content, limits: Limits) -> Iterator[Finding]:
    """All about media. They go with the first part."""
    yield from _numbers(content, limits)
    for index, media in enumerate(content.media):
        limit = limit_of(media, limits)
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
        if kind == "document" and numbers[kind] and not maximum and limits.max_images:
            yield _pages_instead()
        elif numbers[kind] > maximum:
            yield Finding(
                f"too_many_{kind}s" if maximum else f"{kind}_not_allowed",
                Message(TOO_MANY[kind], {"counted": numbers[kind], "limit": maximum})
                if maximum
                else Message(NOT_TAKEN[kind]),
                Message(N_("Remove %(over)s of them."), {"over": numbers[kind] - maximum}),
                "media",
                repair="remove_media",
            )
    over = len(content.media) - limits.max_media
    if limits.max_media and over > 0 and numbers["image"] and numbers["video"]:
        yield Finding(
            "too_many_media",
            Message(
                N_("There are %(counted)s pictures and films; %(limit)s can go out in one post."),
                {"counted": len(content.media), "limit": limits.max_media},
            ),
            Message(N_("Remove %(over)s of them."), {"over": over}),
            "media",
            repair="remove_media",
        )
    if numbers["document"] and (numbers["image"] or numbers["video"]):
        yield Finding(
            "media_mix_not_allowed",
            Message(N_("A document goes out alone: pictures and films cannot be beside it.")),
            Message(N_("Keep the document or the rest, not both.")),
            "media",
            repair="remove_media",
        )
    elif numbers["image"] and numbers["video"] and not limits.mixes_media:
        yield Finding(
            "media_mix_not_allowed",
            Message(N_("Pictures and films cannot go out in one post here.")),
            Message(N_("Keep the pictures or the film, not both.")),
            "media",
            repair="remove_media",
        )


def _pages_instead() -> Finding:
    return Finding(
        "document_not_allowed",
        Message(NOT_TAKEN["document"]),
        Message(N_("Show its pages as pictures here, or take it out.")),
        "media",
        repair="pages_as_pictures",
    )


@dataclass(frozen=True, slots=True)
class _Rule:
    """One measure of a file against one number; `code` is completed with the kind of file."""

    code: str
    sentence: str
    cure: str
    measured: Callable[[Media], float]
    bound: Callable[[MediaLimit], float]


OTHER = N_("It is made smaller by itself as far as that goes. Use another file, or crop it.")

_RULES = (
    _Rule(
        "too_big",
        N_("The file has %(counted)s bytes; %(limit)s are allowed."),
        OTHER,
        lambda media: media.size_bytes,
        lambda limit: limit.max_bytes,
    ),
    _Rule(
        "too_wide",
        N_("It is %(counted)s pixels wide; %(limit)s are allowed."),
        OTHER,
        lambda media: media.width_px,
        lambda limit: limit.max_width_px,
    ),
    _Rule(
        "too_high",
        N_("It is %(counted)s pixels high; %(limit)s are allowed."),
        OTHER,
        lambda media: media.height_px,
        lambda limit: limit.max_height_px,
    ),
    _Rule(
        "too_many_pixels",
        N_("It has %(counted)s pixels; %(limit)s are allowed."),
        OTHER,
        lambda media: media.width_px * media.height_px,
        lambda limit: limit.max_pixels,
    ),
    _Rule(
        "sides_too_long",
        N_("Width and height add up to %(counted)s pixels; %(limit)s are allowed."),
        OTHER,
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
        "too_wide_for_its_height",
        N_("It is %(counted)s times as wide as high; %(limit)s times is allowed."),
        N_("Crop it, so that it is less wide."),
        lambda media: media.width_px / media.height_px if media.height_px else 0.0,
        lambda limit: limit.max_aspect,
    ),
    _Rule(
        "too_fast",
        N_("It has %(counted)s pictures a second; %(limit)s are allowed."),
        OTHER,
        lambda media: media.fps,
        lambda limit: limit.max_fps,
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


_AT_LEAST = (
    _Rule(
        "too_small",
        N_("It is %(counted)s pixels wide; at least %(limit)s are needed."),
        N_("Use a larger picture; enlarging it further would only blur it."),
        lambda media: media.width_px,
        lambda limit: limit.min_width_px,
    ),
    _Rule(
        "too_low",
        N_("It is %(counted)s pixels high; at least %(limit)s are needed."),
        N_("Use a larger picture; enlarging it further would only blur it."),
        lambda media: media.height_px,
        lambda limit: limit.min_height_px,
    ),
    _Rule(
        "too_high_for_its_width",
        N_("It is %(counted)s times as wide as high; at least %(limit)s times is needed."),
        N_("Crop it, so that it is less high."),
        lambda media: media.width_px / media.height_px if media.height_px else 0.0,
        lambda limit: limit.min_aspect,
    ),
    _Rule(
        "too_short",
        N_("It lasts %(counted)s seconds; at least %(limit)s are needed."),
        N_("Use a longer film."),
        lambda media: media.seconds,
        lambda limit: limit.min_seconds,
    ),
)
_HAIR = 1e-9


def _file(media: Media, limit: MediaLimit, place: str) -> Iterator[Finding]:
    if limit.mimes and media.mime.lower() not in limit.mimes:
        yield Finding(
            f"{media.kind}_type_not_allowed",
            Message(
                N_("Files of type %(type)s are not taken here; %(allowed)s are."),
                {"type": media.mime, "allowed": ", ".join(limit.mimes)},
            ),
            Message(N_("Use a file of a type that is taken.")),
            place,
        )
    if limit.codecs and media.codec and media.codec not in limit.codecs:
        yield Finding(
            f"{media.kind}_codec_not_allowed",
            Message(
                N_("Films coded as %(codec)s are not taken here; %(allowed)s are."),
                {"codec": media.codec, "allowed": ", ".join(limit.codecs)},
            ),
            Message(N_("Use a film that is coded otherwise.")),
            place,
        )
    for rule in _RULES:
        maximum = rule.bound(limit)
        if maximum and rule.measured(media) > maximum + _HAIR:
            yield _broken(rule, media, maximum, place)
    for rule in _AT_LEAST:
        minimum = rule.bound(limit)
        measured = rule.measured(media)
        if minimum and 0 < measured < minimum - _HAIR:
            yield _broken(rule, media, minimum, place)


def _broken(rule: _Rule, media: Media, bound: float, place: str) -> Finding:
    params = {"counted": _shown(rule.measured(media)), "limit": _shown(bound)}
    return Finding(
        f"{media.kind}_{rule.code}", Message(rule.sentence, params), Message(rule.cure, params), place
    )


def crop_findings(content: Content, limits: Limits) -> Iterator[Finding]:
    """Where a network's ratio cuts away more than a sliver: it goes out, but one should have a look."""
    limits = limits.of(content.format)
    for index, media in enumerate(content.media):
        limit = limit_of(media, limits)
        share = cropped_share(media, limit) if limit is not None else 0.0
        if share > _SLIVER:
            yield Finding(
                f"{media.kind}_will_be_cropped",
                Message(
                    N_("This network’s format cuts away %(share)s%% of it."),
                    {"share": max(1, round(100 * share))},
                ),
                Message(N_("Set its focal point in the media: what lies around it stays.")),
                f"media.{index}",
                Severity.WARNING,
            )


_SLIVER = 0.02


def _alt(media: Media, limits: Limits, place: str) -> Iterator[Finding]:
    if limits.alt is None or media.kind == "document":  # no network takes one for it: its pages are read
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
