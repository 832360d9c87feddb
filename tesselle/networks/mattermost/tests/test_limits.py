"""What a post holds, and what the server's administrator may say of it."""

import pytest

from tesselle.connectors.protocols import Account
from tesselle.domain.text import count
from tesselle.networks.mattermost.limits import POST_RUNES, limits_for


def account(**facts) -> Account:
    return Account("channel", "1", "~annonces", "https://chat.example", facts)


@pytest.mark.parametrize(
    ("text", "length"), [("abc", 3), ("e\u0301", 2), ("😀", 1), ("👨‍👩‍👧‍👦", 7), ("🇨🇭", 2)]
)
def test_it_counts_runes(text, length):
    (limit,) = limits_for(account()).texts

    assert count(text, limit) == length


def test_a_server_with_an_old_database_holds_less():
    assert [limit.maximum for limit in limits_for(account()).texts] == [POST_RUNES]
    assert [limit.maximum for limit in limits_for(account(longest=4000)).texts] == [4000]
