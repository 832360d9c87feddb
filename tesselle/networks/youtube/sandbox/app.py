"""YouTube as an ASGI application: its APIs, its uploads and Google's sign-in on one host."""

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tesselle.connectors.sandbox.contract import SandboxAccount
from tesselle.connectors.sandbox.google import ProblemError, SignIn, caller, signed_in, unsigned
from tesselle.networks.youtube import FIGURES, MANAGE, READ, UPLOAD
from tesselle.networks.youtube.sandbox.comments import Comments
from tesselle.networks.youtube.sandbox.playlists import Playlists
from tesselle.networks.youtube.sandbox.quota import spend
from tesselle.networks.youtube.sandbox.reports import Reports
from tesselle.networks.youtube.sandbox.uploads import Uploads
from tesselle.networks.youtube.sandbox.videos import Videos
from tesselle.simulation.faults import Effect, Fault
from tesselle.simulation.network import SimAccount, SimulatedNetwork

PLAYLISTS = ("Conseils de pose", "Chantiers")
ALL_SCOPES = (UPLOAD, READ, MANAGE, FIGURES)

Handler = Callable[[Request, SimAccount], Awaitable[Response]]


def make_app(network: SimulatedNetwork) -> Starlette:
    videos = Videos(network)
    uploads, playlists = Uploads(network, videos), Playlists(network, videos)
    comments, reports = Comments(network, videos), Reports(network)

    def route(path: str, handler: Handler, method: str, *scopes: str) -> Route:
        async def answered(request: Request) -> Response:
            try:
                account = await caller(request, network, *scopes)
                await spend(request, network)
                return await handler(request, account)
            except ProblemError as problem:
                return problem.response

        return Route(path, answered, methods=[method])

    data, put_up = "/youtube/v3", "/upload/youtube/v3"
    reads = (READ, MANAGE)
    return Starlette(
        routes=[
            *SignIn(network).routes(),
            route(f"{put_up}/videos", uploads.begin, "POST", UPLOAD),
            route(f"{put_up}/videos", uploads.put, "PUT", UPLOAD),
            route(f"{put_up}/thumbnails/set", uploads.thumbnail, "POST", UPLOAD),
            route(f"{data}/videos", videos.listed, "GET", *reads),
            route(f"{data}/videos", videos.update, "PUT", MANAGE),
            route(f"{data}/videos", videos.remove, "DELETE", MANAGE),
            route(f"{data}/channels", playlists.channels, "GET", *reads),
            route(f"{data}/playlists", playlists.listed, "GET", *reads),
            route(f"{data}/playlistItems", playlists.items, "GET", *reads),
            route(f"{data}/playlistItems", playlists.insert, "POST", MANAGE),
            route(f"{data}/commentThreads", comments.threads, "GET", MANAGE),
            route(f"{data}/commentThreads", comments.begin, "POST", MANAGE),
            route(f"{data}/comments", comments.listed, "GET", MANAGE),
            route(f"{data}/comments", comments.answer, "POST", MANAGE),
            route(f"{data}/comments", comments.remove, "DELETE", MANAGE),
            route("/v2/reports", reports.query, "GET", FIGURES),
        ]
    )


def own_answer(effect: Effect, fault: Fault, network: SimulatedNetwork) -> Response:
    """A throttled call is told nothing but that: no header says when it is over."""
    match effect:
        case Effect.THROTTLE:
            words = "The request cannot be completed because you have sent too many requests."
            return ProblemError(403, words, "rateLimitExceeded", domain="usageLimits").response
        case Effect.EXPIRED:
            return unsigned().response
        case _:
            words = "The request metadata is invalid."
            return ProblemError(400, words, "invalidVideoMetadata", domain="youtube.video").response


async def open_account(
    network: SimulatedNetwork, base: str, handle: str, display_name: str, *, long_uploads: str = "allowed"
) -> SandboxAccount:
    """A channel with two playlists, and what signing in would have brought."""
    number = f"UC{await network.next_id('accounts'):022d}"
    account = SimAccount(number, handle, display_name, facts={"long_uploads": long_uploads})
    await network.add_account(account)
    playlists = Playlists(network, Videos(network))
    for title in PLAYLISTS:
        await playlists.make(account, title)
    answers = await signed_in(network, account, ALL_SCOPES)
    return SandboxAccount(number, base, {**answers, "base": base})
