"""What an answer means. Reddit says no in three shapes, one of them with HTTP 200.

(a) `{"json": {"errors": [["CODE", "words", "field"]]}}`, (b) `{"reason": "SUBMIT_VALIDATION_...",
"explanation": "..."}`, (c) `{"message": "Forbidden", "error": 403, "reason": "private"}`. Codes as in
reddit-archive/reddit (2017) and praw 8.0.3; what is not listed stays doubtful.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from tesselle.connectors.http.exchange import Response
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Blocked, BlockReason, Doubtful, Duplicate, Later, Refused, Verdict

GONE = "not_found"

SIGN_IN = N_("Reddit no longer accepts the sign-in. Connect the channel again.")
SCOPES = N_("The sign-in may not do this. Connect again and leave every right ticked.")
BUSY = N_("Reddit asks for a pause.")
INVALID = N_("Reddit refuses the post (“%(answer)s”).")
RULES = N_("The community’s rules refuse the post (“%(answer)s”). Change it, or choose another community.")
KIND = N_("The community does not take this kind of post (“%(answer)s”). Choose another one.")
FLAIR = N_("The community wants another flair (“%(answer)s”). Choose one of its list.")
LINK = N_("Reddit does not take this address (“%(answer)s”). Check it, or leave it out.")
LENGTH = N_("Reddit finds the words too long or too short (“%(answer)s”).")
CLOSED = N_("This account may not post in that community (“%(answer)s”). Choose another one.")
NO_SUCH = N_("There is no such community (any more). Read the list again and choose another one.")
ANSWERING = N_("Nobody can answer there any more (“%(answer)s”).")
PENALTY = N_("Reddit has suspended this account, or does not trust it yet (“%(answer)s”). Look at it there.")
MAIL = N_("Reddit wants a confirmed mail address first. Confirm it in the account’s settings there.")
AGAIN = N_(
    "The community has this link already. Wait, or tick “Post the link even if the community has it already”."
)
LARGE = N_("Reddit’s store finds the file too large. Use a smaller one.")
MISSING = N_("What this belongs to is no longer on Reddit.")

REFUSED: Mapping[str, tuple[str, ...]] = {
    INVALID: ("NO_TEXT", "BAD_STRING", "USER_BLOCKED"),
    LENGTH: ("TOO_LONG", "TOO_SHORT"),
    LINK: ("BAD_URL", "NO_URL", "INVALID_SCHEME", "DOMAIN_BANNED"),
    KIND: ("NO_SELFS", "NO_LINKS", "NO_IMAGES", "NO_VIDEOS", "GALLERIES_DISABLED", "NO_SPOILERS"),
    FLAIR: ("BAD_FLAIR_TARGET", "BAD_FLAIR_TEMPLATE_ID", "TOO_MUCH_FLAIR_CSS", "FLAIR_REQUIRED"),
    CLOSED: ("SUBREDDIT_NOTALLOWED", "SUBREDDIT_NO_ACCESS", "BANNED_FROM_SUBREDDIT"),
    NO_SUCH: ("SUBREDDIT_NOEXIST", "SUBREDDIT_REQUIRED"),
    ANSWERING: ("THREAD_LOCKED", "TOO_OLD", "DELETED_COMMENT", "COMMENT_NOT_ACCESSIBLE"),
}
SENTENCES = {code: sentence for sentence, codes in REFUSED.items() for code in codes}
PENALTIES = {"IN_TIMEOUT", "BAD_CAPTCHA"}
UNCONFIRMED = {"VERIFIED_USER_REQUIRED", "NO_VERIFIED_EMAIL"}
PAUSES = {"RATELIMIT", "SUBREDDIT_RATELIMIT"}
HIDDEN = {"private", "quarantined", "banned", "gold_only"}

LONGEST_PAUSE = timedelta(hours=1)
_WAIT = re.compile(r"(\d+) (millisecond|second|minute|hour)")
_SECONDS = {"millisecond": 0.001, "second": 1, "minute": 60, "hour": 3_600}


def judge(response: Response, now: datetime) -> Verdict:
    told = response.mapping()
    if (listed := refusal_in(told, now)) is not None:
        return listed
    words = str(told.get("explanation") or told.get("message") or told.get("reason") or "")[:200]
    reason = str(told.get("reason") or "")
    match response.status:
        case 429:
            return Later(Message(BUSY), until=_over(response, now))
        case 401:
            return Later(Message(SIGN_IN), renew_session=True)
        case 403 if "insufficient_scope" in response.headers.get("www-authenticate", ""):
            return Blocked(BlockReason.ROLE, Message(SCOPES))
        case 403 | 404 if reason in HIDDEN:
            return Refused("closed", Message(CLOSED, {"answer": reason}))
        case 404 if told.get("error") == 404:
            return Refused(GONE, Message(MISSING))
        case 400 if reason.startswith("SUBMIT_VALIDATION_"):
            sentence = FLAIR if "FLAIR" in reason else RULES
            return Refused(reason.lower()[:40], Message(sentence, {"answer": words}))
        case 400 if b"<Code>EntityTooLarge</Code>" in response.body:
            return Refused("media_refused", Message(LARGE))
    return Doubtful(f"unlisted answer {response.status} {reason} {words}".strip())


def errors_of(told: Mapping[str, Any]) -> list[list[str]]:
    """Shape (a), which comes with HTTP 200."""
    inner = told.get("json")
    errors = inner.get("errors") if isinstance(inner, Mapping) else None
    return [[str(word) for word in one] for one in errors or () if isinstance(one, list) and one]


def refusal_in(told: Mapping[str, Any], now: datetime) -> Verdict | None:
    """What the list of errors means; None where there is none. The first decides."""
    for code, *more in errors_of(told):
        words = (more[0] if more else code)[:200]
        quoted = {"answer": words}
        if code in PAUSES:
            return Later(Message(BUSY), until=now + _pause(words))
        if code == "USER_REQUIRED":
            return Later(Message(SIGN_IN), renew_session=True)
        if code == "ALREADY_SUB":
            return Duplicate(Message(AGAIN))
        if code in PENALTIES:
            return Blocked(BlockReason.PENALTY, Message(PENALTY, quoted))
        if code in UNCONFIRMED:
            return Blocked(BlockReason.ROLE, Message(MAIL))
        if code in SENTENCES:
            return Refused(code.lower(), Message(SENTENCES[code], quoted))
        if code.startswith("SUBMIT_VALIDATION_"):
            return Refused(code.lower()[:40], Message(FLAIR if "FLAIR" in code else RULES, quoted))
        return Doubtful(f"unlisted error {code} {words}")
    return None


def _pause(words: str) -> timedelta:
    """“Take a break for 9 minutes before trying again.” A minute more is told than is needed, never less."""
    found = _WAIT.search(words)
    seconds = int(found[1]) * _SECONDS[found[2]] if found else 600
    return min(max(timedelta(seconds=seconds), timedelta(seconds=1)), LONGEST_PAUSE)


def _over(response: Response, now: datetime) -> datetime | None:
    """`X-Ratelimit-Reset`: seconds left in a window of ten minutes."""
    for name in ("retry-after", "x-ratelimit-reset"):
        word = response.headers.get(name, "").partition(".")[0]
        if word.isdecimal() and len(word) < 7:
            return now + min(timedelta(seconds=max(int(word), 1)), LONGEST_PAUSE)
    return None
