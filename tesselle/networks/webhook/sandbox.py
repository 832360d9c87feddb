"""A make-believe receiver: checks signatures by itself, drops repeats, keeps posts."""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from tesselle.connectors.sandbox.contract import Operation, Sandbox, SandboxAccount
from tesselle.networks.webhook import limits
from tesselle.simulation.faults import Effect, Fault
from tesselle.simulation.network import SimAccount, SimPost, SimulatedNetwork

HOST = "webhook.example"
TOLERANCE_SECONDS = 300
_PATH = re.compile(r"/hooks/(?P<receiver>\w+)$")


class RefusedError(Exception):
    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.response = JSONResponse({"error": why}, status)


class Receiver:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def take(self, request: Request) -> Response:
        try:
            account = await self._network.account(request.path_params["receiver"])
            if account is None:
                raise RefusedError(404, "no such receiver")
            body = await request.body()
            self._verify(account, request.headers, body)
            return await self._once(account, request.headers["webhook-id"], body)
        except RefusedError as refused:
            return refused.response

    def _verify(self, account: SimAccount, headers: Mapping[str, str], body: bytes) -> None:
        """By the specification, over the raw bytes; unknown versions are skipped."""
        if len(body) > limits.BODY_BYTES:
            raise RefusedError(413, "too large")
        stamp = headers.get("webhook-timestamp", "")
        now = self._network.clock().timestamp()
        if not stamp.isdecimal() or abs(now - int(stamp)) > TOLERANCE_SECONDS:
            raise RefusedError(401, "timestamp")
        key = base64.b64decode(account.secrets["secret"].removeprefix("whsec_"))
        signed = b".".join((headers.get("webhook-id", "").encode(), stamp.encode(), body))
        wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        given = [part.partition(",") for part in headers.get("webhook-signature", "").split()]
        if not any(version == "v1" and hmac.compare_digest(sent, wanted) for version, _, sent in given):
            raise RefusedError(401, "signature")

    async def _once(self, account: SimAccount, event_id: str, body: bytes) -> Response:
        """A repeated event is answered as the first one was, and does nothing."""
        if await self._network.kept("events", event_id) is None:
            await self._act(account, event_id, _event(body))
            await self._network.keep("events", event_id, {"receiver": account.id})
        return JSONResponse({"id": event_id})

    async def _act(self, account: SimAccount, event_id: str, event: Mapping[str, Any]) -> None:
        data = event["data"]
        match event.get("type"):
            case "post.published":
                post = self._network.new_post(
                    str(data["id"]), account.id, data["text"], title=data.get("title", ""), data=dict(event)
                )
                await self._network.add_post(post)
            case "post.updated":
                post = await self._stored(data)
                await self._network.save_post(replace(post, text=data["text"], title=data.get("title", "")))
            case "post.deleted":
                await self._network.remove_post((await self._stored(data)).id)

    async def _stored(self, data: Mapping[str, Any]) -> SimPost:
        post = await self._network.stored_post(str(data["id"]))
        if post is None:
            raise RefusedError(422, "no such post")
        return post


def _event(body: bytes) -> Mapping[str, Any]:
    try:
        event = json.loads(body)
        data = event["data"]
        text, title = str(data.get("text", "")), str(data.get("title", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise RefusedError(400, "no event") from None
    if len(text.encode("utf-8")) > limits.TEXT_BYTES or len(title.encode("utf-8")) > limits.TITLE_BYTES:
        raise RefusedError(422, "too long")
    if event.get("type") != "post.deleted" and not text.strip():
        raise RefusedError(422, "no text")
    return {"type": event.get("type"), "timestamp": event.get("timestamp"), "data": data}


def make_app(network: SimulatedNetwork) -> Starlette:
    receiver = Receiver(network)
    return Starlette(routes=[Route("/hooks/{receiver}", receiver.take, methods=["POST"])])


def own_answer(effect: Effect, fault: Fault, network: SimulatedNetwork) -> Response:
    match effect:
        case Effect.THROTTLE:
            return PlainTextResponse("", 429, {"Retry-After": str(max(1, round(fault.seconds)))})
        case Effect.EXPIRED:
            return RefusedError(401, "signature").response
        case _:
            return RefusedError(413, "too large").response


async def account_of(request: Request, network: SimulatedNetwork) -> str:
    found = _PATH.search(request.url.path)
    return found["receiver"] if found else ""


async def open_account(
    network: SimulatedNetwork, base: str, handle: str, display_name: str
) -> SandboxAccount:
    """A receiver with a secret of its own."""
    number = await network.next_id("receivers")
    digest = hashlib.sha256(f"{handle}/{number}".encode()).digest()
    receiver, secret = digest.hex()[:20], f"whsec_{base64.b64encode(digest).decode()}"
    await network.add_account(SimAccount(receiver, handle, display_name, secrets={"secret": secret}))
    address = f"{base}/hooks/{receiver}"
    return SandboxAccount(receiver, base, {"address": address, "secret": secret, "name": display_name})


SANDBOX = Sandbox(
    slug="webhook",
    host=HOST,
    operations=(Operation("create", "POST", _PATH),),
    make_app=make_app,
    own_answer=own_answer,
    account_of=account_of,
    open_account=open_account,
)
