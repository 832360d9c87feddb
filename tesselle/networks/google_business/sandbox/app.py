"""Google's business APIs as one ASGI application, with its sign-in beside them."""

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tesselle.connectors.sandbox.contract import SandboxAccount
from tesselle.connectors.sandbox.google import ProblemError, SignIn, caller, signed_in, unsigned
from tesselle.networks.google_business import SCOPE
from tesselle.networks.google_business.sandbox.gallery import Gallery
from tesselle.networks.google_business.sandbox.places import Places
from tesselle.networks.google_business.sandbox.posts import Posts
from tesselle.networks.google_business.sandbox.reviews import Reviews
from tesselle.networks.google_business.sandbox.wire import denied, exhausted, invalid
from tesselle.simulation.faults import Effect, Fault
from tesselle.simulation.network import SimAccount, SimulatedNetwork

TOWNS = ("Morges", "Nyon", "Vevey", "Aigle")

Handler = Callable[[Request, SimAccount], Awaitable[Response]]


def make_app(network: SimulatedNetwork) -> Starlette:
    places, posts, reviews = Places(network), Posts(network), Reviews(network)
    gallery = Gallery(network)

    def route(path: str, handler: Handler, method: str) -> Route:
        async def answered(request: Request) -> Response:
            try:
                account = await caller(request, network, SCOPE)
                _admitted(network)
                return await handler(request, account)
            except ProblemError as problem:
                return problem.response

        return Route(path, answered, methods=[method])

    place = "/v4/accounts/{account}/locations/{place}"
    return Starlette(
        routes=[
            *SignIn(network).routes(),
            route("/v1/accounts", places.accounts, "GET"),
            route("/v1/accounts/{account}/locations", places.listed, "GET"),
            route("/v1/locations/{place}:fetchMultiDailyMetricsTimeSeries", places.figures, "GET"),
            route("/v1/locations/{place}", places.read, "GET"),
            route(f"{place}/localPosts", posts.create, "POST"),
            route(f"{place}/localPosts", posts.listed, "GET"),
            route(f"{place}/localPosts/{{post}}", posts.read, "GET"),
            route(f"{place}/localPosts/{{post}}", posts.change, "PATCH"),
            route(f"{place}/localPosts/{{post}}", posts.remove, "DELETE"),
            route(f"{place}/media", gallery.create, "POST"),
            route(f"{place}/media", gallery.listed, "GET"),
            route(f"{place}/media/{{photo}}", gallery.read, "GET"),
            route(f"{place}/media/{{photo}}", gallery.remove, "DELETE"),
            route(f"{place}/reviews", reviews.listed, "GET"),
            route(f"{place}/reviews/{{review}}", reviews.read, "GET"),
            route(f"{place}/reviews/{{review}}/reply", reviews.answer, "PUT"),
            route(f"{place}/reviews/{{review}}/reply", reviews.take_back, "DELETE"),
        ]
    )


def _admitted(network: SimulatedNetwork) -> None:
    """What the whole project is told, whatever it asks for."""
    if "not_admitted" in network.flags:
        raise exhausted("0")
    if "not_enabled" in network.flags:
        raise denied("SERVICE_DISABLED")


def own_answer(effect: Effect, fault: Fault, network: SimulatedNetwork) -> Response:
    """A throttled call is told its quota, but not when it is over."""
    match effect:
        case Effect.THROTTLE:
            return exhausted("300").response
        case Effect.EXPIRED:
            return unsigned().response
        case _:
            return invalid("media", "The photo cannot be used.", "PHOTO_UPLOAD_FAILED").response


async def open_account(
    network: SimulatedNetwork,
    base: str,
    handle: str,
    display_name: str,
    *,
    places: int = 1,
    verified: bool = True,
) -> SandboxAccount:
    """An owner with so many places, the first of which is spoken for; what a sign-in would have brought."""
    group = f"accounts/{await network.next_id('groups')}"
    made = []
    for number in range(places):
        name = f"locations/{9_000_000 + await network.next_id('places')}"
        facts = {"account": group, "town": TOWNS[number % len(TOWNS)], "verified": verified}
        made.append(SimAccount(name, handle, display_name, facts=facts))
        await network.add_account(made[-1])
    answers = await signed_in(network, made[0], (SCOPE,))
    return SandboxAccount(made[0].id, base, {**answers, "base": base, "place": f"{group}/{made[0].id}"})
