"""The make-believe TikTok as an ASGI application."""

import json

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tesselle.connectors.http.asgi_transport import AsgiApp
from tesselle.connectors.sandbox.contract import SandboxAccount
from tesselle.connectors.sandbox.oauth2 import PRACTICE_ID, PRACTICE_SECRET, Manner, OAuthPages
from tesselle.networks.tiktok.sandbox.envelope import answer_refusal, bearer, envelope
from tesselle.networks.tiktok.sandbox.films import FilmPages
from tesselle.networks.tiktok.sandbox.uploads import UploadPages
from tesselle.simulation.faults import Effect, Fault
from tesselle.simulation.network import SimAccount, SimulatedNetwork

ACCESS_SECONDS, REFRESH_SECONDS = 7_200, 15_552_000
MANNER = Manner(
    pkce="none",
    client_id_field="client_key",
    scope_separator=",",
    access_seconds=ACCESS_SECONDS,
    refresh="rotated",
)
READING = "user.info.basic user.info.profile user.info.stats video.list"
SCOPES = {"direct": f"{READING} video.publish", "inbox": f"{READING} video.upload"}


class SignInPages:
    """Flat answers, outside the envelope; the paths end with a slash."""

    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network
        self.pages = OAuthPages(network, lambda _request: MANNER)

    async def token(self, request: Request) -> Response:
        answer = await self.pages.token(request)
        told = json.loads(bytes(answer.body))
        if "error" in told:
            return JSONResponse({**told, "log_id": "practice"}, answer.status_code)
        row = await self._network.kept("tokens", told["access_token"]) or {}
        more = {"open_id": row.get("account", ""), "refresh_expires_in": REFRESH_SECONDS}
        told.pop("created_at", None)
        return JSONResponse({**told, **more})

    async def revoke(self, request: Request) -> Response:
        await self.pages.revoke(request)
        return Response(status_code=200)


def make_app(network: SimulatedNetwork) -> AsgiApp:
    sign_in, posting, films = SignInPages(network), UploadPages(network), FilmPages(network)
    publish = "/v2/post/publish"
    return Starlette(
        routes=[
            Route("/v2/auth/authorize/", sign_in.pages.authorize, methods=["GET"]),
            Route("/v2/auth/authorize/", sign_in.pages.approve, methods=["POST"]),
            Route("/v2/oauth/token/", sign_in.token, methods=["POST"]),
            Route("/v2/oauth/revoke/", sign_in.revoke, methods=["POST"]),
            Route(f"{publish}/creator_info/query/", posting.creator_info, methods=["POST"]),
            Route(f"{publish}/video/init/", posting.film, methods=["POST"]),
            Route(f"{publish}/inbox/video/init/", posting.draft, methods=["POST"]),
            Route(f"{publish}/content/init/", posting.photos, methods=["POST"]),
            Route(f"{publish}/status/fetch/", films.status, methods=["POST"]),
            Route("/video/", posting.put, methods=["PUT"]),
            Route("/v2/video/query/", films.query, methods=["POST"]),
            Route("/v2/video/list/", films.listed, methods=["POST"]),
            Route("/v2/user/info/", films.user, methods=["GET"]),
        ],
        exception_handlers={HTTPException: answer_refusal},
    )


async def account_of(request: Request, network: SimulatedNetwork) -> str:
    """By the token; where a film goes up there is none, but its number in the address."""
    upload = request.query_params.get("upload_id", "")
    kept = await (network.kept("tasks", upload) if upload else network.kept("tokens", bearer(request)))
    return str(kept["account"]) if kept is not None else ""


def own_answer(effect: Effect, fault: Fault, network: SimulatedNetwork) -> Response:
    if effect is Effect.THROTTLE:
        return JSONResponse(
            envelope(code="rate_limit_exceeded", message="The API rate limit was exceeded"), 429
        )
    if effect is Effect.EXPIRED:
        return JSONResponse(envelope(code="access_token_invalid", message="The token is invalid"), 401)
    return JSONResponse(envelope(code="invalid_file_upload", message="The file cannot be used"), 400)


async def open_account(
    network: SimulatedNetwork,
    base: str,
    handle: str,
    name: str,
    *,
    kind: str = "direct",
    private: bool = False,
    no_comments: bool = False,
    max_seconds: int = 600,
    quota: int = 1_000,
) -> SandboxAccount:
    """Signed in already, with what a sign-in brings. `quota`: posts a day, which TikTok
    names for nobody (about 15 by what is said)."""
    number = await network.next_id("accounts")
    facts = {"private": private, "no_comments": no_comments, "max_seconds": max_seconds, "quota": quota}
    account = SimAccount(f"-000PracticeOpenId{number}", handle, name, facts=facts)
    await network.add_account(account)
    token, refresh, scopes = f"act.first{number}", f"rft.first{number}", SCOPES[kind]
    await network.keep("tokens", token, {"account": account.id, "app": "Tesselle", "scopes": scopes})
    grant = {"client_id": PRACTICE_ID, "account": account.id, "scopes": scopes}
    await network.keep("refresh", refresh, grant)
    answers = {
        "access_token": token,
        "refresh_token": refresh,
        "scope": ",".join(scopes.split()),
        "way": kind,
        "client_id": PRACTICE_ID,
        "client_secret": PRACTICE_SECRET,
        "base": base,
    }
    return SandboxAccount(account.id, base, answers)
