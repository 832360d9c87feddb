"""The site as an ASGI application: routes below `/<site>/ghost/api/admin/`."""

import re
from collections.abc import Awaitable, Callable
from hashlib import sha256

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from tesselle.connectors.sandbox.contract import SandboxAccount
from tesselle.networks.ghost import limits
from tesselle.networks.ghost.sandbox import wire
from tesselle.networks.ghost.sandbox.posts import Posts
from tesselle.simulation.faults import Effect, Fault
from tesselle.simulation.network import SimAccount, SimulatedNetwork

API = "/{site}/ghost/api/admin"
STARTS = {"png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff", "gif": b"GIF8", "webp": b"RIFF"}
TOO_LARGE = "<html><head><title>413 Request Entity Too Large</title></head></html>"
_PATH = re.compile(r"/(?P<site>\w+)/ghost/api/admin/")

Handler = Callable[[Request, SimAccount], Awaitable[Response]]


class Site:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def about(self, request: Request) -> Response:
        account = await self._network.account(request.path_params["site"])
        if account is None:
            return HTMLResponse("<!DOCTYPE html><title>404</title>", 404)
        site = {
            "title": account.name,
            "version": "6.65",
            "url": f"{request.base_url}{account.id}/",
            "site_uuid": account.facts["uuid"],
        }
        return JSONResponse({"site": site})

    async def members(self, request: Request, account: SimAccount) -> Response:
        return wire.paged(request, "members", [{}] * account.followers)

    async def upload(self, request: Request, account: SimAccount) -> Response:
        """The name's ending says what it is; the first bytes must agree."""
        async with request.form() as form:
            file = form.get("file")
            if not isinstance(file, UploadFile):
                raise wire.ProblemError(422, "ValidationError", "Please select an image.")
            data, name = await file.read(), str(file.filename)
        ending = name.rpartition(".")[2].lower()
        if ending not in STARTS:
            raise wire.ProblemError(415, "UnsupportedMediaTypeError", "Please select a valid image.")
        if len(data) > limits.IMAGE_BYTES:
            return HTMLResponse(TOO_LARGE, 413)
        if not data.startswith(STARTS[ending]):
            message = "Request not understood error, cannot upload image."
            raise wire.ProblemError(400, "BadRequestError", message)
        number = await self._network.next_id("files")
        url = f"{request.base_url}{account.id}/content/images/2026/11/{number}-{name}"
        await self._network.keep("files", str(number), {"site": account.id, "name": name})
        return JSONResponse({"images": [{"url": url, "ref": None}]}, 201)


def make_app(network: SimulatedNetwork) -> Starlette:
    site, posts = Site(network), Posts(network)

    def route(path: str, handler: Handler, method: str = "GET") -> Route:
        async def answered(request: Request) -> Response:
            try:
                return await handler(request, await wire.demand(request, network))
            except wire.ProblemError as problem:
                return problem.response

        return Route(f"{API}{path}", answered, methods=[method])

    return Starlette(
        routes=[
            Route(f"{API}/site/", site.about),
            route("/members/", site.members),
            route("/images/upload/", site.upload, "POST"),
            route("/posts/", posts.listed),
            route("/posts/", posts.create, "POST"),
            route("/posts/slug/{slug}/", posts.read_by_slug),
            route("/posts/{id}/", posts.read),
            route("/posts/{id}/", posts.change, "PUT"),
            route("/posts/{id}/", posts.remove, "DELETE"),
        ]
    )


def own_answer(effect: Effect, fault: Fault, network: SimulatedNetwork) -> Response:
    match effect:
        case Effect.THROTTLE:
            seconds = str(max(1, round(fault.seconds)))
            message = "Too many requests."
            response = wire.ProblemError(429, "TooManyRequestsError", message).response
            response.headers["Retry-After"] = seconds
            return response
        case Effect.EXPIRED:
            return wire.unsigned("Unknown Admin API Key", "UNKNOWN_ADMIN_API_KEY").response
        case _:
            message = "Please select a valid image."
            return wire.ProblemError(415, "UnsupportedMediaTypeError", message).response


async def account_of(request: Request, network: SimulatedNetwork) -> str:
    found = _PATH.search(request.url.path)
    return found["site"] if found else ""


async def open_account(
    network: SimulatedNetwork, base: str, handle: str, display_name: str, *, followers: int = 0
) -> SandboxAccount:
    """A site of its own, in a folder of the host, with an integration."""
    number = await network.next_id("sites")
    site = f"site{number}"
    digest = sha256(f"{handle}/{number}".encode()).hexdigest()
    kid, secret = digest[:24], sha256(digest.encode()).hexdigest()
    await network.add_account(
        SimAccount(
            site,
            handle,
            display_name,
            secrets={"kid": kid, "secret": secret},
            facts={"uuid": f"{digest[:8]}-0000-4000-8000-{digest[8:20]}"},
            followers=followers,
        )
    )
    server = f"{base}/{site}"
    return SandboxAccount(site, server, {"server": server, "key": f"{kid}:{secret}"})
