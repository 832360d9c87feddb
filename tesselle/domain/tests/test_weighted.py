"""X's way of counting. What the cases expect, npm `twitter-text` 3.1.0 says too (2026-11-25)."""

import json
import re
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tesselle.domain.limits import Unit
from tesselle.domain.tests.limits import TEXTS, at_most
from tesselle.domain.text import count, shorten, split_into_thread
from tesselle.domain.text.entities import find_links
from tesselle.domain.text.weighted import addresses

CASES = json.loads((Path(__file__).parent / "cases" / "weighted.json").read_text(encoding="utf-8"))
WEIGHTED = at_most(280, Unit.WEIGHTED, url_weight=23)
WORDS = st.sampled_from(("Bonjour", "été", "故人", "€", "👍🏽", "🇨🇭", "1️⃣", "—", "…", "мир", "שלום", "x9"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_it_counts_the_shared_cases(case: dict[str, Any]) -> None:
    assert count(case["text"], at_most(280, Unit.WEIGHTED, url_weight=case["url_weight"])) == case["expected"]


@given(st.lists(WORDS, max_size=40))
def test_words_apart_weigh_what_they_weigh_together(words: list[str]) -> None:
    together = count(" ".join(words), WEIGHTED)

    assert together == sum(count(word, WEIGHTED) for word in words) + max(len(words) - 1, 0)


@given(st.text(max_size=80))
def test_composing_the_accents_changes_nothing(text: str) -> None:
    assert count(unicodedata.normalize("NFD", text), WEIGHTED) == count(text, WEIGHTED)


@given(st.text(max_size=80))
def test_without_addresses_it_lies_between_one_and_two_a_code_point(text: str) -> None:
    used = count(text.replace(".", ""), WEIGHTED)

    assert used <= 2 * len(unicodedata.normalize("NFC", text))


@given(st.lists(WORDS, max_size=10).map(" ".join), st.text("abcdefghijklmnop/-_0123456789", max_size=300))
def test_an_address_weighs_the_same_however_long_it_is(words: str, path: str) -> None:
    assert count(f"{words} https://example.com/{path}", WEIGHTED) == count(words, WEIGHTED) + 24


@given(TEXTS)
def test_addresses_stand_in_order_and_apart(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    spans = list(addresses(composed))

    assert all(start < end <= len(composed) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@given(TEXTS, st.integers(60, 280))
@example("Bonjour.com?" + "Bonjour" * 7, 60)  # the network links the host alone, a reader presses the whole
def test_a_thread_fits_part_by_part(text: str, maximum: int) -> None:
    limit = at_most(maximum, Unit.WEIGHTED, url_weight=23)

    too_long = [
        part for part in split_into_thread(text, limit, numbering=True) if count(part, limit) > maximum
    ]

    assert all(_is_one_address(part) for part in too_long)
    assert count(shorten(text, limit), limit) <= maximum


def _is_one_address(part: str) -> bool:
    """Alone longer than the limit it stays whole: half an address leads nowhere."""
    written = re.sub(r" \(\d+/\d+\)$", "", part)
    return any((link.start, link.end) == (0, len(written)) for link in find_links(written))


def test_half_a_surrogate_pair_is_counted_not_feared() -> None:
    assert count("a\ud83d", WEIGHTED) == 3
