"""A make-believe Slack that takes incoming webhooks: one word as the answer, nothing to read."""

import json
import re
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from tesselle.connectors.sandbox.contract import Operation, Sandbox, SandboxAccount
from tesselle.networks.slack import limits
from tesselle.simulation.faults import Effect, Fault
from tesselle.simulation.network import SimAccount, SimulatedNetwork

HOST = "hooks.slack.example"
MOST_ATTACHMENTS = 100
_PATH = re.compile(r"/services/(?P<team>\w+)/(?P<hook>\w+)/(?P<secret>\w+)$")
_CALLED = re.compile(r"<!(\w+)")


class RefusedError(Exception):
    """Answered instead of `ok`."""

    def __init__(self, status: int, word: str) -> None:
        super().__init__(word)
        self.response = PlainTextResponse(word, status)


class Hooks:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def post(self, request: Request) -> Response:
        try:
            account = await self._account(request)
            await self._keep(account, await _message(request))
        except RefusedError as refused:
            return refused.response
        return PlainTextResponse("ok")

    async def _account(self, request: Request) -> SimAccount:
        path = request.path_params
        account = await self._network.account(f"{path['team']}/{path['hook']}")
        if account is None:
            raise RefusedError(404, "no_service")
        if account.secrets.get("secret") != path["secret"]:
            raise RefusedError(403, "invalid_token")
        if account.facts.get("archived"):
            raise RefusedError(410, "channel_is_archived")
        return account

    async def _keep(self, account: SimAccount, message: dict[str, Any]) -> None:
        """One message, or several where the text is longer than one holds."""
        text, attachments = str(message.get("text") or ""), message.get("attachments") or []
        if not text.strip() and not attachments:
            raise RefusedError(400, "no_text")
        if len(attachments) > MOST_ATTACHMENTS:
            raise RefusedError(400, "too_many_attachments")
        data = {
            "sent": text,
            "called": _CALLED.findall(text),
            "attachments": attachments,
            "mrkdwn": message.get("mrkdwn", True),
            "unfurl_links": message.get("unfurl_links", False),
        }
        for piece in pieces(shown(text)):
            number = await self._network.next_id("messages")
            post = self._network.new_post(f"{account.id}/{number}", account.id, piece, data=data)
            await self._network.add_post(post)


async def _message(request: Request) -> dict[str, Any]:
    """JSON, or a form whose field `payload` is JSON."""
    if request.headers.get("content-type", "").startswith("application/json"):
        raw = (await request.body()).decode("utf-8", "replace")
    else:
        async with request.form() as form:
            raw = str(form.get("payload", ""))
    try:
        message = json.loads(raw)
    except ValueError:
        raise RefusedError(400, "invalid_payload") from None
    if not isinstance(message, dict):
        raise RefusedError(400, "invalid_payload")
    return message


def shown(text: str) -> str:
    """What readers see of the three escaped signs."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def pieces(text: str) -> list[str]:
    """As many messages as the text needs; a sign outside the first plane counts two."""
    found, piece, used = [], "", 0
    for sign in text[: limits.CUT_AT]:
        weight = 2 if ord(sign) > 0xFFFF else 1
        if used + weight > limits.ONE_MESSAGE:
            found.append(piece)
            piece, used = "", 0
        piece, used = piece + sign, used + weight
    return [*found, piece]


def make_app(network: SimulatedNetwork) -> Starlette:
    hooks = Hooks(network)
    return Starlette(routes=[Route("/services/{team}/{hook}/{secret}", hooks.post, methods=["POST"])])


def own_answer(effect: Effect, fault: Fault, network: SimulatedNetwork) -> Response:
    match effect:
        case Effect.THROTTLE:
            seconds = str(max(1, round(fault.seconds)))
            return PlainTextResponse("rate_limited", 429, {"Retry-After": seconds})
        case Effect.EXPIRED:
            return PlainTextResponse("no_service", 404)
        case _:
            return PlainTextResponse("invalid_blocks", 400)


async def account_of(request: Request, network: SimulatedNetwork) -> str:
    found = _PATH.search(request.url.path)
    return f"{found['team']}/{found['hook']}" if found else ""


async def open_account(
    network: SimulatedNetwork, base: str, handle: str, display_name: str
) -> SandboxAccount:
    """A channel with its webhook."""
    number = await network.next_id("hooks")
    team, hook, secret = "T0PRACTICE", f"B{number:09d}", f"practice{number:016d}"
    account = SimAccount(f"{team}/{hook}", handle, display_name, secrets={"secret": secret})
    await network.add_account(account)
    address = f"{base}/services/{account.id}/{secret}"
    return SandboxAccount(account.id, base, {"address": address, "name": f"#{handle}"})


SANDBOX = Sandbox(
    slug="slack",
    host=HOST,
    operations=(Operation("create", "POST", _PATH),),
    make_app=make_app,
    own_answer=own_answer,
    account_of=account_of,
    open_account=open_account,
)
