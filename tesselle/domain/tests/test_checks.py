from dataclasses import dataclass, replace

import pytest

from tesselle.domain.checks import Counted, check, counted, is_plannable
from tesselle.domain.content import Content, Media
from tesselle.domain.findings import Finding, Severity
from tesselle.domain.limits import Limits, MediaLimit, Unit
from tesselle.domain.tests.limits import SOURCE, at_most

PICTURE = Media("image", "image/jpeg", 500, 100, 100, alt="Un sol de carreaux")
FILM = Media(
    "video", "video/mp4", 500, 100, 100, seconds=10, alt="La pose d'un carreau", fps=30, codec="h264"
)
LIMITS = Limits(
    texts=(at_most(20), at_most(60, Unit.BYTES)),
    caption=at_most(10),
    title=at_most(8),
    alt=at_most(30),
    image=MediaLimit(
        ("image/jpeg", "image/png"),
        SOURCE,
        max_bytes=1000,
        max_width_px=400,
        max_height_px=300,
        max_pixels=90_000,
        max_side_sum_px=600,
        max_ratio=3.0,
    ),
    video=MediaLimit(
        ("video/mp4",),
        SOURCE,
        max_bytes=1000,
        min_seconds=2,
        max_seconds=60.5,
        max_fps=60,
        codecs=("h264",),
        min_width_px=80,
        min_height_px=70,
        min_aspect=0.8,
        max_aspect=2,
    ),
    max_images=2,
    max_videos=1,
    max_parts=3,
)
POST = Content(text="Bonjour")


def codes(content: Content, limits: Limits = LIMITS) -> set[tuple[str, str]]:
    return {(finding.code, finding.place) for finding in check(content, limits)}


def one(content: Content, limits: Limits = LIMITS) -> Finding:
    (finding,) = check(content, limits)
    return finding


def test_a_post_within_all_limits_is_left_in_peace() -> None:
    content = Content("Bonjour", "Titre", ("La suite",), "https://example.com/a?b=c", (PICTURE,))

    assert check(content, LIMITS) == ()
    assert is_plannable(check(content, LIMITS))


def test_a_format_without_room_for_words_says_so() -> None:
    limits = Limits(texts=(at_most(0),), image=LIMITS.image, max_images=1, needs=("media",))

    assert codes(Content("Bonjour", media=(PICTURE,)), limits) == {("text_not_allowed", "text")}
    assert codes(Content(media=(PICTURE,)), limits) == set()


def test_a_text_too_long_says_how_much_and_offers_a_thread() -> None:
    finding = one(Content("é" * 23))

    assert (finding.code, finding.place, finding.repair) == ("text_too_long", "text", "split_thread")
    assert str(finding.message) == "The text has 23 characters; 20 are allowed."
    assert str(finding.cure) == "Split it into a thread, or take away 3."
    assert not is_plannable((finding,))


def test_where_there_are_no_threads_shortening_is_offered() -> None:
    assert one(Content("é" * 23), replace(LIMITS, max_parts=1)).repair == "shorten"


def test_every_limit_on_the_text_is_held() -> None:
    assert one(Content("👨‍👩‍👧‍👦" * 3)).message.params["limit"] == 60


def test_every_part_of_a_thread_is_held_to_the_limit() -> None:
    content = Content("Bonjour", parts=("a" * 21, " "))

    assert codes(content) == {("text_too_long", "parts.0"), ("part_empty", "parts.1")}


def test_media_put_the_first_part_under_the_caption_limit_only() -> None:
    content = Content("a" * 15, parts=("b" * 15,), media=(PICTURE,))

    assert codes(content) == {("caption_too_long", "text")}
    assert one(content).repair == "shorten"
    assert codes(replace(content, media=())) == set()


@pytest.mark.parametrize(
    ("content", "needs", "found"),
    [
        (Content(), ("text", "media"), {("text_empty", "text")}),
        (Content(" \n"), ("text", "media"), {("text_empty", "text")}),
        (Content(media=(PICTURE,)), ("text", "media"), set()),
        (Content(media=(PICTURE,)), ("text",), {("text_empty", "text")}),
        (Content("Bonjour"), ("media",), {("media_missing", "media")}),
        (Content("Bonjour"), ("video",), {("video_missing", "media")}),
        (Content("Bonjour"), ("title",), {("title_missing", "title")}),
        (Content(), (), set()),
    ],
)
def test_something_the_network_needs_must_be_there(
    content: Content, needs: tuple[str, ...], found: set[tuple[str, str]]
) -> None:
    assert codes(content, replace(LIMITS, needs=needs)) == found


@pytest.mark.parametrize(
    ("content", "limits", "found"),
    [
        (Content("Bon"), replace(LIMITS, texts=(at_most(20, minimum=5),)), ("text_too_short", "text")),
        (replace(POST, title="a" * 9), LIMITS, ("title_too_long", "title")),
        (POST, replace(LIMITS, title=at_most(8, minimum=3)), ("title_missing", "title")),
        (
            replace(POST, title="ab"),
            replace(LIMITS, title=at_most(8, minimum=3)),
            ("title_too_short", "title"),
        ),
        (replace(POST, parts=("a", "b", "c")), LIMITS, ("too_many_parts", "parts")),
        (
            replace(POST, link="https://example.com"),
            replace(LIMITS, allows_link=False),
            ("link_not_allowed", "link"),
        ),
        (replace(POST, media=(PICTURE,) * 3), LIMITS, ("too_many_images", "media")),
        (replace(POST, media=(FILM,) * 2), LIMITS, ("too_many_videos", "media")),
        (replace(POST, media=(PICTURE,)), replace(LIMITS, max_images=0), ("image_not_allowed", "media")),
        (replace(POST, media=(FILM,)), replace(LIMITS, max_videos=0), ("video_not_allowed", "media")),
        (replace(POST, media=(PICTURE, FILM)), LIMITS, ("media_mix_not_allowed", "media")),
    ],
)
def test_each_rule_is_found_by_its_code(content: Content, limits: Limits, found: tuple[str, str]) -> None:
    assert codes(content, limits) == {found}


@pytest.mark.parametrize(
    ("media", "code", "repair"),
    [
        (replace(PICTURE, mime="image/tiff"), "image_type_not_allowed", ""),
        (replace(PICTURE, size_bytes=1001), "image_too_big", ""),
        (replace(PICTURE, width_px=401, height_px=150), "image_too_wide", ""),
        (replace(PICTURE, height_px=301), "image_too_narrow image_too_high", ""),
        (replace(PICTURE, width_px=301, height_px=300), "image_too_many_pixels image_sides_too_long", ""),
        (replace(PICTURE, width_px=301, height_px=100), "image_too_narrow", ""),
        (replace(FILM, size_bytes=1001), "video_too_big", ""),
        (replace(FILM, seconds=60.6), "video_too_long", ""),
        (replace(FILM, seconds=1.5), "video_too_short", ""),
        (replace(FILM, fps=61), "video_too_fast", ""),
        (replace(FILM, codec="hevc"), "video_codec_not_allowed", ""),
        (replace(FILM, width_px=70, height_px=72), "video_too_small", ""),
        (replace(FILM, width_px=90, height_px=60), "video_too_low", ""),
        (replace(FILM, width_px=230), "video_too_wide_for_its_height", ""),
        (replace(FILM, height_px=140), "video_too_high_for_its_width", ""),
        (replace(PICTURE, alt="a" * 31), "alt_too_long", "shorten"),
    ],
)
def test_each_measure_of_a_file_is_held(media: Media, code: str, repair: str) -> None:
    found = check(replace(POST, media=(media,)), LIMITS)

    assert {finding.code for finding in found} == set(code.split())
    assert all(finding.place.startswith("media.0") for finding in found)
    assert len(found) > 1 or found[0].repair == repair


def test_what_lies_on_the_limit_passes() -> None:
    on_the_limit = replace(PICTURE, size_bytes=1000, width_px=300, height_px=300)

    assert check(Content("a" * 10, media=(on_the_limit,)), LIMITS) == ()


def test_a_missing_alternative_text_is_advice_and_stops_nobody() -> None:
    content = replace(POST, media=(PICTURE, replace(PICTURE, alt=" ")))

    finding = one(content)

    assert (finding.code, finding.place, finding.repair) == ("alt_missing", "media.1.alt", "add_alt")
    assert finding.severity is Severity.ADVICE
    assert is_plannable((finding,))
    assert check(content, replace(LIMITS, alt=None)) == ()


@pytest.mark.parametrize(
    "link",
    [
        "example.com",
        "ftp://example.com",
        "http://",
        "https://exa mple.com",
        "javascript:alert(1)",
        "https://localhost",
        "https://example.com:99999/",
        "https://[::1",
        'https://example.com/"',
    ],
)
def test_a_link_that_is_no_web_address_is_refused(link: str) -> None:
    assert codes(replace(POST, link=link)) == {("link_malformed", "link")}


@pytest.mark.parametrize(
    "link", ["http://example.com", "https://carreaux.example:8443/é?a=b#c", "https://xn--mosaque-9za.example"]
)
def test_a_web_address_is_taken(link: str) -> None:
    assert check(replace(POST, link=link), LIMITS) == ()


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1f", "\ud83d", "\udc00"])
@pytest.mark.parametrize("place", ["text", "title", "parts.0", "media.0.alt"])
def test_signs_that_cannot_be_kept_are_named_with_their_place(sign: str, place: str) -> None:
    content = Content("Bon", "Titre", ("Suite",), media=(PICTURE,))
    bad = {
        "text": replace(content, text=f"Bo{sign}n"),
        "title": replace(content, title=f"Ti{sign}t"),
        "parts.0": replace(content, parts=(f"Su{sign}i",)),
        "media.0.alt": replace(content, media=(replace(PICTURE, alt=f"Un{sign}"),)),
    }[place]

    finding = one(bad)

    assert (finding.code, finding.place, finding.severity) == ("control_character", place, Severity.ERROR)
    assert finding.message.params == {"sign": f"U+{ord(sign):04X}", "offset": 3}


def test_line_ends_and_tabs_are_for_writers() -> None:
    assert check(Content("a\r\n\tb\nc"), LIMITS) == ()


def test_errors_come_before_advice() -> None:
    content = Content("a" * 11, media=(replace(PICTURE, alt=""),), link="non")

    severities = [finding.severity for finding in check(content, LIMITS)]

    assert severities == [Severity.ERROR, Severity.ERROR, Severity.ADVICE]


@dataclass(frozen=True)
class AChoice:
    value: str


@dataclass(frozen=True)
class AnOption:
    name: str = "visibility"
    kind: str = "choice"
    choices: tuple[AChoice, ...] = (AChoice("public"), AChoice("unlisted"))
    maximum: int = 0
    required: bool = False


@pytest.mark.parametrize(
    ("value", "option", "found"),
    [
        ("public", AnOption(), []),
        ("", AnOption(), []),
        ("secret", AnOption(), ["option_unknown"]),
        ("abc", AnOption(kind="text", choices=(), maximum=3), []),
        ("abcd", AnOption(kind="text", choices=(), maximum=3), ["option_too_long"]),
    ],
)
def test_options_must_be_ones_the_network_declares(value: str, option: AnOption, found: list[str]) -> None:
    content = replace(POST, options={"visibility": value})

    assert [finding.code for finding in check(content, LIMITS, options=(option,))] == found


def test_the_counter_shows_the_strictest_limit_of_each_part() -> None:
    content = Content("Bonjour", parts=("👨‍👩‍👧‍👦" * 2, "été"))

    assert counted(content, LIMITS) == (
        Counted("text", Unit.GRAPHEMES, 7, 20, 13),
        Counted("parts.0", Unit.BYTES, 50, 60, 10),
        Counted("parts.1", Unit.GRAPHEMES, 3, 20, 17),
    )


def test_the_counter_goes_below_zero_and_knows_captions() -> None:
    (entry,) = counted(Content("a" * 12, media=(PICTURE,)), LIMITS)

    assert (entry.limit, entry.left) == (10, -2)


def test_every_sentence_can_be_said_with_its_parameters() -> None:
    content = Content(
        "é" * 99, "t" * 9, ("", "\x00", "c", "d"), "non", (replace(PICTURE, mime="x", alt=""),) * 3
    )

    for finding in check(content, replace(LIMITS, caption=None)):
        assert "%(" not in f"{finding.message} {finding.cure}"


def test_a_content_warning_takes_its_room_from_every_part():
    limit = replace(at_most(10), with_option="content_warning", url_weight=3)
    limits = Limits((limit,), max_parts=2)
    content = Content(text="Tiles", parts=("Grout",), options={"content_warning": "1234"})

    assert [entry.left for entry in counted(content, limits)] == [1, 1]
    assert is_plannable(check(content, limits))
    longer = replace(content, options={"content_warning": "123456"})
    assert [finding.code for finding in check(longer, limits)] == ["text_too_long", "text_too_long"]
