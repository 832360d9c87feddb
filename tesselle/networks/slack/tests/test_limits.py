"""One message stays one message."""

import pytest

from tesselle.domain.text import count
from tesselle.networks.slack.connector import escaped
from tesselle.networks.slack.limits import CUT_AT, ONE_MESSAGE, TEXT
from tesselle.networks.slack.sandbox import pieces, shown


@pytest.mark.parametrize(
    ("text", "length"), [("abc", 3), ("é", 1), ("e\u0301", 2), ("😀", 2), ("👨‍👩‍👧‍👦", 11), ("a&b", 3)]
)
def test_the_sandbox_counts_by_itself_as_the_check_does(text, length):
    assert count(text, TEXT) == length
    assert len(pieces(text * (ONE_MESSAGE // length))) == 1
    assert len(pieces(text * (ONE_MESSAGE // length) + "a" * length)) == 2


def test_the_longest_text_is_never_cut_however_it_is_escaped():
    assert len(escaped("&" * ONE_MESSAGE)) < CUT_AT


@pytest.mark.parametrize("text", ["a & b", "<!channel>", "&amp;", "1 < 2 > 0", "&lt;"])
def test_what_is_escaped_is_shown_as_it_was_typed(text):
    assert shown(escaped(text)) == text
