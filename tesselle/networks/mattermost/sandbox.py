"""A make-believe Mattermost server that takes incoming webhooks."""

import hashlib
import json
import re
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from tesselle.connectors.sandbox.contract import Operation, Sandbox, SandboxAccount
from tesselle.networks.mattermost import limits
from tesselle.simulation.faults import Effect, Fault
from tesselle.simulation.network import SimAccount, SimulatedNetwork

HOST = "mattermost.example"
_PATH = re.compile(r"/hooks/(?P<hook>\w+)$")


class RefusedError(Exception):
    """Why a message is not taken. `name`: what the application calls it, before the web layer."""

    def __init__(self, status: int, name: str) -> None:
        super().__init__(name)
        self.status = status
        self.name = name

    def response(self, hook: str = "") -> Response:
        """As today's servers answer: one id for all reasons, and the webhook's own secret in the
        sentence. Only what is no JSON has an id of its own."""
        name = "decode" if self.name == "decode" else "general"
        about = f"Failed to handle the payload of media type application/json for incoming webhook {hook}."
        body = {
            "id": f"web.incoming_webhook.{name}.app_error",
            "message": about,
            "detailed_error": "",
            "request_id": "",
            "status_code": self.status,
        }
        return JSONResponse(body, self.status)


class Server:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def ping(self, _request: Request) -> Response:
        return JSONResponse({"status": "OK"})

    async def post(self, request: Request) -> Response:
        try:
            # The message is looked at before the webhook is looked up.
            message = await _message(request)
            if "webhooks_disabled" in self._network.flags:
                raise RefusedError(501, "disabled")
            if not message.get("text") and message.get("attachments") is None:
                raise RefusedError(400, "text")
            await self._keep(await self._place(await self._account(request), message), message)
        except RefusedError as refused:
            return refused.response(request.path_params["hook"])
        return PlainTextResponse("ok", headers={"X-Request-Id": str(await self._network.next_id("requests"))})

    async def _account(self, request: Request) -> SimAccount:
        account = await self._network.account_with("hook", request.path_params["hook"])
        if account is None:
            raise RefusedError(400, "invalid")
        if account.facts.get("archived"):
            raise RefusedError(404, "channel")
        if account.facts.get("owner_gone"):
            raise RefusedError(403, "user")
        return account

    async def _place(self, account: SimAccount, message: dict[str, Any]) -> SimAccount:
        """A message may name another channel, unless its webhook is locked to its own."""
        wanted = str(message.get("channel") or "").removeprefix("#")
        if not wanted or wanted == account.handle:
            return account
        named = [one for one in await self._network.accounts() if one.handle == wanted]
        if not named:
            raise RefusedError(404, "channel")
        if account.facts.get("locked"):
            raise RefusedError(403, "channel_locked")
        return named[0]

    async def _keep(self, account: SimAccount, message: dict[str, Any]) -> None:
        """Text longer than a post holds goes on in the next one."""
        most = int(account.facts.get("longest", limits.POST_RUNES))
        text = str(message.get("text") or "")
        data = {
            "attachments": message.get("attachments") or [],
            "username": str(message.get("username") or ""),
        }
        for start in range(0, max(len(text), 1), most):
            number = await self._network.next_id("posts")
            piece = text[start : start + most]
            await self._network.add_post(
                self._network.new_post(f"{account.id}/{number}", account.id, piece, data=data)
            )


async def _message(request: Request) -> dict[str, Any]:
    if request.headers.get("content-type", "").startswith("application/json"):
        raw = (await request.body()).decode("utf-8", "replace")
    else:
        async with request.form() as form:
            raw = str(form.get("payload", ""))
    try:
        message = json.loads(raw)
    except ValueError:
        raise RefusedError(400, "decode") from None
    if not isinstance(message, dict):
        raise RefusedError(400, "decode")
    return message


def make_app(network: SimulatedNetwork) -> Starlette:
    server = Server(network)
    return Starlette(
        routes=[
            Route("/hooks/{hook}", server.post, methods=["POST"]),
            Route("/api/v4/system/ping", server.ping),
        ]
    )


def own_answer(effect: Effect, fault: Fault, network: SimulatedNetwork) -> Response:
    match effect:
        case Effect.THROTTLE:
            seconds = str(max(1, round(fault.seconds)))
            headers = {"X-Ratelimit-Limit": "10", "X-Ratelimit-Remaining": "0", "X-Ratelimit-Reset": seconds}
            return PlainTextResponse("limit exceeded", 429, headers)
        case Effect.EXPIRED:
            return RefusedError(400, "invalid").response()
        case _:
            return RefusedError(400, "decode").response()


async def account_of(request: Request, network: SimulatedNetwork) -> str:
    found = _PATH.search(request.url.path)
    account = await network.account_with("hook", found["hook"]) if found else None
    return account.id if account else ""


async def open_account(
    network: SimulatedNetwork, base: str, handle: str, display_name: str, *, longest: int = 0
) -> SandboxAccount:
    """A channel with its webhook. `longest`: a server whose posts hold less than usual."""
    number = await network.next_id("hooks")
    hook = hashlib.sha256(f"{handle}/{number}".encode()).hexdigest()[:26]
    facts = {"longest": longest} if longest else {}
    account = SimAccount(f"channel{number}", handle, display_name, secrets={"hook": hook}, facts=facts)
    await network.add_account(account)
    answers = {"address": f"{base}/hooks/{hook}", "name": f"~{handle}", "longest": str(longest or "")}
    return SandboxAccount(account.id, base, {name: value for name, value in answers.items() if value})


SANDBOX = Sandbox(
    slug="mattermost",
    host=HOST,
    operations=(
        Operation("create", "POST", _PATH),
        Operation("identify", "GET", re.compile(r"/api/v4/system/ping$")),
    ),
    make_app=make_app,
    own_answer=own_answer,
    account_of=account_of,
    open_account=open_account,
)
