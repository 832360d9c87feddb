"""The make-believe network as an ASGI application."""

from datetime import timedelta

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tesselle.connectors.http.asgi_transport import AsgiApp
from tesselle.connectors.sandbox.contract import SandboxAccount
from tesselle.connectors.sandbox.oauth2 import PRACTICE_ID, PRACTICE_SECRET, Manner, OAuthPages
from tesselle.networks.x.sandbox.media import MediaDesk
from tesselle.networks.x.sandbox.posts import Posts
from tesselle.networks.x.sandbox.views import Views
from tesselle.networks.x.sandbox.wire import Refusal, answer_refusal, bearer, problem
from tesselle.simulation.faults import Effect, Fault
from tesselle.simulation.network import SimAccount, SimulatedNetwork

SCOPES = "tweet.read tweet.write users.read media.write offline.access"
CODE_SECONDS = 30
ACCESS_SECONDS = 7_200


def manner_of(request: Request) -> Manner:
    return Manner(
        needs_pkce=True,
        client_in="basic",
        access_seconds=ACCESS_SECONDS,
        refresh="rotated",
        code_seconds=CODE_SECONDS,
    )


def make_app(network: SimulatedNetwork) -> AsgiApp:
    views, media = Views(network), MediaDesk(network)
    posts, pages = Posts(network, views, media), OAuthPages(network, manner_of)
    return Starlette(
        routes=[
            Route("/2/tweets", posts.create, methods=["POST"]),
            Route("/2/tweets", views.batch, methods=["GET"]),
            Route("/2/tweets/search/recent", views.search, methods=["GET"]),
            Route("/2/tweets/{id}", views.post, methods=["GET"]),
            Route("/2/tweets/{id}", posts.delete, methods=["DELETE"]),
            Route("/2/users/me", views.me, methods=["GET"]),
            Route("/2/users/{id}/tweets", views.timeline, methods=["GET"]),
            Route("/2/media/upload", media.status, methods=["GET"]),
            Route("/2/media/upload", media.at_once, methods=["POST"]),
            Route("/2/media/upload/initialize", media.initialize, methods=["POST"]),
            Route("/2/media/upload/{id}/append", media.append, methods=["POST"]),
            Route("/2/media/upload/{id}/finalize", media.finalize, methods=["POST"]),
            Route("/2/media/metadata", media.metadata, methods=["POST"]),
            Route("/i/oauth2/authorize", pages.authorize, methods=["GET"]),
            Route("/i/oauth2/authorize", pages.approve, methods=["POST"]),
            Route("/2/oauth2/token", pages.token, methods=["POST"]),
            Route("/2/oauth2/revoke", pages.revoke, methods=["POST"]),
        ],
        exception_handlers={Refusal: answer_refusal},
    )


def own_answer(effect: Effect, fault: Fault, network: SimulatedNetwork) -> Response:
    if effect is Effect.THROTTLE:
        reset = int((network.clock() + timedelta(seconds=fault.seconds)).timestamp()) + 1
        headers = {
            "x-rate-limit-limit": "100",
            "x-rate-limit-remaining": "0",
            "x-rate-limit-reset": str(reset),
        }
        return JSONResponse(problem(429, "Too Many Requests", "Too Many Requests"), 429, headers)
    if effect is Effect.EXPIRED:
        return JSONResponse(problem(401, "Unauthorized", "Unauthorized"), 401)
    return JSONResponse(problem(400, "Invalid Request", "Your media IDs are invalid."), 400)


async def account_of(request: Request, network: SimulatedNetwork) -> str:
    kept = await network.kept("tokens", bearer(request))
    return str(kept["account"]) if kept is not None else ""


async def open_account(
    network: SimulatedNetwork, base: str, handle: str, name: str, *, kind: str = "standard"
) -> SandboxAccount:
    """Signed in already, with what a sign-in brings."""
    number = await network.next_id("accounts")
    subscription = "Premium" if kind == "premium" else "None"
    account = SimAccount(str(10**9 + number), handle, name, facts={"subscription": subscription})
    token, refresh = f"first-token-{number}", f"first-refresh-{number}"
    grant = {"client_id": PRACTICE_ID, "account": account.id, "scopes": SCOPES}
    await network.add_account(account)
    await network.keep("tokens", token, {"account": account.id, "app": "Tesselle", "scopes": SCOPES})
    await network.keep("refresh", refresh, grant)
    answers = {
        "server": base,
        "access_token": token,
        "refresh_token": refresh,
        "scope": SCOPES,
        "way": "account",
        "client_id": PRACTICE_ID,
        "client_secret": PRACTICE_SECRET,
        "base": base,
    }
    return SandboxAccount(account.id, base, answers)
