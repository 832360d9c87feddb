"""From a step to the one request that does it: what is frozen, and how it goes over the wire."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tesselle.connectors.dialects import incoming_webhook as hooks
from tesselle.connectors.http.exchange import FilePart, Multipart, Request
from tesselle.connectors.protocols import Account, Api, StepCall
from tesselle.domain.verdicts import Remote
from tesselle.networks.discord.limits import EMBED_TITLE_UNITS, TEXT
from tesselle.networks.discord.options import allowed_mentions, flags

USER_AGENT = "Tesselle (https://www.tesselle.org, 1)"
"""Discord's guard turns away what does not say who it is."""

ANSWER_SECONDS = 30.0
SLOWEST_UPLOAD_BYTES_A_SECOND = 250_000
ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "video/mp4": "mp4",
    "video/webm": "webm",
    "video/quicktime": "mov",
}


def frozen(call: StepCall, api: Api) -> dict[str, Any]:
    """Everything that the request is built from but the address; the same for every attempt."""
    match call.kind:
        case "delete":
            return {}
        case "edit":
            return {"payload": {**_words(call), "attachments": _kept(call)}, "files": []}
    files = [
        {"path": str(api.media_file(media)), "mime": media.mime, "filename": _filename(index, media.mime)}
        for index, media in enumerate(call.media)
    ]
    payload = _words(call)
    if files:
        payload["attachments"] = [
            {"id": index, "filename": file["filename"], **({"description": media.alt} if media.alt else {})}
            for index, (file, media) in enumerate(zip(files, call.media, strict=True))
        ]
    if name := call.content.options.get("thread_name", "").strip():
        payload["thread_name"] = name
    return {"payload": payload, "files": files}


def _words(call: StepCall) -> dict[str, Any]:
    text, left = hooks.with_link(call.text, call.content.link, TEXT)
    options = call.content.options
    payload: dict[str, Any] = {"content": text, "allowed_mentions": allowed_mentions(options)}
    if left:
        payload["embeds"] = [{"title": left[:EMBED_TITLE_UNITS], "url": left}]
    if raised := flags(options, has_embed=bool(left)):
        payload["flags"] = raised
    return payload


def _kept(call: StepCall) -> list[dict[str, str]]:
    """An edit names the files that stay; those it leaves out are taken away."""
    assert call.target is not None
    return [{"id": number} for number in call.target.extra.get("files", "").split(",") if number]


def _filename(index: int, mime: str) -> str:
    return f"file{index}.{ENDINGS.get(mime, 'bin')}"


def still_holds(kept: Mapping[str, Any]) -> bool:
    """Whether its files can still be read here (another machine may have taken over)."""
    return all(Path(file["path"]).is_file() for file in kept.get("files", ()))


def create(call: StepCall) -> Request:
    """Waits for the message, so that a refusal is seen; over a connection of its own."""
    options = call.content.options
    query = {"wait": "true", **_thread(options.get("thread", "").strip())}
    url, payload = _url(call.account, "", query), call.frozen["payload"]
    files = call.frozen["files"]
    if not files:
        return _sent(Request.json("POST", url, payload))
    parts = tuple(
        FilePart(f"files[{index}]", file["filename"], file["mime"], Path(file["path"]))
        for index, file in enumerate(files)
    )
    form = Multipart({"payload_json": json.dumps(payload, ensure_ascii=False)}, parts)
    weight = sum(part.path.stat().st_size for part in parts if part.path)
    return _sent(
        Request(
            "POST", url, body=form, deadline_seconds=ANSWER_SECONDS + weight / SLOWEST_UPLOAD_BYTES_A_SECOND
        )
    )


def change(call: StepCall) -> Request:
    assert call.target is not None
    return _sent(Request.json("PATCH", message_url(call.account, call.target), call.frozen["payload"]))


def remove(call: StepCall) -> Request:
    assert call.target is not None
    return _sent(Request("DELETE", message_url(call.account, call.target)))


def get(account: Account, remote: Remote) -> Request:
    return Request("GET", message_url(account, remote), {"User-Agent": USER_AGENT})


def message_url(account: Account, remote: Remote) -> str:
    return _url(account, f"/messages/{remote.id}", _thread(remote.extra.get("thread", "")))


def _thread(number: str) -> dict[str, str]:
    return {"thread_id": number} if number else {}


def _url(account: Account, path: str, query: Mapping[str, str]) -> str:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return f"{hooks.address_of(account)}{path}" + (f"?{asked}" if asked else "")


def _sent(request: Request) -> Request:
    headers = {**request.headers, "User-Agent": USER_AGENT}
    return Request(
        request.method, request.url, headers, request.body, request.deadline_seconds, fresh_connection=True
    )
