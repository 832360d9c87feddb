"""Reddit as an ASGI application: its API, its sign-in page, and the store that is not its own."""

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tesselle.connectors.http.asgi_transport import AsgiApp
from tesselle.connectors.sandbox.contract import SandboxAccount
from tesselle.connectors.sandbox.oauth2 import PRACTICE_ID, PRACTICE_SECRET
from tesselle.networks.reddit import SCOPES
from tesselle.networks.reddit.sandbox import wire
from tesselle.networks.reddit.sandbox.communities import FOUNDED, Communities
from tesselle.networks.reddit.sandbox.files import STORE, Files, too_large
from tesselle.networks.reddit.sandbox.posts import Posts
from tesselle.networks.reddit.sandbox.signing_in import SigningIn
from tesselle.networks.reddit.sandbox.views import Views
from tesselle.simulation.faults import Effect, Fault
from tesselle.simulation.network import SimAccount, SimulatedNetwork

Handler = Callable[[Request, SimAccount], Awaitable[Response]]
_PUT = re.compile(rf"/{STORE}/(?P<account>[^/]+)/?$")


def make_app(network: SimulatedNetwork) -> AsgiApp:
    communities, files, views = Communities(network), Files(network), Views(network)
    posts, signing_in = Posts(network, communities, files), SigningIn(network)

    def route(path: str, handler: Handler, method: str, scope: str) -> Route:
        async def answered(request: Request) -> Response:
            try:
                response = await handler(request, await wire.demand(request, network, scope))
            except wire.NoError as no:
                response = no.response
            return await wire.counted(network, response)

        return Route(path, answered, methods=[method])

    app = Starlette(
        routes=[
            Route("/api/v1/authorize", signing_in.pages.authorize, methods=["GET"]),
            Route("/api/v1/authorize", signing_in.pages.approve, methods=["POST"]),
            Route("/api/v1/access_token", signing_in.token, methods=["POST"]),
            Route("/api/v1/revoke_token", signing_in.pages.revoke, methods=["POST"]),
            Route(f"/{STORE}/{{account}}", files.put, methods=["POST"]),
            route("/api/v1/me", views.me, "GET", "identity"),
            route("/api/v1/{name}/post_requirements", communities.requirements, "GET", "submit"),
            route("/subreddits/mine/subscriber", communities.subscribed, "GET", "mysubreddits"),
            route("/r/{name}/about", communities.about, "GET", "read"),
            route("/r/{name}/about/rules", communities.rules, "GET", "read"),
            route("/r/{name}/api/link_flair_v2", communities.flairs, "GET", "flair"),
            route("/api/media/asset.json", files.lease, "POST", "submit"),
            route("/api/submit", posts.submit, "POST", "submit"),
            route("/api/submit_gallery_post.json", posts.gallery, "POST", "submit"),
            route("/api/comment", posts.comment, "POST", "submit"),
            route("/api/editusertext", posts.edit, "POST", "edit"),
            route("/api/del", posts.remove, "POST", "edit"),
            route("/api/info", views.info, "GET", "read"),
            route("/api/morechildren", views.more, "POST", "read"),
            route("/api/morechildren", views.more, "GET", "read"),
            route("/comments/{id}", views.comments, "GET", "read"),
            route("/user/{user}/about", views.about, "GET", "read"),
            route("/user/{user}/submitted", views.submitted, "GET", "history"),
            route("/user/{user}/comments", views.commented, "GET", "history"),
        ]
    )

    async def without_last_slash(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        """Clients of Reddit write addresses with it and without."""
        path = scope.get("path", "/").rstrip("/") or "/"
        await app({**scope, "path": path}, receive, send)

    return without_last_slash


def own_answer(effect: Effect, fault: Fault, network: SimulatedNetwork) -> Response:
    match effect:
        case Effect.THROTTLE:
            headers = {
                "x-ratelimit-used": str(wire.WINDOW_CALLS),
                "x-ratelimit-remaining": "0.0",
                "x-ratelimit-reset": str(max(1, round(fault.seconds))),
            }
            return wire.plain(429, "Too Many Requests", headers=headers).response
        case Effect.EXPIRED:
            return wire.unsigned().response
    if fault.operation == "upload":
        return too_large(30_000_000, 20_000_000)
    return wire.listed("BAD_URL", "you should check that url", "url").response


async def account_of(request: Request, network: SimulatedNetwork) -> str:
    """The store knows only the place that was made for the file."""
    if put := _PUT.search(request.url.path):
        return put["account"]
    kept = await network.kept("tokens", wire.bearer(request))
    return str(kept["account"]) if kept is not None else ""


async def open_account(
    network: SimulatedNetwork, base: str, handle: str, display_name: str
) -> SandboxAccount:
    """Signed in already, with what a sign-in brings; the communities are there for everybody."""
    number = await network.next_id("accounts")
    account = SimAccount(f"acc{number}", handle, display_name)
    await network.add_account(account)
    for name in FOUNDED:
        await Communities(network).found(name)
    token, refresh, scopes = f"first-token-{number}", f"first-refresh-{number}", " ".join(SCOPES)
    await network.keep("tokens", token, {"account": account.id, "app": "Tesselle", "scopes": scopes})
    grant = {"client_id": PRACTICE_ID, "account": account.id, "scopes": scopes}
    await network.keep("refresh", refresh, grant)
    answers = {
        "server": base,
        "access_token": token,
        "refresh_token": refresh,
        "scope": scopes,
        "way": "account",
        "client_id": PRACTICE_ID,
        "client_secret": PRACTICE_SECRET,
        "base": base,
    }
    return SandboxAccount(account.id, base, answers)
