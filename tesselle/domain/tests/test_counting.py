import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import grapheme
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from mastodon import Mastodon

from tesselle.domain.limits import Unit
from tesselle.domain.tests.limits import TEXTS, at_most
from tesselle.domain.text import count, graphemes

CASES = json.loads((Path(__file__).parent / "cases" / "counting.json").read_text(encoding="utf-8"))
AS_MASTODON = at_most(500, url_weight=23, local_mentions=True)
# No flags: the grapheme counter below that library takes a flag after a line end for two.
# Where the servers' rule and the client library's are the same: no signs that only one of them takes.
COMMON = (
    "Bonjour", "été", " ", " ", "\n", "👨‍👩‍👧‍👦", "👍🏽", ", ", ". ", "(", ")", "!", "?", "#", "/", "x", "9",
    ":", "https://example.com", "http://a.b", "https://sub.example.org:8080", "/page", "/a_(b)", "?x=1&y=2",
    "#z", "@alice@example.social", "@bob", "@a_1@b2.example.org", "https://example.com/@a@b.com",
)  # fmt: skip

FLAG_LETTERS = {chr(sign) for sign in range(0x1F1E6, 0x1F200)}
# The server takes dots in remote names and every script in paths; its client library does not.
WIDER_ON_THE_SERVER = ("@al.ice", "рф/а", "/é/見")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['name']}, {case['unit']}")
def test_it_counts_the_shared_cases(case: dict[str, Any]) -> None:
    limit = at_most(
        500,
        Unit(case["unit"]),
        url_weight=case["url_weight"],
        local_mentions=case["local_mentions"],
        doubled=case.get("doubled", ""),
    )

    assert count(case["text"], limit) == case["expected"]


@pytest.mark.parametrize(
    "text",
    [case["text"] for case in CASES if case["url_weight"] == 23 and case["unit"] == "graphemes"],
)
def test_mastodons_own_client_library_never_counts_more(text: str) -> None:
    assert count(text, AS_MASTODON) >= Mastodon.get_status_length(text) or any(
        word in text for word in WIDER_ON_THE_SERVER
    )


@given(st.lists(st.sampled_from(COMMON), max_size=12).map("".join))
def test_mastodons_own_client_library_counts_the_same(text: str) -> None:
    # Where an address runs into other letters, the library ends it earlier than the server does.
    assume(not re.search(r"https?://[!-~]*[^\x00-\x7f\s]", text))

    assert count(text, AS_MASTODON) == Mastodon.get_status_length(text)


@given(st.text(max_size=60))
def test_graphemes_are_those_of_a_second_implementation(text: str) -> None:
    # Unassigned code points depend on the Unicode version of each library.
    assume(not any(unicodedata.category(sign) == "Cn" or sign in FLAG_LETTERS for sign in text))

    assert graphemes(text) == list(grapheme.graphemes(text))


@given(TEXTS, TEXTS, st.sampled_from([unit for unit in Unit if unit is not Unit.WEIGHTED]))
def test_two_texts_joined_never_count_more_than_apart(one: str, two: str, unit: Unit) -> None:
    limit = at_most(500, unit)

    apart = count(one, limit) + count(two, limit)

    assert count(one + two, limit) <= apart
    assert unit is Unit.GRAPHEMES or count(one + two, limit) == apart


@given(st.text(max_size=80))
def test_the_units_keep_their_order(text: str) -> None:
    used = {unit: count(text, at_most(500, unit)) for unit in Unit}

    assert used[Unit.GRAPHEMES] <= used[Unit.CODE_POINTS] <= used[Unit.UTF16] <= used[Unit.BYTES]
    assert used[Unit.CODE_POINTS] <= used[Unit.EMOJI_BYTES] <= used[Unit.BYTES]


def test_half_a_surrogate_pair_is_counted_not_feared() -> None:
    assert [count("a\ud83d", at_most(9, unit)) for unit in Unit] == [2, 2, 2, 4, 2, 3]
