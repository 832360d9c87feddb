"""The site as an ASGI application: routes below `/wp-json`, and `?rest_route=` for the same."""

from collections.abc import Awaitable, Callable, MutableMapping
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route, Router

from tesselle.connectors.http.asgi_transport import AsgiApp
from tesselle.connectors.sandbox.contract import SandboxAccount
from tesselle.networks.wordpress.sandbox import wire
from tesselle.networks.wordpress.sandbox.comments import Comments
from tesselle.networks.wordpress.sandbox.posts import Posts
from tesselle.networks.wordpress.sandbox.things import Things
from tesselle.simulation.faults import Effect, Fault
from tesselle.simulation.network import SimAccount, SimulatedNetwork

API = "/wp-json/wp/v2"
SLOW_DOWN = "<html><head><title>429 Too Many Requests</title></head></html>"
EDITABLE = ["POST", "PUT", "PATCH"]

Handler = Callable[[Request], Awaitable[Response]]


class Site:
    def __init__(self, network: SimulatedNetwork) -> None:
        posts, comments, things = Posts(network), Comments(network), Things(network)
        routes = [
            _route("/", self.front),
            _route("/wp-json", self.index),
            _route("/wp-json/", self.index),
            _route(f"{API}/users/me", things.me),
            _route(f"{API}/posts", posts.listed),
            _route(f"{API}/posts", posts.create, "POST"),
            _route(f"{API}/posts/{{id:int}}", posts.read),
            _route(f"{API}/posts/{{id:int}}", posts.change, *EDITABLE),
            _route(f"{API}/posts/{{id:int}}", posts.remove, "DELETE"),
            _route(f"{API}/comments", comments.listed),
            _route(f"{API}/comments", comments.create, "POST"),
            _route(f"{API}/comments/{{id:int}}", comments.read),
            _route(f"{API}/comments/{{id:int}}", comments.change, *EDITABLE),
            _route(f"{API}/comments/{{id:int}}", comments.remove, "DELETE"),
            _route(f"{API}/media", things.files),
            _route(f"{API}/media", things.upload, "POST"),
            _route(f"{API}/media/{{id:int}}", things.file),
            _route(f"{API}/media/{{id:int}}", things.describe, *EDITABLE),
            _route(f"{API}/media/{{id:int}}/post-process", things.describe, "POST"),
            _route(f"{API}/tags", things.tags),
            _route(f"{API}/tags", things.create_tag, "POST"),
            _route(f"{API}/categories", things.categories),
            _route(f"{API}/categories", things.create_category, "POST"),
        ]
        self.router = Router(routes, default=_no_route, redirect_slashes=False)

    async def __call__(self, scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await self.router(_by_query(scope), receive, send)

    async def front(self, request: Request) -> Response:
        root = f"{request.base_url}wp-json/"
        page = f'<!DOCTYPE html><html><head><link rel="https://api.w.org/" href="{root}"></head></html>'
        return HTMLResponse(page, headers={"Link": f'<{root}>; rel="https://api.w.org/"'})

    async def index(self, request: Request) -> Response:
        home = str(request.base_url).rstrip("/")
        authorise = {"authorization": f"{home}/wp-admin/authorize-application.php"}
        return JSONResponse(
            {
                "name": "Carnet de chantier",
                "description": "",
                "url": home,
                "home": home,
                "gmt_offset": "1",
                "timezone_string": "Europe/Zurich",
                "namespaces": ["oembed/1.0", "wp/v2"],
                "authentication": {"application-passwords": {"endpoints": authorise}},
                "routes": {},
            }
        )


def _route(path: str, handler: Handler, *methods: str) -> Route:
    async def answered(request: Request) -> Response:
        try:
            return await handler(request)
        except (wire.ProblemError, wire.TooLargeError) as problem:
            return problem.response

    return Route(path, answered, methods=list(methods) or ["GET"])


async def _no_route(scope: Any, receive: Any, send: Any) -> None:
    await wire.ProblemError("rest_no_route", 404).response(scope, receive, send)


def _by_query(scope: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A site without pretty permalinks takes the path as a parameter."""
    pairs = parse_qsl(scope["query_string"].decode())
    asked = next((value for name, value in pairs if name == "rest_route"), None)
    if asked is None:
        return scope
    rest = urlencode([pair for pair in pairs if pair[0] != "rest_route"])
    path = f"{scope.get('root_path', '')}/wp-json{asked}"
    return {**scope, "path": path, "raw_path": path.encode(), "query_string": rest.encode()}


def make_app(network: SimulatedNetwork) -> AsgiApp:
    return Site(network)


def own_answer(effect: Effect, fault: Fault, network: SimulatedNetwork) -> Response:
    if effect is Effect.THROTTLE:
        return HTMLResponse(SLOW_DOWN, 429, headers={"Retry-After": str(max(int(fault.seconds), 1))})
    if effect is Effect.EXPIRED:
        return wire.ProblemError("rest_cannot_edit", 401).response
    return wire.ProblemError("rest_upload_sideload_error", 500).response


async def account_of(request: Request, network: SimulatedNetwork) -> str:
    account = await wire.account_for(request, network)
    return account.id if account is not None else ""


async def open_account(
    network: SimulatedNetwork, base: str, handle: str, name: str, role: str = "editor"
) -> SandboxAccount:
    """A user of the site with an application password."""
    number = str(await network.next_id("users"))
    password = sha256(f"{handle}/{number}".encode()).hexdigest()[:24]
    account = SimAccount(number, handle, name, secrets={"password": password}, facts={"role": role})
    await network.add_account(account)
    answers = {"server": base, "username": handle, "password": password}
    return SandboxAccount(number, base, answers)
