"""The error table: what a site's answers mean. Act on code and status, never on the words."""

import json
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from tesselle.connectors.http.exchange import Response
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import (
    Blocked,
    BlockReason,
    Doubtful,
    Duplicate,
    Later,
    Refused,
    Verdict,
)

GONE = "gone"
MISSING_RIGHT = N_(
    "The site’s user may not do this (%(code)s). Give it the role Author or Editor on the site."
)
SIGN_IN = N_("The site no longer accepts the application password. Make a new one and reconnect.")
NO_ROUTE = N_(
    "The site’s REST interface is not where it was: switched off by a plugin, or moved. Reconnect the site."
)
UPLOAD_TYPE = N_("The site does not take this kind of file. Use JPEG, PNG, GIF, WebP or MP4.")
UPLOAD_SIZE = N_("The file is larger than the site’s host allows. Make it smaller.")

ROLE_CODES = {
    "rest_cannot_create",
    "rest_cannot_publish",
    "rest_cannot_edit",
    "rest_cannot_edit_others",
    "rest_cannot_assign_term",
    "rest_cannot_delete",
    "rest_cannot_read",
    "rest_forbidden",
    "rest_forbidden_context",
    "rest_forbidden_status",
    "rest_forbidden_param",
    "rest_user_cannot_delete_post",
}

REFUSALS: dict[str, tuple[str, str]] = {
    "rest_invalid_param": ("invalid", N_("The site refuses a value of this post (%(detail)s).")),
    "empty_content": ("empty", N_("The site wants a title, a text or an excerpt.")),
    "rest_comment_content_invalid": ("empty", N_("The site wants words in an answer.")),
    "rest_comment_content_length": ("too_long", N_("The answer is longer than the site allows.")),
    "comment_content_column_length": ("too_long", N_("The answer is longer than the site allows.")),
    "rest_comment_closed": ("comments_closed", N_("Comments are closed under this post.")),
    "rest_comment_draft_post": ("comments_closed", N_("This post is not public: it takes no comments.")),
    "rest_comment_invalid_post_id": (GONE, N_("The post is no longer on the site.")),
    "rest_comment_invalid_id": (GONE, N_("The comment is no longer on the site.")),
    "rest_post_invalid_id": (GONE, N_("The post is no longer on the site.")),
    "rest_already_trashed": (GONE, N_("It is already in the site’s trash.")),
    "rest_term_invalid": ("term", N_("The site does not know this category or tag.")),
    # The next two come with status 500, and are the file's fault all the same.
    "rest_upload_sideload_error": ("media_type", UPLOAD_TYPE),
    "rest_upload_unknown_error": ("media_size", UPLOAD_SIZE),
    "rest_upload_limited_space": ("media_space", N_("The site has no room left for files.")),
    "rest_upload_file_too_big": ("media_size", UPLOAD_SIZE),
    "rest_upload_no_data": ("media_empty", N_("The site received an empty file.")),
    "rest_upload_no_content_disposition": ("media_size", UPLOAD_SIZE),
    "rest_upload_invalid_disposition": ("media_name", N_("The site refuses the name of the file.")),
    "rest_upload_no_content_type": ("media_type", UPLOAD_TYPE),
}


def payload(response: Response) -> Any:
    """The JSON of an answer; some hosts print PHP notices before it. None for a web page."""
    data = response.json()
    if data is not None:
        return data
    text = response.body.decode("utf-8", "replace")
    starts = [place for place in (text.find("{"), text.find("[")) if place >= 0]
    if not starts or text.lstrip().lower().startswith(("<!doctype", "<html")):
        return None
    try:
        return json.loads(text[min(starts) :])
    except ValueError:
        return None


def mapping(response: Response) -> dict[str, Any]:
    data = payload(response)
    return data if isinstance(data, dict) else {}


def items(response: Response) -> list[dict[str, Any]] | None:
    """The list of an answer; None when there is none, which is not the same as an empty one."""
    data = payload(response)
    return [item for item in data if isinstance(item, dict)] if isinstance(data, list) else None


def code_of(response: Response) -> str:
    return str(mapping(response).get("code", ""))


def judge(response: Response, now: datetime) -> Verdict:
    code, status = code_of(response), response.status
    if status in (429, 503) and (until := _retry_after(response, now)):
        return Later(Message(N_("The site’s host asks to slow down.")), until)
    if status == 429:
        return Later(Message(N_("The site’s host asks to slow down.")))
    if (status == 401 and code) or _inner_401(response):
        return Blocked(BlockReason.SIGN_IN, Message(SIGN_IN))
    if status == 413:
        return Refused("too_large", Message(UPLOAD_SIZE))
    return _by_code(code, response, now)


def _by_code(code: str, response: Response, now: datetime) -> Verdict:
    if code == "comment_flood":
        until = now + timedelta(seconds=15)
        return Later(Message(N_("The site wants 15 seconds between two comments.")), until)
    if code in ("comment_duplicate", "term_exists"):
        return Duplicate(Message(N_("The site already has this.")))
    if response.status == 403 and code in ROLE_CODES:
        return Blocked(BlockReason.ROLE, Message(MISSING_RIGHT, {"code": code}))
    if response.status == 404 and code == "rest_no_route":
        return Blocked(BlockReason.SIGN_IN, Message(NO_ROUTE))
    if code in REFUSALS:
        short, sentence = REFUSALS[code]
        params = {"detail": _detail(response)} if "%(detail)s" in sentence else {}
        return Refused(short, Message(sentence, params))
    return Doubtful(f"{response.status} {code or 'without a code'}")


def judge_irreversible(response: Response, now: datetime) -> Verdict:
    """As `judge`, but a server's fault does not say that the site did nothing; `rest_upload_*` with 500
    does so only where a file was sent, which is never this call."""
    if response.status >= 500:
        return Doubtful(f"{response.status} {code_of(response)}".strip())
    return judge(response, now)


def _inner_401(response: Response) -> bool:
    """`status=draft` asked by an anonymous reader is a 400 with a 401 inside."""
    if response.status != 400 or code_of(response) != "rest_invalid_param":
        return False
    return '"status":401' in json.dumps(mapping(response), separators=(",", ":"))


def _detail(response: Response) -> str:
    data = mapping(response).get("data")
    params = data.get("params") if isinstance(data, dict) else None
    return ", ".join(params) if isinstance(params, dict) else str(mapping(response).get("message", ""))


def _retry_after(response: Response, now: datetime) -> datetime | None:
    value = response.headers.get("retry-after", "")
    if value.isdigit():
        return now + timedelta(seconds=int(value))
    try:
        return parsedate_to_datetime(value) if value else None
    except ValueError:
        return None
