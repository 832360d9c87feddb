"""Pinterest as an ASGI application: its API below /v5, its sign-in page, its store for films."""

import re
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tesselle.connectors.sandbox.contract import SandboxAccount
from tesselle.networks.pinterest import SCOPES
from tesselle.networks.pinterest.sandbox import wire
from tesselle.networks.pinterest.sandbox.boards import Boards
from tesselle.networks.pinterest.sandbox.films import Films
from tesselle.networks.pinterest.sandbox.pins import Pins
from tesselle.networks.pinterest.sandbox.signing_in import SigningIn
from tesselle.simulation.faults import Effect, Fault
from tesselle.simulation.network import SimAccount, SimulatedNetwork

BOARDS = ("Réalisations", "Idées de salles de bains")
SECTIONS = ("Cuisines", "Terrasses")
_UPLOAD = re.compile(r"/media-upload/(?P<account>\d+)/$")

Handler = Callable[[Request, SimAccount], Awaitable[Response]]


def make_app(network: SimulatedNetwork) -> Starlette:
    boards, films, signing_in = Boards(network), Films(network), SigningIn(network)
    pins = Pins(network, boards, films)

    async def user_account(request: Request, account: SimAccount) -> Response:
        return JSONResponse(
            wire.account_json(account, await pins.number_of(account), await boards.of(account))
        )

    def route(path: str, handler: Handler, method: str, *scopes: str) -> Route:
        async def answered(request: Request) -> Response:
            try:
                return await handler(request, await wire.demand(request, network, *scopes))
            except wire.ProblemError as problem:
                return problem.response

        return Route(f"/v5{path}", answered, methods=[method])

    reads, writes = ("boards:read", "pins:read"), ("boards:read", "boards:write", "pins:read", "pins:write")
    return Starlette(
        routes=[
            Route("/oauth/", signing_in.pages.authorize, methods=["GET"]),
            Route("/oauth/", signing_in.pages.approve, methods=["POST"]),
            Route("/v5/oauth/token", signing_in.token, methods=["POST"]),
            Route("/media-upload/{account}/", films.put, methods=["POST"]),
            route("/user_account", user_account, "GET", "user_accounts:read"),
            route("/boards", boards.listed, "GET", "boards:read"),
            route("/boards", boards.create, "POST", "boards:read", "boards:write"),
            route("/boards/{id}", boards.read, "GET", "boards:read"),
            route("/boards/{id}/sections", boards.sections, "GET", "boards:read"),
            route("/boards/{id}/sections", boards.create_section, "POST", "boards:read", "boards:write"),
            route("/boards/{board}/pins", pins.listed, "GET", *reads),
            route("/pins", pins.listed, "GET", *reads),
            route("/pins", pins.create, "POST", *writes),
            route("/pins/{id}", pins.read, "GET", *reads),
            route("/pins/{id}/analytics", pins.analytics, "GET", *reads),
            route("/pins/{id}", pins.remove, "DELETE", *writes),
            route("/media", films.register, "POST", "pins:read", "pins:write"),
            route("/media/{id}", films.read, "GET", "pins:read"),
        ]
    )


def own_answer(effect: Effect, fault: Fault, network: SimulatedNetwork) -> Response:
    match effect:
        case Effect.THROTTLE:
            message = "This request exceeded a rate limit. Please reduce the frequency of requests."
            response = wire.ProblemError(429, 8, message).response
            seconds = max(1, round(fault.seconds))
            response.headers["x-ratelimit-limit"] = "100, 100;w=1, 1000;w=60"
            response.headers["x-ratelimit-remaining"] = "0"
            response.headers["x-ratelimit-reset"] = str(seconds)
            return response
        case Effect.EXPIRED:
            return wire.unsigned().response
        case _:
            return wire.ProblemError(400, 235, "Sorry! We could not use this image.").response


async def account_of(request: Request, network: SimulatedNetwork) -> str:
    """The store knows only the place that was made for the file."""
    if put := _UPLOAD.search(request.url.path):
        return put["account"]
    kept = await network.kept("tokens", wire.bearer(request))
    return str(kept["account"]) if kept is not None else ""


async def open_account(
    network: SimulatedNetwork, base: str, handle: str, display_name: str, *, kind: str = "business"
) -> SandboxAccount:
    """With two boards, the first in sections, and a token as the developers' pages generate it."""
    number = await network.next_id("accounts")
    account = SimAccount(str(700_000_000_000 + number), handle, display_name, facts={"kind": kind})
    await network.add_account(account)
    boards = Boards(network)
    made = [await boards.make(account, name) for name in BOARDS]
    for name in SECTIONS:
        await boards.make_section(str(made[0]["id"]), name)
    token = f"pina_pasted{number}"
    await network.keep(
        "tokens", token, {"account": account.id, "app": "Tesselle", "scopes": " ".join(SCOPES)}
    )
    return SandboxAccount(account.id, base, {"server": base, "access_token": token})
