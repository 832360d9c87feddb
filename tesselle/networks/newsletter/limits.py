"""What a mail may hold. SMTP sets hardly a bound; these are ours, from what mail programs show."""

from datetime import date

from tesselle.connectors.protocols import Account
from tesselle.domain.limits import Limits, Source, TextLimit, Unit

_SUBJECT = Source(
    "ours: mail programs show some 40 to 70 signs of a subject; RFC 5322, 2.1.1, allows a line of 998",
    date(2026, 11, 25),
    confirmed=False,
)
_TEXT = Source(
    "ours: below the 102 kB of HTML from which on Gmail cuts a mail (told by senders, not by Google)",
    date(2026, 11, 25),
    confirmed=False,
)

SUBJECT_SIGNS = 150
TEXT_SIGNS = 20_000

LIMITS = Limits(
    texts=(TextLimit(TEXT_SIGNS, Unit.CODE_POINTS, _TEXT, with_link=True),),
    title=TextLimit(SUBJECT_SIGNS, Unit.CODE_POINTS, _SUBJECT),
    needs=("text",),
)


def limits_for(account: Account) -> Limits:
    """The same for every list."""
    return LIMITS
