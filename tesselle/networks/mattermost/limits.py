"""What a message may hold. The server decides, and tells only those who have signed in."""

from dataclasses import replace
from datetime import date

from tesselle.connectors.protocols import Account
from tesselle.domain.limits import Limits, Source, TextLimit, Unit

POST_RUNES = 16_383

# Longer text is no refusal there: it becomes several posts.
TEXT = TextLimit(
    POST_RUNES,
    Unit.CODE_POINTS,
    Source(
        "https://github.com/mattermost/mattermost server/public/model/post.go: PostMessageMaxRunesV2; "
        "4,000 where the database column is of the first version",
        date(2026, 8, 21),
    ),
)

LIMITS = Limits(texts=(TEXT,), needs=("text",))


def text_limit(account: Account) -> TextLimit:
    """The server's own, where connecting was told of one."""
    longest = account.facts.get("longest")
    return replace(TEXT, maximum=longest) if isinstance(longest, int) else TEXT


def limits_for(account: Account) -> Limits:
    return replace(LIMITS, texts=(text_limit(account),))
