"""A make-believe server as an ASGI application; cousins answer below a path of their own."""

from collections.abc import MutableMapping
from datetime import timedelta
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tesselle.connectors.http.asgi_transport import AsgiApp
from tesselle.connectors.sandbox.contract import SandboxAccount
from tesselle.networks.mastodon.sandbox.files import Files
from tesselle.networks.mastodon.sandbox.messages import Messages
from tesselle.networks.mastodon.sandbox.oauth import OAuth
from tesselle.networks.mastodon.sandbox.profiles import PROFILES
from tesselle.networks.mastodon.sandbox.shapes import stamp
from tesselle.networks.mastodon.sandbox.statuses import Statuses
from tesselle.networks.mastodon.sandbox.views import Views
from tesselle.networks.mastodon.sandbox.wire import answer_refusal, bearer
from tesselle.simulation.faults import Effect, Fault
from tesselle.simulation.network import SimAccount, SimulatedNetwork

APP_NAME = "Tesselle"


def make_app(network: SimulatedNetwork) -> AsgiApp:
    views, files, oauth = Views(network), Files(network), OAuth(network)
    statuses, messages = Statuses(network, views, files), Messages(network, views)
    app = Starlette(
        routes=[
            Route("/api/v1/statuses", statuses.create, methods=["POST"]),
            Route("/api/v1/statuses/{id}", views.status, methods=["GET"]),
            Route("/api/v1/accounts/{id}/statuses", views.statuses_of, methods=["GET"]),
            Route("/api/v1/statuses", views.batch, methods=["GET"]),
            Route("/api/v1/statuses/{id}", statuses.edit, methods=["PUT"]),
            Route("/api/v1/statuses/{id}", statuses.delete, methods=["DELETE"]),
            Route("/api/v1/statuses/{id}/source", views.source, methods=["GET"]),
            Route("/api/v1/statuses/{id}/context", views.context, methods=["GET"]),
            Route("/api/v1/conversations", messages.listed, methods=["GET"]),
            Route("/api/v1/media/{id}", files.show, methods=["GET"]),
            Route("/api/v1/media/{id}", files.change, methods=["PUT"]),
            Route("/api/v1/media", files.upload, methods=["POST"]),
            Route("/api/v2/media", files.upload, methods=["POST"]),
            Route("/api/v1/accounts/search", views.search, methods=["GET"]),
            Route("/api/v1/accounts/verify_credentials", views.own_account, methods=["GET"]),
            Route("/api/v1/apps/verify_credentials", views.own_app, methods=["GET"]),
            Route("/api/v1/instance", views.instance, methods=["GET"]),
            Route("/api/v2/instance", views.instance, methods=["GET"]),
            Route("/api/v2/instance/", views.instance, methods=["GET"]),
            Route("/.well-known/nodeinfo", views.nodeinfo_links, methods=["GET"]),
            Route("/nodeinfo/2.0", views.nodeinfo, methods=["GET"]),
            Route("/api/v1/apps", oauth.register, methods=["POST"]),
            Route("/oauth/authorize", oauth.pages.authorize, methods=["GET"]),
            Route("/oauth/authorize", oauth.pages.approve, methods=["POST"]),
            Route("/oauth/token", oauth.pages.token, methods=["POST"]),
            Route("/oauth/revoke", oauth.pages.revoke, methods=["POST"]),
        ],
        exception_handlers={HTTPException: answer_refusal},
    )
    return _by_software(app)


def _by_software(app: AsgiApp) -> AsgiApp:
    async def answer(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        first = scope["path"].split("/", 2)[1]
        profile = PROFILES.get(first)
        if profile is not None:
            outer = scope.get("app_root_path", scope.get("root_path", ""))
            path = scope["path"].removeprefix(f"/{first}") or "/"
            scope = {**scope, "path": path, "app_root_path": f"{outer}/{first}"}
        # Rails takes a path with a slash at its end as well.
        scope["path"] = scope["path"].rstrip("/") or "/"
        scope["mastodon.profile"] = profile or PROFILES["mastodon"]
        await app(scope, receive, send)

    return answer


def own_answer(effect: Effect, fault: Fault, network: SimulatedNetwork) -> Response:
    if effect is Effect.THROTTLE:
        reset = stamp(network.clock() + timedelta(seconds=fault.seconds))
        headers = {"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset}
        return JSONResponse({"error": "Too many requests"}, 429, headers)
    if effect is Effect.EXPIRED:
        return JSONResponse({"error": "The access token was revoked"}, 401)
    words = "Validation failed: File content type is invalid, File is invalid"
    return JSONResponse({"error": words}, 422)


async def account_of(request: Request, network: SimulatedNetwork) -> str:
    kept = await network.kept("tokens", bearer(request))
    return str(kept["account"]) if kept is not None else ""


async def open_account(
    network: SimulatedNetwork, base: str, handle: str, name: str, *, kind: str = "mastodon"
) -> SandboxAccount:
    """`kind`: the software of its server, one of the network's account kinds."""
    number = await network.next_id("accounts")
    account = SimAccount(str(number), handle, name, facts={"software": kind})
    token = f"pasted-token-{number}"
    scopes = "read write"
    await network.add_account(account)
    await network.keep("tokens", token, {"account": account.id, "app": APP_NAME, "scopes": scopes})
    server = f"{base}{PROFILES[kind].prefix}"
    return SandboxAccount(account.id, server, {"server": server, "access_token": token})
