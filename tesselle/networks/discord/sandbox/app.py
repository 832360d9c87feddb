"""The calls: `/api/v10/webhooks/<id>/<token>` and its messages."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tesselle.connectors.sandbox.contract import SandboxAccount
from tesselle.networks.discord import limits
from tesselle.networks.discord.sandbox.rules import RefusedError, check_embeds, fits, invalid
from tesselle.simulation.faults import Effect, Fault
from tesselle.simulation.network import SimAccount, SimPost, SimulatedNetwork

EPOCH_MS = 1_420_070_400_000
"""Discord's numbers begin in 2015: milliseconds, then 22 bits."""

_PATH = re.compile(r"/webhooks/(?P<id>\d+)/(?P<token>[\w-]+)")

Handler = Callable[[Request, SimAccount], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Sent:
    """A body: its JSON, and the files beside it by their index."""

    fields: Mapping[str, Any]
    files: Mapping[int, tuple[str, str, int]]


class Webhooks:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def about(self, _request: Request, account: SimAccount) -> Response:
        return JSONResponse(
            {
                "application_id": None,
                "avatar": None,
                "channel_id": account.facts["channel"],
                "guild_id": account.facts["guild"],
                "id": account.id,
                "name": account.name,
                "type": account.facts.get("type", 1),
                "token": account.secrets["token"],
            }
        )

    async def create(self, request: Request, account: SimAccount) -> Response:
        sent = await _sent(request)
        thread = self._thread(request, account, sent.fields)
        data = {"channel": thread, **self._words(sent.fields), "files": self._files(sent)}
        if not data["content"] and not data["embeds"] and not data["files"]:
            raise RefusedError(400, 50006, "Cannot send an empty message")
        post = self._post(await self._number(), account, data)
        await self._network.add_post(post)
        if request.query_params.get("wait", "").lower() not in {"true", "1"}:
            return Response(status_code=204)
        return JSONResponse(self._shown(post, account))

    async def read(self, request: Request, account: SimAccount) -> Response:
        return JSONResponse(self._shown(await self._stored(request, account), account))

    async def change(self, request: Request, account: SimAccount) -> Response:
        post, sent = await self._stored(request, account), await _sent(request)
        words = self._words({"content": post.text, "embeds": post.data["embeds"], **sent.fields})
        data = {**post.data, **words, "edited": self._network.clock().isoformat()}
        if "attachments" in sent.fields:
            kept = {str(one.get("id")) for one in sent.fields["attachments"]}
            data["files"] = [file for file in post.data["files"] if file["id"] in kept]
        changed = replace(post, text=data["content"], data=data, media=_media(data["files"]))
        await self._network.save_post(changed)
        return JSONResponse(self._shown(changed, account))

    async def remove(self, request: Request, account: SimAccount) -> Response:
        post = await self._stored(request, account)
        await self._network.remove_post(post.id)
        return Response(status_code=204)

    # what is taken

    def _thread(self, request: Request, account: SimAccount, fields: Mapping[str, Any]) -> str:
        """The channel a message lands in: the webhook's own, a thread's, or a new forum post's."""
        thread, name = request.query_params.get("thread_id", ""), str(fields.get("thread_name") or "").strip()
        if thread and name:
            raise RefusedError(400, 220002, "Webhooks can only have one of thread_name and thread_id")
        if account.facts.get("forum") and not (thread or name):
            raise RefusedError(400, 220001, "Webhooks posted to forum channels must have a thread_name")
        if name and not account.facts.get("forum"):
            raise RefusedError(400, 220003, "Webhooks can only create threads in forum channels")
        if name:
            if len(name) > limits.THREAD_NAME:
                raise invalid("thread_name", "BASE_TYPE_BAD_LENGTH")
            return str(_snowflake(self._network.clock(), 7))
        return thread or str(account.facts["channel"])

    def _words(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        content = fits("content", fields.get("content"), limits.CONTENT_UNITS)
        embeds = check_embeds(fields.get("embeds") or [])
        called = fields.get("allowed_mentions", {"parse": ["users", "roles", "everyone"]})
        flags = int(fields.get("flags") or 0)
        return {"content": content, "embeds": embeds, "called": called, "flags": flags}

    def _files(self, sent: Sent) -> list[dict[str, Any]]:
        if len(sent.files) > limits.FILES:
            raise invalid("files", "BASE_TYPE_MAX_LENGTH")
        told = {int(one["id"]): one for one in sent.fields.get("attachments") or ()}
        files = []
        for index, (filename, mime, size) in sorted(sent.files.items()):
            if size > limits.FILE_BYTES:
                raise RefusedError(413, 40005, "Request entity too large")
            alt = fits("attachments", told.get(index, {}).get("description"), limits.ALT_UNITS)
            number = str(_snowflake(self._network.clock(), index))
            files.append({"id": number, "filename": filename, "mime": mime, "size": size, "alt": alt})
        return files

    async def _number(self) -> int:
        return _snowflake(self._network.clock(), await self._network.next_id("messages"))

    def _post(self, number: int, account: SimAccount, data: Mapping[str, Any]) -> SimPost:
        return self._network.new_post(
            str(number), account.id, data["content"], data=data, media=_media(data["files"])
        )

    async def _stored(self, request: Request, account: SimAccount) -> SimPost:
        post = await self._network.post(request.path_params["message"])
        if post is None or post.account_id != account.id:
            raise RefusedError(404, 10008, "Unknown Message")
        channel = post.data.get("channel", account.facts["channel"])
        asked = request.query_params.get("thread_id", account.facts["channel"])
        if asked != channel:
            raise RefusedError(404, 10008, "Unknown Message")
        return post

    # what is shown

    def _shown(self, post: SimPost, account: SimAccount) -> dict[str, Any]:
        message = {
            "id": post.id,
            "type": 0,
            "content": post.text,
            "channel_id": post.data.get("channel", account.facts["channel"]),
            "author": {
                "id": account.id,
                "username": account.name,
                "avatar": None,
                "discriminator": "0000",
                "bot": True,
            },
            "attachments": [self._attachment(file) for file in post.data.get("files", ())],
            "embeds": [{"type": "rich", **embed} for embed in post.data.get("embeds", ())],
            "mentions": [],
            "mention_roles": [],
            "mention_everyone": False,
            "pinned": False,
            "tts": False,
            "timestamp": post.created_at.isoformat(),
            "edited_timestamp": post.data.get("edited"),
            "flags": post.data.get("flags", 0),
            "components": [],
            "webhook_id": account.id,
        }
        count = post.figures.get("reactions", 0)
        if count:
            emoji = {"id": None, "name": "👍"}
            details = {"burst": 0, "normal": count}
            message["reactions"] = [
                {
                    "count": count,
                    "emoji": emoji,
                    "count_details": details,
                    "me": False,
                    "me_burst": False,
                    "burst_colors": [],
                }
            ]
        return message

    def _attachment(self, file: Mapping[str, Any]) -> dict[str, Any]:
        url = f"https://cdn.discord.example/attachments/{file['id']}/{file['filename']}"
        shown = {name: file[name] for name in ("id", "filename", "size")}
        described = {"description": file["alt"]} if file["alt"] else {}
        return {**shown, "url": url, "proxy_url": url, "content_type": file["mime"], **described}


def _snowflake(now: datetime, number: int) -> int:
    return ((int(now.timestamp() * 1000) - EPOCH_MS) << 22) + number


def _media(files: list[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    return tuple({"mime": file["mime"], "alt": file["alt"]} for file in files)


async def _sent(request: Request) -> Sent:
    """JSON, or a form with `payload_json` and `files[n]`."""
    if not request.headers.get("content-type", "").startswith("multipart/"):
        return Sent(_parsed((await request.body()).decode("utf-8", "replace")), {})
    files: dict[int, tuple[str, str, int]] = {}
    fields: Mapping[str, Any] = {}
    async with request.form(max_files=100) as form:
        for name, value in form.multi_items():
            found = re.fullmatch(r"files\[(\d+)\]", name)
            if isinstance(value, UploadFile) and found:
                files[int(found[1])] = (value.filename or "file", value.content_type or "", value.size or 0)
            elif name == "payload_json":
                raw = await value.read() if isinstance(value, UploadFile) else value
                fields = _parsed(raw if isinstance(raw, str) else raw.decode())
    return Sent(fields, files)


def _parsed(raw: str) -> Mapping[str, Any]:
    try:
        fields = json.loads(raw)
    except ValueError:
        raise RefusedError(400, 50109, "The request body contains invalid JSON.") from None
    if not isinstance(fields, dict):
        raise RefusedError(400, 50109, "The request body contains invalid JSON.")
    return fields


def make_app(network: SimulatedNetwork) -> Starlette:
    webhooks, base = Webhooks(network), "/api/v10/webhooks/{id:int}/{token}"

    def route(path: str, handler: Handler, method: str) -> Route:
        async def answered(request: Request) -> Response:
            try:
                return await handler(request, await _account(request, network))
            except RefusedError as refused:
                return refused.response

        return Route(path, answered, methods=[method])

    return Starlette(
        routes=[
            route(base, webhooks.about, "GET"),
            route(base, webhooks.create, "POST"),
            route(f"{base}/messages/{{message}}", webhooks.read, "GET"),
            route(f"{base}/messages/{{message}}", webhooks.change, "PATCH"),
            route(f"{base}/messages/{{message}}", webhooks.remove, "DELETE"),
        ]
    )


async def _account(request: Request, network: SimulatedNetwork) -> SimAccount:
    account = await network.account(str(request.path_params["id"]))
    if account is None:
        raise RefusedError(404, 10015, "Unknown Webhook")
    if account.secrets["token"] != request.path_params["token"]:
        raise RefusedError(401, 50027, "Invalid Webhook Token")
    return account


def own_answer(effect: Effect, fault: Fault, network: SimulatedNetwork) -> Response:
    match effect:
        case Effect.THROTTLE:
            seconds = max(fault.seconds, 0.1)
            headers = {
                "Retry-After": str(max(1, round(seconds))),
                "X-RateLimit-Limit": "5",
                "X-RateLimit-Remaining": "0",
                "X-RateLimit-Reset-After": f"{seconds:.3f}",
                "X-RateLimit-Scope": "shared",
                "Via": "1.1 google",
            }
            body = {"message": "You are being rate limited.", "retry_after": seconds, "global": False}
            return JSONResponse(body, 429, headers)
        case Effect.EXPIRED:
            return RefusedError(404, 10015, "Unknown Webhook").response
        case _:
            return RefusedError(413, 40005, "Request entity too large").response


async def account_of(request: Request, network: SimulatedNetwork) -> str:
    found = _PATH.search(request.url.path)
    return found["id"] if found else ""


async def open_account(
    network: SimulatedNetwork, base: str, handle: str, display_name: str, *, forum: bool = False
) -> SandboxAccount:
    """A channel with its webhook. `forum`: a channel that takes posts with a title only."""
    number = await network.next_id("hooks")
    hook, token = str(1_100_000_000_000_000_000 + number), f"practice-{handle}-{number}".replace(".", "-")
    facts = {"guild": "1100000000000000001", "channel": str(1_200_000_000_000_000_000 + number)}
    await network.add_account(
        SimAccount(hook, handle, display_name, secrets={"token": token}, facts={**facts, "forum": forum})
    )
    return SandboxAccount(hook, base, {"address": f"{base}/api/webhooks/{hook}/{token}"})
