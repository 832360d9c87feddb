"""All of it behind one ASGI application."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tesselle.connectors.http.asgi_transport import AsgiApp
from tesselle.networks.bluesky.sandbox import accounts, repo, views
from tesselle.networks.bluesky.sandbox.wire import XrpcError
from tesselle.simulation.faults import Effect, Fault
from tesselle.simulation.network import SimulatedNetwork

Handler = Callable[[Request, SimulatedNetwork], Awaitable[dict[str, Any]]]

PROCEDURES: dict[str, Handler] = {
    "com.atproto.server.createSession": accounts.create_session,
    "com.atproto.server.refreshSession": accounts.refresh_session,
    "com.atproto.server.deleteSession": accounts.delete_session,
    "com.atproto.repo.putRecord": repo.put_record,
    "com.atproto.repo.createRecord": repo.create_record,
    "com.atproto.repo.applyWrites": repo.apply_writes,
    "com.atproto.repo.deleteRecord": repo.delete_record,
    "com.atproto.repo.uploadBlob": repo.upload_blob,
}
QUERIES: dict[str, Handler] = {
    "com.atproto.server.describeServer": accounts.describe_server,
    "com.atproto.server.getSession": accounts.get_session,
    "com.atproto.server.getServiceAuth": accounts.service_auth,
    "com.atproto.identity.resolveHandle": accounts.resolve_handle,
    "com.atproto.repo.getRecord": repo.get_record,
    "com.atproto.repo.listRecords": repo.list_records,
    "app.bsky.feed.getPosts": views.get_posts,
    "app.bsky.feed.getPostThread": views.get_post_thread,
    "app.bsky.feed.getAuthorFeed": views.get_author_feed,
    "app.bsky.actor.getProfile": views.get_profile,
    "app.bsky.actor.searchActorsTypeahead": views.search_actors,
}
POLICIES = {
    "com.atproto.repo.uploadBlob": (1000, 86400),
    "com.atproto.server.createSession": (30, 300),
}
USUAL_POLICY = (3000, 300)
EMPTY_ANSWER = {"com.atproto.server.deleteSession"}


def make_app(network: SimulatedNetwork) -> AsgiApp:
    routes = [_route("POST", name, handler, network) for name, handler in PROCEDURES.items()]
    routes += [_route("GET", name, handler, network) for name, handler in QUERIES.items()]
    routes.append(Route("/xrpc/{name}", _unknown(network), methods=["GET", "POST"]))
    return Starlette(routes=routes)


def _route(method: str, name: str, handler: Handler, network: SimulatedNetwork) -> Route:
    async def answer(request: Request) -> Response:
        headers = _limits(name, network)
        try:
            data = await handler(request, network)
        except XrpcError as error:
            return _complaint(error, headers)
        return (
            Response(status_code=200, headers=headers)
            if name in EMPTY_ANSWER
            else JSONResponse(data, 200, headers)
        )

    return Route(f"/xrpc/{name}", answer, methods=[method])


def _unknown(network: SimulatedNetwork) -> Callable[[Request], Awaitable[Response]]:
    """Methods that a server does not have itself are passed on to the AppView."""

    async def answer(request: Request) -> Response:
        down = "appview_down" in network.flags
        error = XrpcError(502, "UpstreamFailure") if down else XrpcError(501, "MethodNotImplemented")
        return _complaint(error, {})

    return answer


def _complaint(error: XrpcError, headers: dict[str, str]) -> Response:
    return JSONResponse({"error": error.name, "message": error.said}, error.status, headers)


def _limits(
    name: str, network: SimulatedNetwork, *, remaining: int | None = None, wait: float = 0
) -> dict[str, str]:
    calls, seconds = POLICIES.get(name, USUAL_POLICY)
    return {
        "ratelimit-limit": str(calls),
        "ratelimit-remaining": str(calls - 1 if remaining is None else remaining),
        "ratelimit-reset": str(int(network.clock().timestamp() + (wait or seconds))),
        "ratelimit-policy": f"{calls};w={seconds}",
    }


def own_answer(effect: Effect, fault: Fault, network: SimulatedNetwork) -> Response:
    if effect is Effect.THROTTLE:
        # Whole seconds: round up, so that coming back at the reset is never too early.
        headers = _limits("", network, remaining=0, wait=int(fault.seconds) + 1)
        return _complaint(XrpcError(429, "RateLimitExceeded", "Rate Limit Exceeded"), headers)
    if effect is Effect.EXPIRED:
        return _complaint(XrpcError(400, "ExpiredToken", "Token has expired"), {})
    said = "Wrong type of file. It is application/octet-stream but it must match image/*."
    return _complaint(XrpcError(400, "InvalidMimeType", said), {})
