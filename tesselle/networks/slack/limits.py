"""What a message through an incoming webhook may hold."""

from datetime import date

from tesselle.connectors.protocols import Account
from tesselle.domain.limits import Limits, Source, TextLimit, Unit

READ_ON = date(2026, 8, 23)

ONE_MESSAGE = 4_000
CUT_AT = 40_000
"""Slack itself cuts what is longer; with `ONE_MESSAGE` kept, nothing ever is."""

# Slack does not say what it counts: UTF-16 units are the safe reading. The signs & < > go out as
# `&amp;` and the like, five for one at worst, which still is far from where Slack cuts.
TEXT = TextLimit(
    ONE_MESSAGE,
    Unit.UTF16,
    Source(
        "https://docs.slack.dev/changelog/2018-truncating-really-long-messages: about 4,000 a message; "
        "longer text becomes several messages and is cut at 40,000",
        READ_ON,
        confirmed=False,
    ),
)

LIMITS = Limits(texts=(TEXT,), needs=("text",))


def limits_for(account: Account) -> Limits:
    """The same for every channel."""
    return LIMITS
