"""What an answer means. Listed are the *sure* refusals; everything else is doubtful.

X answers in four envelopes: a problem (`title`, `detail`, `type`), a problem with `errors`, data with
`errors` beside it, and the old `{"errors": [{"code": 187}]}`. Hosts in `type` vary, so only its last
part is compared.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tesselle.connectors.http.exchange import Response
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Blocked, BlockReason, Doubtful, Duplicate, Later, Refused, Verdict
from tesselle.networks.x.wire import problem_names

SIGN_IN = N_("X no longer accepts the sign-in. Connect the channel again.")
SCOPES = N_("X does not let this sign-in do that. Connect the channel again and leave all rights ticked.")
READ_ONLY = N_(
    "The application may only read on X. Whoever runs the installation sets it to “Read and write” on "
    "console.x.com; then connect the channel again."
)
CREDITS = N_(
    "The prepaid credits at X are used up, or a spending limit is reached. Whoever runs the installation "
    "buys new ones on console.x.com."
)
ADMISSION = N_(
    "X does not admit the application. Whoever runs the installation looks at its state on console.x.com."
)
SUSPENDED = N_("X has suspended or locked this account. Sign in there to see why.")
BUSY = N_("X asks for a pause.")
TWICE = N_("X says that this account has just posted these words.")
NOT_SUMMONED = N_(
    "X lets an app answer only where the author has named your account or quoted one of its posts. Answer on X."
)
CASHTAGS = N_("X takes one share symbol like $ABC in a post. Write the others without $.")
TOO_LONG_FILM = N_("X finds the film too long for this account. Use a shorter one.")
MEDIA = N_("X refuses a file (“%(answer)s”). Use another one.")
MEDIA_GONE = N_("X no longer has an uploaded file. Plan the post anew: its files then go up again.")
NOT_PERMITTED = N_(
    "X does not permit this post, and says no more. Usual reasons: it is too long for the account, or looks "
    "automatic to X. Change the words."
)
ADDRESS = N_("X refuses an address in the text. Check it, letter by letter.")
GONE = N_("What this belongs to is no longer on X, or cannot be seen by this account.")
INVALID = N_("X does not understand the post (“%(answer)s”).")
UNKNOWN_FIELDS = N_("X no longer knows the names of fields that were asked for.")


@dataclass(frozen=True, slots=True)
class Rule:
    """An answer of `status` (0: any) whose problem is named `name`, or whose sentences hold `words`."""

    status: int
    words: str
    verdict: Callable[[Message], Verdict]
    sentence: str
    name: str = ""


def _refused(code: str) -> Callable[[Message], Verdict]:
    return lambda message: Refused(code, message)


def _blocked(reason: BlockReason) -> Callable[[Message], Verdict]:
    return lambda message: Blocked(reason, message)


RULES = (
    Rule(402, "", _blocked(BlockReason.CREDITS), CREDITS),
    Rule(0, "", _blocked(BlockReason.CREDITS), CREDITS, name="usage-capped"),
    Rule(401, "", _blocked(BlockReason.SIGN_IN), SIGN_IN),
    Rule(403, "", _blocked(BlockReason.SIGN_IN), SIGN_IN, name="unsupported-authentication"),
    Rule(403, "", _blocked(BlockReason.ADMISSION), ADMISSION, name="client-forbidden"),
    Rule(403, "", _blocked(BlockReason.ROLE), READ_ONLY, name="oauth1-permissions"),
    Rule(403, "", _blocked(BlockReason.PENALTY), SUSPENDED, name="user-suspended"),
    Rule(403, "suspended", _blocked(BlockReason.PENALTY), SUSPENDED),
    Rule(403, "temporarily locked", _blocked(BlockReason.PENALTY), SUSPENDED),
    Rule(403, "duplicate content", Duplicate, TWICE),
    Rule(403, "status is a duplicate", Duplicate, TWICE),
    Rule(403, "reply to this conversation is not allowed", _refused("answer_not_allowed"), NOT_SUMMONED),
    Rule(403, "cashtag", _refused("too_many_cashtags"), CASHTAGS),
    Rule(403, "video longer than", _refused("video_too_long"), TOO_LONG_FILM),
    Rule(403, "not permitted to perform this action", _refused("not_permitted"), NOT_PERMITTED),
    Rule(403, "scope", _blocked(BlockReason.ROLE), SCOPES),
    Rule(400, "cashtag", _refused("too_many_cashtags"), CASHTAGS),
    Rule(400, "tweet.fields", _refused("unknown_fields"), UNKNOWN_FIELDS),
    Rule(400, "media ids are invalid", _refused("media_refused"), MEDIA_GONE),
    Rule(400, "media type", _refused("media_refused"), MEDIA),
    Rule(400, "invalidmedia", _refused("media_refused"), MEDIA),
    Rule(413, "", _refused("media_too_big"), MEDIA),
    Rule(400, "invalid url", _refused("link_refused"), ADDRESS),
    Rule(404, "", _refused("not_found"), GONE, name="resource-not-found"),
    Rule(403, "", _refused("not_found"), GONE, name="not-authorized-for-resource"),
    Rule(400, "", _refused("invalid"), INVALID, name="invalid-request"),
)


def judge(response: Response, now: datetime) -> Verdict:
    answer = response.mapping()
    names, words = problem_names(answer), _sentences(answer)
    for rule in RULES:
        if rule.status not in {0, response.status} or (rule.name and rule.name not in names):
            continue
        if rule.words in words.lower():
            params = {"answer": words[:200]} if "%(answer)s" in rule.sentence else {}
            return rule.verdict(Message(rule.sentence, params))
    if response.status == 429:
        return Later(Message(BUSY), until=reset_time(response, now))
    if response.status == 403 and answer.get("detail") == "Forbidden":
        return Blocked(BlockReason.ROLE, Message(SCOPES))
    return Doubtful(f"unlisted answer {response.status} {words[:200]}".strip())


def _sentences(answer: dict[str, Any]) -> str:
    """What is told, wherever it stands."""
    errors = answer.get("errors")
    told = [answer.get("detail"), answer.get("error_description"), answer.get("error")]
    for one in errors if isinstance(errors, list) else ():
        if isinstance(one, dict):
            told += [one.get("message"), one.get("detail")]
    return " ".join(str(one) for one in told if one)


def reset_time(response: Response, now: datetime) -> datetime | None:
    """The latest of the resets whose bucket is empty: a day's, the app's, or the usual quarter hour's."""
    headers, found = response.headers, []
    for bucket in ("x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour"):
        reset = headers.get(f"{bucket}-reset", "")
        if reset.isdigit() and headers.get(f"{bucket}-remaining", "0") == "0":
            found.append(datetime.fromtimestamp(int(reset), UTC))
    sensible = [one for one in found if now < one < now + timedelta(days=2)]
    return max(sensible, default=None)
