"""What an event may hold. The specification sets one bound, and only advises it."""

from datetime import date

from tesselle.connectors.protocols import Account
from tesselle.domain.limits import Limits, Source, TextLimit, Unit

_SPEC = Source(
    "https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md: payloads "
    "below 20 kB; the text's share of that is ours, with room for JSON to write a sign as two",
    date(2026, 8, 17),
    confirmed=False,
)

BODY_BYTES = 20_000
TEXT_BYTES = 8_000
TITLE_BYTES = 500

LIMITS = Limits(
    texts=(TextLimit(TEXT_BYTES, Unit.BYTES, _SPEC),),
    title=TextLimit(TITLE_BYTES, Unit.BYTES, _SPEC),
    needs=("text",),
)


def limits_for(account: Account) -> Limits:
    """The same for every receiver."""
    return LIMITS
