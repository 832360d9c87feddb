"""Building what goes out: a post, a part of a thread, an answer, an edit, a deletion."""

import json
from collections.abc import Mapping
from typing import Any

from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Api, StepCall
from tesselle.domain.content import Media, Poll
from tesselle.domain.verdicts import Remote
from tesselle.networks.mastodon.options import (
    CONTENT_WARNING,
    FOCUS,
    FOCUS_POINTS,
    SENSITIVE,
    VISIBILITY,
    narrower,
)
from tesselle.networks.mastodon.uploads import Wait, still_there, upload_all
from tesselle.networks.mastodon.wire import address, ask_mapping, signed

ASSETS = "assets"
"""In a post's `Remote.extra`: which asset became which file there, so that an edit can keep it."""


async def prepare(call: StepCall, api: Api, wait: Wait) -> Mapping[str, Any]:
    if call.kind == "delete":
        return {}
    if call.kind == "edit":
        return call.frozen or await _edit(call, api, wait)
    if "status" not in call.frozen:
        return await _status(call, api, wait)
    if await still_there(call.frozen["media_ids"], api, wait):
        return call.frozen
    return {**call.frozen, "media_ids": await upload_all(call.media, _focus(call), api, wait)}


async def _status(call: StepCall, api: Api, wait: Wait) -> dict[str, Any]:
    options = call.content.options
    status = {
        **_words(call),
        "visibility": options.get(VISIBILITY) or "public",
        "in_reply_to_id": call.earlier[-1].id if call.earlier else "",
    }
    if call.kind == "post" and call.content.poll is not None:
        status["poll"] = _poll(call.content.poll)
    if call.kind == "part":
        status["visibility"] = narrower(status["visibility"], "unlisted")
    if call.kind == "answer" and call.target is not None:
        status |= await _answering(call.target, status, api)
    return {**status, "media_ids": await upload_all(call.media, _focus(call), api, wait)}


def _poll(poll: Poll) -> dict[str, Any]:
    return {"options": list(poll.answers), "expires_in": poll.seconds}


def _words(call: StepCall) -> dict[str, Any]:
    options = call.content.options
    return {
        "status": call.text,
        "spoiler_text": options.get(CONTENT_WARNING, ""),
        "sensitive": options.get(SENSITIVE, "") in {"1", "on", "true", "yes"},
        "language": call.content.language.split("-")[0],
    }


async def _answering(target: Remote, status: Mapping[str, Any], api: Api) -> dict[str, Any]:
    """Whoever is answered is named first, and nobody sees the answer who could not see the question."""
    parent = await ask_mapping(api, f"/api/v1/statuses/{target.id}")
    author = parent.get("account") or {}
    name, text = str(author.get("acct", "")), str(status["status"])
    is_named = f"@{name}".lower() in text.lower() or str(author.get("id")) == api.account.remote_id
    return {
        "in_reply_to_id": target.id,
        "status": text if is_named or not name else f"@{name} {text}",
        "visibility": narrower(str(status["visibility"]), str(parent.get("visibility") or "public")),
    }


async def _edit(call: StepCall, api: Api, wait: Wait) -> dict[str, Any]:
    """An edit names everything that is to stay: a file left out would be dropped."""
    kept = _kept_files(call)
    fresh = [media for media in call.media if media.asset not in kept]
    ids = await upload_all(fresh, _focus(call), api, wait)
    poll = call.content.poll
    kept |= {media.asset: media_id for media, media_id in zip(fresh, ids, strict=True)}
    return {
        **_words(call),
        **({"poll": _poll(poll)} if poll is not None else {}),
        "media_ids": [kept[media.asset] for media in call.media],
        "media_attributes": [_attributes(kept[media.asset], media) for media in call.media],
    }


def _kept_files(call: StepCall) -> dict[str, str]:
    extra = call.target.extra.get(ASSETS, "") if call.target is not None else ""
    return {str(asset): str(media_id) for asset, media_id in json.loads(extra or "{}").items()}


def _attributes(media_id: str, media: Media) -> dict[str, str]:
    return {"id": media_id, "description": media.alt}


def _focus(call: StepCall) -> str:
    return FOCUS_POINTS.get(call.content.options.get(FOCUS, ""), "")


def request(call: StepCall, session: Mapping[str, str]) -> Request:
    server, headers = call.account.server, signed(session)
    if call.kind in {"edit", "delete"} and call.target is not None:
        url = address(server, f"/api/v1/statuses/{call.target.id}")
        if call.kind == "delete":
            return Request("DELETE", url, headers)
        data = {name: value for name, value in call.frozen.items() if name != "language" or value}
        return Request.json("PUT", url, data, headers)
    data = {name: value for name, value in call.frozen.items() if value not in ("", [])}
    url = address(server, "/api/v1/statuses")
    return Request.json("POST", url, data, {**headers, "Idempotency-Key": call.key})


def remote(status: Mapping[str, Any], call: StepCall | None = None) -> Remote:
    """A status as we remember it."""
    extra = {"visibility": str(status.get("visibility", ""))}
    if call is not None and call.media:
        ids = call.frozen.get("media_ids", ())
        files = {media.asset: media_id for media, media_id in zip(call.media, ids, strict=False)}
        extra[ASSETS] = json.dumps(files, separators=(",", ":"))
    return Remote(str(status["id"]), str(status.get("url") or status.get("uri") or ""), extra)
