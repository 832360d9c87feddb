from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.domain.limits import TextLimit, Unit
from tesselle.domain.tests.limits import MASTODON, PLAIN, TEXTS, at_most
from tesselle.domain.text import count, graphemes, shorten, split_into_thread
from tesselle.domain.text.entities import find_entities, find_remote_mentions, find_urls


def without_space(text: str) -> str:
    return "".join(text.split())


def is_alone_too_long(part: str) -> bool:
    """One grapheme, address or name that no cut can help."""
    glued = len(find_entities(part)) + len(list(find_remote_mentions(part)))
    return glued > 0 and not any(sign in " \n" for sign in part)


@given(TEXTS, st.one_of(MASTODON, PLAIN))
def test_every_part_of_a_thread_fits(text: str, limit: TextLimit) -> None:
    parts = split_into_thread(text, limit, numbering=False)

    assert all(count(part, limit) <= limit.maximum or is_alone_too_long(part) for part in parts)


@given(TEXTS, st.one_of(MASTODON, PLAIN))
def test_every_numbered_part_fits_and_knows_its_place(text: str, limit: TextLimit) -> None:
    parts = split_into_thread(text, limit, numbering=True)

    for place, part in enumerate(parts, start=1):
        body = part.removesuffix(f" ({place}/{len(parts)})")
        assert len(parts) == 1 or body != part
        assert count(part, limit) <= limit.maximum or is_alone_too_long(body)


@given(st.text(max_size=300), st.sampled_from(Unit))
def test_any_text_whatever_fits_and_loses_nothing(text: str, unit: Unit) -> None:
    limit = at_most(60, unit)

    parts = split_into_thread(text, limit, numbering=False)

    assert without_space("".join(parts)) == without_space(text)
    assert all(count(part, limit) <= 60 or len(graphemes(part)) == 1 for part in parts)


@given(TEXTS, st.one_of(MASTODON, PLAIN))
def test_a_thread_loses_nothing_but_white_space(text: str, limit: TextLimit) -> None:
    parts = split_into_thread(text, limit, numbering=False)

    assert without_space("".join(parts)) == without_space(text)


@given(TEXTS, MASTODON)
def test_addresses_and_mentions_stay_whole(text: str, limit: TextLimit) -> None:
    parts = split_into_thread(text, limit, numbering=False)

    for finder in (lambda words: find_urls(words, known=False), find_remote_mentions):
        for span in finder(text):
            assert any(text[span.start : span.end] in part for part in parts)


@given(TEXTS, st.integers(10, 60))
def test_graphemes_stay_whole(text: str, maximum: int) -> None:
    parts = split_into_thread(text, at_most(maximum, Unit.BYTES), numbering=False)

    clusters = graphemes(text)
    assert [c for part in parts for c in graphemes(part) if c.strip()] == [c for c in clusters if c.strip()]


@given(TEXTS, st.one_of(MASTODON, PLAIN))
def test_a_shortened_text_fits_and_is_a_beginning(text: str, limit: TextLimit) -> None:
    short = shorten(text, limit)

    assert count(short, limit) <= limit.maximum
    assert short == text or text.startswith(short.removesuffix("…"))


def test_a_text_that_fits_is_left_alone() -> None:
    assert split_into_thread("Bonjour. \n", at_most(20), numbering=True) == ("Bonjour. \n",)
    assert shorten("Bonjour. \n", at_most(20)) == "Bonjour. \n"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Un deux trois.\n\nQuatre cinq six.", ("Un deux trois.", "Quatre cinq six.")),
        ("Un deux trois. Quatre cinq six.", ("Un deux trois.", "Quatre cinq six.")),
        ("Un deux trois quatre cinq", ("Un deux trois quatre", "cinq")),
        ("Prix des carreaux\u00a0: bas", ("Prix des carreaux\u00a0:", "bas")),
        ("Prix de ces carreaux\u00a0: bas", ("Prix de ces", "carreaux\u00a0: bas")),
        ("a" * 45, ("a" * 20, "a" * 20, "a" * 5)),
    ],
)
def test_it_cuts_at_the_best_place_in_reach(text: str, parts: tuple[str, ...]) -> None:
    assert split_into_thread(text, at_most(20), numbering=False) == parts


def test_an_address_longer_than_the_limit_stays_whole() -> None:
    address = "https://example.com/" + "a" * 40

    assert split_into_thread(f"Voyez {address} vite", at_most(20), numbering=False) == (
        "Voyez",
        address,
        "vite",
    )


def test_a_long_thread_has_room_for_its_numbers() -> None:
    parts = split_into_thread("mot " * 120, at_most(24), numbering=True)

    assert len(parts) > 9
    assert parts[0].endswith(f" (1/{len(parts)})")
    assert all(len(part) <= 24 for part in parts)


def test_shortening_ends_at_a_word_without_a_dangling_comma() -> None:
    assert shorten("Des carreaux, des joints et de la colle", at_most(16)) == "Des carreaux…"
    assert shorten("Anticonstitutionnellement", at_most(8)) == "Anticon…"
    assert shorten("Voir https://example.com/une/page", at_most(20)) == "Voir…"
    assert shorten("👨‍👩‍👧‍👦", at_most(2, Unit.BYTES)) == ""


@given(st.lists(st.sampled_from(["mot", "phrase.", "\n\n", "long" * 4]), min_size=30, max_size=60))
def test_parts_are_not_needlessly_many(words: list[str]) -> None:
    limit = at_most(40)

    parts = split_into_thread(" ".join(words), limit, numbering=False)

    assert all(count(one, limit) + count(two, limit) > 20 for one, two in pairwise(parts))
