"""A post written by hand as JSON, for `tesselle check`: read strictly, since a misreading would be a wrong answer.

`{"account_kind", "text", "title", "parts": [], "link", "language", "options": {}, "recipients": [],
"media": [{"type", "bytes", "width", "height", "seconds", "alt", ...}]}`; all may be missing. `type` is `image`,
`video`, `document` or a media type such as `image/png`.
"""

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tesselle.domain.content import Content
from tesselle.domain.messages import N_, Message
from tesselle.ops.errors import PostFileError

_POST: Mapping[str, type] = {
    "text": str,
    "title": str,
    "link": str,
    "language": str,
    "account_kind": str,
    "parts": list,
    "media": list,
    "recipients": list,
    "options": dict,
}
_NUMBER = (int, float)
_MEDIA: Mapping[str, type | tuple[type, ...]] = {
    "type": str,
    "mime": str,
    "alt": str,
    "codec": str,
    "asset": str,
    "bytes": _NUMBER,
    "width": _NUMBER,
    "height": _NUMBER,
    "seconds": _NUMBER,
    "fps": _NUMBER,
    "pages": _NUMBER,
    "focal": list,
}
_MUST_BE = {
    str: N_("“%(name)s” must be a text."),
    list: N_("“%(name)s” must be a list."),
    dict: N_("“%(name)s” must be an object."),
    _NUMBER: N_("“%(name)s” must be a number."),
}
_TYPES = ("image", "video", "document")


def read_post_file(path: Path) -> tuple[Content, str]:
    """The post, and the account kind it is for ("" where the file names none).

    What it has no use for is named on standard error: a mistyped name would leave the words unread.

    Raises:
        PostFileError: it cannot be read, or says something that is no post.
    """
    found = _json(path)
    if not isinstance(found, dict):
        raise PostFileError(Message(N_("%(path)s must hold one JSON object."), {"path": str(path)}))
    post = _shaped(found, _POST, "")
    media = [
        _medium(_shaped(item, _MEDIA, f"media[{place}]."), place)
        for place, item in enumerate(post.get("media", []))
    ]
    _texts("parts", post.get("parts", []))
    _texts("recipients", post.get("recipients", []))
    try:
        return Content.from_json({**post, "media": media}), post.get("account_kind", "")
    except (TypeError, ValueError) as error:
        raise _unreadable(str(error)) from error


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        sentence = N_("%(path)s cannot be read (%(reason)s).")
        reason = error.strerror or str(error)
        raise PostFileError(Message(sentence, {"path": str(path), "reason": reason})) from error
    except ValueError as error:
        sentence = N_("%(path)s is not JSON (%(reason)s).")
        raise PostFileError(Message(sentence, {"path": str(path), "reason": str(error)})) from error


def _shaped(found: Any, shape: Mapping[str, Any], where: str) -> dict[str, Any]:
    """What it says of these names; `null` is the same as nothing."""
    if not isinstance(found, dict):
        raise _must_be(where.rstrip("."), dict)
    if unknown := sorted(found.keys() - shape.keys()):
        print(f"tesselle: not read: {', '.join(where + name for name in unknown)}", file=sys.stderr)
    said = {name: value for name, value in found.items() if name in shape and value is not None}
    for name, value in said.items():
        if not isinstance(value, shape[name]) or isinstance(value, bool):
            raise _must_be(where + name, shape[name])
    return said


def _medium(item: dict[str, Any], place: int) -> dict[str, Any]:
    said = item.get("type", "image")
    kind, _, _ = said.partition("/")
    kind = "document" if said in ("application/pdf", "pdf") else kind
    if kind not in _TYPES:
        sentence = N_(
            "“%(name)s” must be image, video, document or a media type such as image/png, not “%(said)s”."
        )
        raise PostFileError(Message(sentence, {"name": f"media[{place}].type", "said": said}))
    return {**({"mime": said} if "/" in said else {}), **item, "type": kind}


def _texts(name: str, found: Iterable[Any]) -> None:
    for place, one in enumerate(found):
        if not isinstance(one, str):
            raise _must_be(f"{name}[{place}]", str)


def _must_be(name: str, kind: Any) -> PostFileError:
    return PostFileError(Message(_MUST_BE[kind], {"name": name}))


def _unreadable(reason: str) -> PostFileError:
    return PostFileError(Message(N_("The post cannot be read: %(reason)s."), {"reason": reason}))
