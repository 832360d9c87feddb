import pytest
from hypothesis import given

from tesselle.domain.tests.limits import TEXTS
from tesselle.domain.text.domains import known_endings
from tesselle.domain.text.entities import (
    find_entities,
    find_handles,
    find_hashtags,
    find_links,
    find_urls,
    utf8_offsets,
    utf16_offsets,
)

POST = "✨ example mentioning @atproto.com to share the URL 👨‍❤️‍👨 https://en.wikipedia.org/wiki/CBOR."


def test_facets_have_the_byte_offsets_of_the_published_vector() -> None:
    spans = find_entities(POST)

    assert [(span.kind, span.value, utf8_offsets(POST, span)) for span in spans] == [
        ("mention", "atproto.com", (23, 35)),
        ("link", "https://en.wikipedia.org/wiki/CBOR", (74, 108)),
    ]


def test_the_same_spans_in_utf16_for_those_who_count_so() -> None:
    text = "🎉 https://example.com"

    (span,) = find_entities(text)

    assert (span.start, span.end) == (2, 21)
    assert utf16_offsets(text, span) == (3, 22)


@given(TEXTS)
def test_offsets_cut_out_the_same_words_in_every_unit(text: str) -> None:
    for span in find_entities(text):
        words = text[span.start : span.end]
        start, end = utf8_offsets(text, span)
        assert text.encode()[start:end].decode() == words
        start, end = utf16_offsets(text, span)
        assert text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le") == words


@given(TEXTS)
def test_entities_never_overlap(text: str) -> None:
    spans = find_entities(text)

    assert all(one.end <= two.start for one, two in zip(spans, spans[1:], strict=False))


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#mosaïque", ["mosaïque"]),
        ("Du #carrelage, du #joint!", ["carrelage", "joint"]),
        ("n° #12", []),
        ("#12mm", ["12mm"]),
        ("#", []),
        ("rue#12a", []),
        ("＃tuile", ["tuile"]),
        ("#️⃣", []),
        ("#" + "a" * 64, ["a" * 64]),
        ("#" + "a" * 65, []),
    ],
)
def test_hashtags(text: str, tags: list[str]) -> None:
    assert [span.value for span in find_hashtags(text)] == tags


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("@carreaux.test", ["carreaux.test"]),
        ("(@carreaux.test)", ["carreaux.test"]),
        ("@carreaux.test.", ["carreaux.test"]),
        ("@carreaux", []),
        ("@carreaux.inconnuissime", []),
        ("a@carreaux.com", []),
        ("@alice@carreaux.com", []),
    ],
)
def test_handles(text: str, handles: list[str]) -> None:
    assert [span.value for span in find_handles(text)] == handles


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("example.com/a, puis", ["https://example.com/a"]),
        ("https://carreaux.example/a", ["https://carreaux.example/a"]),
        ("carreaux.example/a", []),
        ("fin.Puis", []),
        ("alice@example.com", []),
        ("https://example.com:8080/example.org", ["https://example.com:8080/example.org"]),
        ("example.com et https://example.org", ["https://example.com", "https://example.org"]),
    ],
)
def test_links(text: str, links: list[str]) -> None:
    assert [span.value for span in find_links(text)] == links


def test_an_unknown_ending_is_an_address_only_where_any_is() -> None:
    assert not list(find_urls("http://a.b"))
    assert [span.value for span in find_urls("http://a.b", known=False)] == ["http://a.b"]


def test_the_endings_come_in_both_scripts() -> None:
    endings = known_endings()

    assert {"com", "social", "рф"} <= set(endings)
    assert not any(ending.startswith("xn--") for ending in endings)
    assert "example" not in endings


def test_a_very_long_hostile_text_is_read_in_reasonable_time() -> None:
    hostile = "https://example.com/" + "(" * 3000 + "http://" + "a." * 3000 + "a-" * 3000 + "@a" * 3000

    assert len(find_entities(hostile)) >= 1
