"""From a step to the one request that does it.

What is frozen is the whole call: method, fields and files. Every attempt sends the same bytes.
Plain text goes out without a parse mode: Telegram finds addresses, mentions and hashtags itself,
and nothing a person writes can be a formatting error.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tesselle.connectors.http.exchange import FilePart, Multipart, Request
from tesselle.connectors.protocols import Account, Api, StepCall
from tesselle.domain.content import Content, Media
from tesselle.domain.errors import RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.domain.text import count
from tesselle.domain.verdicts import Remote
from tesselle.networks.telegram.limits import TEXT
from tesselle.networks.telegram.options import is_on
from tesselle.networks.telegram.records import chat_and_number, has_discussion, method_url, numbers
from tesselle.networks.telegram.updates import forwards, pending

ANSWER_SECONDS = 30.0
SLOWEST_UPLOAD_BYTES_A_SECOND = 250_000
_SINGLE = {"image": ("sendPhoto", "photo"), "video": ("sendVideo", "video")}
_NO_COPY = N_("The discussion group does not show this post yet, so nothing can be said under it.")


def written(call: StepCall) -> str:
    """The text of a part as it goes out: Telegram strips it, and a link that it does not hold ends
    it. Where there is no room left for the address, the preview alone carries it."""
    text = call.text.strip()
    link = call.content.link if call.position == 0 and call.kind != "answer" else ""
    if not link or link in text:
        return text
    longer = f"{text}\n\n{link}".strip()
    has_preview = not call.media and call.content.options.get("preview") != "none"
    too_long = count(longer, TEXT) > TEXT.maximum
    return text if too_long and has_preview else longer


async def freeze(call: StepCall, api: Api) -> dict[str, Any]:
    """Method, fields and files of the call."""
    match call.kind:
        case "delete":
            return _whole("deleteMessages", **_target(call), message_ids=numbers(_target_of(call)))
        case "edit":
            return _edit(call)
        case "answer":
            chat, number = await _answered(call, api)
            fields = {"chat_id": chat, "text": written(call), "reply_parameters": {"message_id": number}}
            return _whole("sendMessage", **fields, **_preview(call))
        case _:
            return _post(call, api)


def _whole(method: str, **fields: Any) -> dict[str, Any]:
    return {"method": method, "fields": fields, "files": []}


def _post(call: StepCall, api: Api) -> dict[str, Any]:
    options = call.content.options
    fields: dict[str, Any] = {"chat_id": call.account.remote_id}
    fields |= {"disable_notification": True} if is_on(options, "silent") else {}
    fields |= {"protect_content": True} if is_on(options, "protect") else {}
    if call.kind == "part" and call.earlier:
        # The part before may have been deleted meanwhile; the thread goes on without it.
        parent = {"message_id": int(call.earlier[-1].id), "allow_sending_without_reply": True}
        fields["reply_parameters"] = parent
    if not call.media:
        return _whole("sendMessage", **fields, text=written(call), **_preview(call))
    if len(call.media) > 1:
        return _album(call, fields, api)
    media = call.media[0]
    method, name = _SINGLE[media.kind]
    fields |= {"caption": written(call)} if written(call) else {}
    fields |= _film(media)
    return {"method": method, "fields": fields, "files": [_file(name, media, api)]}


def _album(call: StepCall, fields: dict[str, Any], api: Api) -> dict[str, Any]:
    items: list[dict[str, Any]] = []
    files = []
    for index, media in enumerate(call.media):
        name = f"file{index}"
        kind = _SINGLE[media.kind][1]
        items.append({"type": kind, "media": f"attach://{name}", **_film(media)})
        files.append(_file(name, media, api))
    if written(call):  # shown under the album only when no other item has one
        items[0]["caption"] = written(call)
    return {"method": "sendMediaGroup", "fields": {**fields, "media": items}, "files": files}


def _film(media: Media) -> dict[str, Any]:
    if media.kind != "video":
        return {}
    shape = {"duration": round(media.seconds), "width": media.width_px, "height": media.height_px}
    return {"supports_streaming": True, **{name: value for name, value in shape.items() if value}}


def _file(name: str, media: Media, api: Api) -> dict[str, str]:
    path = api.media_file(media)
    return {"name": name, "mime": media.mime, "path": str(path), "filename": f"{name}{path.suffix}"}


def _edit(call: StepCall) -> dict[str, Any]:
    under_media = _target_of(call).extra.get("kind", "caption" if call.media else "text") == "caption"
    if under_media:
        return _whole("editMessageCaption", **_target(call), **_number(call), caption=written(call))
    return _whole("editMessageText", **_target(call), **_number(call), text=written(call), **_preview(call))


def _preview(call: StepCall) -> dict[str, Any]:
    choice = call.content.options.get("preview", "")
    wanted: dict[str, Any] = {"url": call.content.link} if call.content.link and call.position == 0 else {}
    wanted |= {
        "large": {"prefer_large_media": True},
        "small": {"prefer_small_media": True},
        "above": {"show_above_text": True},
    }.get(choice, {})
    if choice == "none":
        wanted = {"is_disabled": True}
    return {"link_preview_options": wanted} if wanted else {}


def _target_of(call: StepCall) -> Remote:
    if call.target is None:
        raise ValueError(f"a step {call.kind!r} needs its target")
    return call.target


def _target(call: StepCall) -> dict[str, Any]:
    return {"chat_id": chat_and_number(_target_of(call), call.account)[0]}


def _number(call: StepCall) -> dict[str, Any]:
    return {"message_id": chat_and_number(_target_of(call), call.account)[1]}


async def _answered(call: StepCall, api: Api) -> tuple[str, int]:
    """The message of the group to answer; for a post, its copy there."""
    target = _target_of(call)
    chat, number = chat_and_number(target, call.account)
    if chat != call.account.remote_id:
        return chat, number
    copy = target.extra.get("copy", "")
    if not copy and has_discussion(call.account):
        seen = await pending(api)
        copy = next((str(f.copy_id) for f in forwards(seen, call.account) if f.number == number), "")
    if not copy:
        raise RejectedError(Message(_NO_COPY), "no_discussion")
    return str(call.account.facts["discussion_id"]), int(copy)


def still_holds(frozen: Mapping[str, Any]) -> bool:
    """Whether its files can still be read here (another machine may have taken over)."""
    return all(Path(file["path"]).is_file() for file in frozen["files"])


def build(account: Account, frozen: Mapping[str, Any], *, alone: bool) -> Request:
    """The request of a frozen call. `alone`: over a connection of its own."""
    url, fields, files = method_url(account, frozen["method"]), frozen["fields"], frozen["files"]
    if not files:
        plain = Request.json("POST", url, fields)
        return Request("POST", url, plain.headers, plain.body, ANSWER_SECONDS, fresh_connection=alone)
    parts = tuple(
        FilePart(file["name"], file["filename"], file["mime"], Path(file["path"])) for file in files
    )
    form = Multipart({name: _as_field(value) for name, value in fields.items()}, parts)
    weight = sum(part.path.stat().st_size for part in parts if part.path)
    # The answer comes only after Telegram has taken in the whole upload.
    seconds = ANSWER_SECONDS + weight / SLOWEST_UPLOAD_BYTES_A_SECOND
    return Request("POST", url, {}, form, seconds, fresh_connection=alone)


def _as_field(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def step_kinds(purpose: str, content: Content) -> tuple[str, ...]:
    """A thread is one message a text; a change or removal names one post."""
    return ("post", *("part" for _ in content.parts)) if purpose == "post" else (purpose,)
