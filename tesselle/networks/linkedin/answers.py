"""What an answer means. Listed are the *sure* refusals; everything else is doubtful."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tesselle.connectors.http.exchange import Response
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Blocked, BlockReason, Doubtful, Duplicate, Later, Refused, Verdict

SIGN_IN = N_("LinkedIn no longer accepts the sign-in. Connect the channel again.")
ROLE = N_(
    "LinkedIn does not let this account do that (“%(answer)s”). Either the role on the page was taken away, "
    "or the application lacks a right. Ask an administrator of the page, then connect the channel again."
)
TOO_LONG = N_("LinkedIn finds a text too long (“%(answer)s”). Shorten it.")
EMPTY = N_("LinkedIn wants something that is missing (“%(answer)s”).")
MEDIA = N_("LinkedIn could not use a file (“%(answer)s”). Use another one.")
NOT_TAKEN = N_("LinkedIn does not take the post like this (“%(answer)s”).")
GONE = N_("What this belongs to is no longer there.")
WAITING = N_("LinkedIn is still working on a file. It will be tried again.")
EXPIRED_UPLOAD = N_("LinkedIn waited too long for a file. It will be sent again.")
BUSY = N_("LinkedIn asks for a pause.")
DAY_IS_FULL = N_("LinkedIn’s limit for today is reached. It goes on at midnight, universal time.")
TWICE = N_(
    "LinkedIn says that this account has posted the same already, and takes no post twice. Change the words."
)
OLD_VERSION = N_(
    "LinkedIn has retired the version of its API that is spoken here. Whoever runs Tesselle has to update it, "
    "or set TESSELLE_LINKEDIN_VERSION."
)

_DAY_LIMIT = re.compile(r"\bday\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rule:
    """An answer of `status` with one of these codes; any code if there is none."""

    status: int
    codes: tuple[str, ...]
    verdict: Callable[[Message], Verdict]
    sentence: str


def _refused(code: str) -> Callable[[Message], Verdict]:
    return lambda message: Refused(code, message)


def _blocked(reason: BlockReason) -> Callable[[Message], Verdict]:
    return lambda message: Blocked(reason, message)


OUR_FAULT = (
    *("INVALID_URN_TYPE", "INVALID_URN_ID", "INVALID_VALUE_FOR_FIELD", "INVALID_IMAGE_ID"),
    *("INVALID_VIDEO_ID", "ILLEGAL_ARGUMENT"),
)
RULES = (
    Rule(401, (), _blocked(BlockReason.SIGN_IN), SIGN_IN),
    Rule(403, (), _blocked(BlockReason.ROLE), ROLE),
    Rule(404, (), _refused("not_found"), GONE),
    Rule(409, ("CONFLICT",), Later, BUSY),
    Rule(400, ("MEDIA_ASSET_WAITING_UPLOAD",), Later, WAITING),
    Rule(400, ("EXPIRED_UPLOAD_URL", "UPDATING_ASSET_FAILED"), Later, EXPIRED_UPLOAD),
    Rule(400, ("FIELD_LENGTH_TOO_LONG",), _refused("text_too_long"), TOO_LONG),
    Rule(400, ("INVALID_VALUE_BLANK_FIELD", "MISSING_FIELD"), _refused("empty"), EMPTY),
    Rule(400, ("MEDIA_ASSET_PROCESSING_FAILED",), _refused("media_refused"), MEDIA),
    Rule(400, OUR_FAULT, _refused("not_taken"), NOT_TAKEN),
    Rule(422, ("DUPLICATE_POST",), Duplicate, TWICE),
    Rule(426, (), _blocked(BlockReason.ADMISSION), OLD_VERSION),
)


def judge(response: Response, now: datetime) -> Verdict:
    body = response.mapping()
    answer = str(body.get("message", ""))
    if response.status == 429:
        return _throttled(answer, now)
    code = _code(body, response.status)
    for rule in RULES:
        if rule.status == response.status and body and (not rule.codes or code in rule.codes):
            params = {"answer": answer[:200]} if "%(answer)s" in rule.sentence else {}
            return rule.verdict(Message(rule.sentence, params))
    if response.status == 422 and body:
        # Rest.li's validation: fields are missing or of the wrong kind, and nothing was made.
        return Refused("not_taken", Message(NOT_TAKEN, {"answer": answer[:200]}))
    return Doubtful(f"unlisted answer {response.status} {code} {answer[:150]}".strip())


def _code(body: dict[str, Any], status: int) -> str:
    """`code` can be missing: a duplicate is then told by its words alone."""
    if status == 422 and "duplicate" in str(body.get("message", "")).lower():
        return "DUPLICATE_POST"
    return str(body.get("code", ""))


def _throttled(answer: str, now: datetime) -> Verdict:
    """LinkedIn names no instant: limits of a day end at midnight UTC, else we back off by ourselves."""
    if _DAY_LIMIT.search(answer):
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        return Later(Message(DAY_IS_FULL), until=midnight)
    return Later(Message(BUSY))
