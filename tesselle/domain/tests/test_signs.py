"""Signs that a network refuses, and share symbols that it takes only so often."""

from dataclasses import replace

import pytest

from tesselle.domain.checks import check
from tesselle.domain.content import Content
from tesselle.domain.limits import Limits
from tesselle.domain.tests.limits import at_most
from tesselle.domain.text.entities import find_cashtags

PLAIN = Limits(texts=(at_most(100),), title=at_most(50), max_parts=2)
CAREFUL = replace(PLAIN, refused_signs="<>\ufeff", max_cashtags=1, max_hashtags=2, max_links=2)


def codes(content: Content, limits: Limits) -> list[str]:
    return [finding.code for finding in check(content, limits)]


def test_a_refused_sign_is_named_where_it_stands() -> None:
    found = check(Content(title="Tiles", text="a < b"), CAREFUL)

    assert [(one.code, one.place) for one in found] == [("sign_not_taken", "text")]
    assert "<" in str(found[0].message)


def test_a_refused_sign_that_nobody_sees_is_named_by_its_number() -> None:
    (found,) = check(Content(title="Tiles", text="a\ufeffb"), CAREFUL)

    assert found.code == "control_character"
    assert "U+FEFF, place 2" in str(found.message)


def test_elsewhere_the_same_signs_pass() -> None:
    assert codes(Content(title="a < b", text="\ufeff $ABC $DEF"), PLAIN) == []


def test_hashtags_are_counted_in_each_part_and_a_number_is_none() -> None:
    assert codes(Content(title="x", text="#un, #deux! #3", parts=("#trois",)), CAREFUL) == []
    (found,) = check(Content(title="x", text="#un #deux #trois"), CAREFUL)

    assert found.code == "too_many_hashtags"
    assert found.message.params == {"counted": 3, "limit": 2} and found.cure.params == {"over": 1}


def test_one_share_symbol_passes_and_a_second_in_the_same_part_does_not() -> None:
    assert codes(Content(title="x", text="$ABC", parts=("$DEF",)), CAREFUL) == []
    assert codes(Content(title="x", text="One", parts=("$ABC, $DEF",)), CAREFUL) == ["too_many_cashtags"]


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("$ABC", ["ABC"]),
        ("Buy $abc, $BRK.A!", ["abc", "BRK.A"]),
        ("it costs $5, US$ABC or $ABCDEFG", []),
        ("$ABCé", []),
        ("$", []),
    ],
)
def test_what_is_a_share_symbol(text: str, symbols: list[str]) -> None:
    assert [span.value for span in find_cashtags(text)] == symbols


def test_different_links_are_counted_each_once_with_the_post_s_own() -> None:
    twice = "https://a.example.com https://a.example.com b.org"

    assert codes(Content(title="x", text=twice), CAREFUL) == []
    assert codes(Content(title="x", text=twice, link="https://b.org"), CAREFUL) == []
    assert codes(Content(title="x", text=twice, link="https://c.org"), CAREFUL) == ["too_many_links"]
    assert codes(Content(title="x", text=twice, parts=("https://c.org",)), CAREFUL) == []
