"""What an answer means. Listed are the *sure* refusals; everything else is doubtful."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from tesselle.connectors.http.exchange import Response
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Blocked, BlockReason, Doubtful, Duplicate, Later, Refused, Verdict

SIGN_IN = N_("The server no longer accepts the access token. Connect the channel again.")
SCOPES = N_(
    "The access token may not do this. Create one with the rights to read and write, and connect again."
)
DISABLED = N_("The server has switched this account off or limited it. Sign in there to see why.")
TOO_LONG = N_("The server finds the text too long (“%(answer)s”). Shorten it.")
EMPTY = N_("The server wants a text or a picture. Add one.")
NEEDS_MEDIA = N_("This server takes no post without a picture. Add one.")
MEDIA_MIX = N_("The server does not take these files together (“%(answer)s”). Remove some.")
MEDIA = N_("The server refuses a file (“%(answer)s”). Use another format.")
TOO_BIG = N_("The server finds a file too big. Use a smaller one.")
GONE = N_("What this belongs to is no longer there.")
NOT_ALLOWED = N_("The server does not let this account do that (“%(answer)s”).")
NOT_READY = N_("The server is still working on a file. It will be tried again.")
BUSY = N_("The server asks for a pause.")
TWICE = N_("The server says that it has this already.")


@dataclass(frozen=True, slots=True)
class Rule:
    """An answer of `status` whose error contains `words`."""

    status: int
    words: str
    verdict: Callable[[Message], Verdict]
    sentence: str


def _refused(code: str) -> Callable[[Message], Verdict]:
    return lambda message: Refused(code, message)


def _blocked(reason: BlockReason) -> Callable[[Message], Verdict]:
    return lambda message: Blocked(reason, message)


RULES = (
    Rule(401, "", _blocked(BlockReason.SIGN_IN), SIGN_IN),
    Rule(403, "authorized scopes", _blocked(BlockReason.ROLE), SCOPES),
    Rule(403, "insufficient scope", _blocked(BlockReason.ROLE), SCOPES),
    Rule(403, "your login is currently", _blocked(BlockReason.PENALTY), DISABLED),
    Rule(403, "empty statuses are not allowed", _refused("needs_media"), NEEDS_MEDIA),
    Rule(403, "this action is not allowed", _refused("not_allowed"), NOT_ALLOWED),
    Rule(404, "not found", _refused("not_found"), GONE),
    Rule(404, "does not appear to exist", _refused("not_found"), GONE),
    Rule(410, "", _refused("not_found"), GONE),
    Rule(413, "", _refused("media_too_big"), TOO_BIG),
    Rule(422, "not finished processing", Later, NOT_READY),
    Rule(422, "character limit of", _refused("text_too_long"), TOO_LONG),
    Rule(422, "text is too long", _refused("text_too_long"), TOO_LONG),
    Rule(400, "exceed max chars", _refused("text_too_long"), TOO_LONG),
    Rule(400, "status is too long", _refused("text_too_long"), TOO_LONG),
    Rule(422, "text can't be blank", _refused("empty"), EMPTY),
    Rule(422, "cannot attach", _refused("media_mix_not_allowed"), MEDIA_MIX),
    Rule(422, "file content type is invalid", _refused("media_refused"), MEDIA),
    Rule(422, "file is invalid", _refused("media_refused"), MEDIA),
    Rule(422, "file file size", _refused("media_too_big"), TOO_BIG),
    Rule(400, "duplicate idempotency key", Duplicate, TWICE),
)


def judge(response: Response, now: datetime) -> Verdict:
    if response.status == 429:
        return Later(Message(BUSY), until=reset_time(response, now))
    answer = str(response.mapping().get("error", ""))
    for rule in RULES:
        if rule.status == response.status and rule.words in answer.lower():
            params = {"answer": answer[:200]} if "%(answer)s" in rule.sentence else {}
            return rule.verdict(Message(rule.sentence, params))
    return Doubtful(f"unlisted answer {response.status} {answer[:200]}".strip())


def reset_time(response: Response, now: datetime) -> datetime | None:
    """When the pause is over: `X-RateLimit-Reset` is an ISO instant here, elsewhere an epoch."""
    for name in ("x-ratelimit-reset", "retry-after"):
        instant = _instant(response.headers.get(name, ""), now)
        if instant is not None and now < instant < now + timedelta(days=1):
            return instant
    return None


def _instant(value: str, now: datetime) -> datetime | None:
    if value.isdigit():
        seconds = int(value)
        return datetime.fromtimestamp(seconds, UTC) if seconds > 10**9 else now + timedelta(seconds=seconds)
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            instant = parse(value)
        except ValueError:
            continue
        return instant if instant.tzinfo is not None else instant.replace(tzinfo=UTC)
    return None
