"""What an answer means. Status and number decide; the words only where one number says too much.

Numbers as in other tools' error logs of 2023 to 2025 and Pinterest's description of its API; those
that nobody confirmed are not listed and so stay doubtful.
"""

from datetime import datetime, timedelta

from tesselle.connectors.http.exchange import Response
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Blocked, BlockReason, Doubtful, Later, Refused, Verdict

GONE = "not_found"

SIGN_IN = N_("Pinterest no longer accepts the sign-in. Connect the channel again.")
SCOPES = N_("The sign-in may not do this. Connect again and leave every right ticked.")
TRIAL = N_(
    "Your Pinterest app has trial access, which creates no pins in public. Ask for standard access on "
    "developers.pinterest.com."
)
DENIED = N_("Pinterest does not let this account do that (“%(answer)s”).")
SPAM = N_("Pinterest takes this for spam and lets the account create nothing for a while. Look at it there.")
BUSY = N_("Pinterest asks for a pause.")
INVALID = N_("Pinterest refuses a value of this pin (“%(answer)s”).")
PICTURE = N_("Pinterest cannot use the picture (“%(answer)s”). Use another file.")
NO_BOARD = N_("The board is no longer there. Choose another one.")
NO_SECTION = N_("The section of the board is no longer there. Choose another one, or none.")
NO_PIN = N_("The pin is no longer on Pinterest.")

_MISSING = {40: ("board_gone", NO_BOARD), 50: (GONE, NO_PIN), 2031: ("section_gone", NO_SECTION)}
LONGEST_PAUSE = timedelta(days=1)


def judge(response: Response, now: datetime) -> Verdict:
    told = response.mapping()
    words = " ".join(str(told.get(name) or "") for name in ("message", "message_detail")).strip()
    number = told.get("code")
    if response.status == 429:
        return _too_much(response, words, now)
    if not isinstance(number, int):
        return Doubtful(f"unlisted answer {response.status}")
    quoted = {"answer": words[:200]}
    match response.status, number:
        case (401, 2):
            return Later(Message(SIGN_IN), renew_session=True)
        case (401 | 403, 3):
            return Blocked(BlockReason.ROLE, Message(SCOPES))
        case (403, 29):
            is_trial = "trial" in words.lower()
            return Blocked(BlockReason.ADMISSION, Message(TRIAL)) if is_trial else _denied(words)
        case (404, 40 | 50 | 2031):
            code, sentence = _MISSING[number]
            return Refused(code, Message(sentence))
        case (400, 235):
            return Refused("media_refused", Message(PICTURE, quoted))
        case (400, 1):
            return Refused("invalid", Message(INVALID, quoted))
    return Doubtful(f"unlisted answer {response.status} {number} {words[:200]}".strip())


def _denied(words: str) -> Verdict:
    return Blocked(BlockReason.ROLE, Message(DENIED, {"answer": words[:200]}))


def _too_much(response: Response, words: str, now: datetime) -> Verdict:
    """Trying again makes a penalty longer; a limit is over by itself."""
    if "spam" in words.lower():
        return Blocked(BlockReason.PENALTY, Message(SPAM))
    return Later(Message(BUSY), until=_over(response, now))


def _over(response: Response, now: datetime) -> datetime | None:
    """When the pause is over, if told: seconds; with several windows the longest of them."""
    for name in ("retry-after", "x-ratelimit-reset"):
        told = [word.partition(";")[0].strip() for word in response.headers.get(name, "").split(",")]
        seconds = [timedelta(seconds=int(word)) for word in told if word.isdecimal() and len(word) < 7]
        if seconds:
            return now + min(max(*seconds, timedelta(seconds=1)), LONGEST_PAUSE)
    return None
