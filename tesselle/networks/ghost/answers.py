"""The error table: what a site's answers mean. Types and codes decide, never the words.

Every row was seen on Ghost 6.65.0 in November 2026, but for the penalties of Ghost(Pro)."""

from datetime import datetime, timedelta
from typing import Any

from tesselle.connectors.http.exchange import Response
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Blocked, BlockReason, Doubtful, Duplicate, Later, Refused, Verdict

GONE = "gone"

_KEY = N_("The site no longer accepts the admin key. Copy the present one from Integrations and reconnect.")
_RIGHT = N_("The site lets integrations do less than this needs. Ask whoever runs the site.")
_LIMIT = N_("The site’s plan allows no more of this. Whoever runs the site can see why in its settings.")
_SLOW = N_("The site asks to slow down.")
_INVALID = N_("The site refuses a value of this post (%(field)s).")
_CHANGED = N_("Somebody changed this post on the site meanwhile, so it was left as it is. Look at it there.")
_TYPE = N_("The site does not take this kind of file. Use JPEG, PNG, GIF or WebP.")
_UNREADABLE = N_("The site cannot read a picture of this post.")
_SIZE = N_("The file is larger than the site’s host allows. Make it smaller.")
_NOT_THERE = N_("The post is no longer on the site.")

PICTURE = "Request not understood error, cannot upload image."


def error_of(response: Response) -> dict[str, Any]:
    """The first error of an answer; {} when it is not Ghost's."""
    errors = response.mapping().get("errors")
    return errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}


def judge(response: Response, now: datetime) -> Verdict:
    error, status = error_of(response), response.status
    if status == 413:
        return Refused("too_large", Message(_SIZE))
    if status == 429:
        return Later(Message(_SLOW), _retry_after(response, now))
    if status >= 500 or not error:
        return Doubtful(f"unlisted answer {status}")
    return _by_kind(error, status)


def _by_kind(error: dict[str, Any], status: int) -> Verdict:
    kind, code = str(error.get("type")), str(error.get("code"))
    if code == "INVALID_JWT" and "expired" in str(error.get("message")):
        return Later(Message(_KEY), renew_session=True)
    if kind == "UnauthorizedError" or code == "INVALID_JWT":
        return Blocked(BlockReason.SIGN_IN, Message(_KEY))
    match kind:
        case "NoPermissionError":
            return Blocked(BlockReason.ROLE, Message(_RIGHT))
        case "HostLimitError":
            return Blocked(BlockReason.ROLE, Message(_LIMIT))
        case "UpdateCollisionError":
            return Duplicate(Message(_CHANGED))
        case "NotFoundError":
            return Refused(GONE, Message(_NOT_THERE))
        case "UnsupportedMediaTypeError":
            return Refused("media_type", Message(_TYPE))
        case "ValidationError" if status == 422:
            return Refused("invalid", Message(_INVALID, {"field": _field(error)}))
        case "BadRequestError" if error.get("message") == PICTURE:
            return Refused("media_unreadable", Message(_UNREADABLE))
    return Doubtful(f"{status} {kind}")


def _field(error: dict[str, Any]) -> str:
    return str(error.get("property") or error.get("context") or "?")[:200]


def _retry_after(response: Response, now: datetime) -> datetime | None:
    told = response.headers.get("retry-after", "")
    return now + timedelta(seconds=int(told)) if told.isdigit() else None
