"""The error table. Only 2xx is a yes; a status below 500 is the receiver's own no, but for those that
a machine on the way may give and those that say nothing of what was done."""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from tesselle.connectors.http.exchange import Response
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Blocked, BlockReason, Doubtful, Duplicate, Later, Refused, Verdict

_GONE = N_("The receiver says that this address is closed for good (410). Connect its new address.")
_NOT_THERE = N_("Nothing takes events at this address (%(status)s). Check the address and connect it again.")
_MOVED = N_(
    "The receiver points to another address (%(status)s), which is not followed. Connect the final one."
)
_SIGNATURE = N_("The receiver does not accept the signature (%(status)s). Compare the secret on both sides.")
_SLOW = N_("The receiver asks to slow down.")
_TWICE = N_("The receiver says that it has this event already.")
_LARGE = N_("The event is too large for the receiver.")
_NO = N_("The receiver refuses this event (%(status)s). Whoever looks after it can tell why.")


def judge(response: Response, now: datetime) -> Verdict:
    status = response.status
    told = {"status": status}
    match status:
        case 410:
            return Blocked(BlockReason.SIGN_IN, Message(_GONE))
        case 404 | 405:
            return Blocked(BlockReason.SIGN_IN, Message(_NOT_THERE, told))
        case 401 | 403:
            return Blocked(BlockReason.SIGN_IN, Message(_SIGNATURE, told))
        case 429:
            return Later(Message(_SLOW), _retry_after(response, now))
        case 409:
            return Duplicate(Message(_TWICE))
        case 413:
            return Refused("too_large", Message(_LARGE))
        case 400 | 415 | 422:
            return Refused("refused", Message(_NO, told))
    if 300 <= status < 400:
        return Blocked(BlockReason.ROLE, Message(_MOVED, told))
    return Doubtful(f"unlisted answer {status}")


def _retry_after(response: Response, now: datetime) -> datetime | None:
    value = response.headers.get("retry-after", "")
    if value.isdigit():
        return now + timedelta(seconds=int(value))
    try:
        until = parsedate_to_datetime(value) if value else None
    except ValueError:
        return None
    return until if until is not None and until.tzinfo is not None else None
