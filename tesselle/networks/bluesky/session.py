"""Signing in: once with the app password, then by renewing. Never once per post: Bluesky allows
300 sign-ins a day."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from tesselle.connectors.api import AnswerError
from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Account, Api, Identity
from tesselle.domain.errors import BlockedError, NotSentError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import BlockReason
from tesselle.networks.bluesky import xrpc

DEFAULT_SERVER = "https://bsky.social"
MARGIN = timedelta(seconds=60)
NO_SUCH_SERVER = N_(
    "No Bluesky server answers at %(server)s. Check the address; for most accounts it is https://bsky.social."
)
NOT_FILLED_IN = N_("Type your handle and an app password.")


def is_fresh(saved: Mapping[str, str], now: datetime) -> bool:
    ends = expiry_of(saved, "access")
    return ends is not None and ends - MARGIN > now


def expiry_of(saved: Mapping[str, str], token: str) -> datetime | None:
    return xrpc.expiry(saved.get(token, ""))


async def renew_or_open(saved: Mapping[str, str], api: Api) -> dict[str, str]:
    """The refresh token while it lives; else, or when the server no longer knows it, the password."""
    server = str(api.account.facts.get("login_server") or api.account.server)
    ends = expiry_of(saved, "refresh")
    if ends is not None and ends - MARGIN > api.now:
        request = Request(
            "POST",
            f"{server}/xrpc/com.atproto.server.refreshSession",
            {"Authorization": f"Bearer {saved['refresh']}"},
        )
        try:
            return _tokens((await api.call(request)).mapping())
        except AnswerError as error:
            if error.response.status >= 500:
                raise
            # Revoked or forgotten there: only the password still opens the door.
    return _tokens(await _sign_in(server, api.account.credentials, api))


async def _sign_in(server: str, credentials: Mapping[str, str], api: Api) -> dict[str, Any]:
    data = {"identifier": credentials["identifier"], "password": credentials["password"]}
    answer = await api.call(xrpc.procedure(server, "com.atproto.server.createSession", data, {}))
    return answer.mapping()


def _tokens(answer: Mapping[str, Any]) -> dict[str, str]:
    return {"access": str(answer["accessJwt"]), "refresh": str(answer["refreshJwt"])}


async def identify(answers: Mapping[str, str], api: Api) -> Identity:
    server = _server(answers.get("server") or api.account.server)
    identifier = _identifier(answers.get("handle", ""), server)
    password = answers.get("app_password", "").strip()
    if not identifier or not password:
        raise BlockedError(Message(NOT_FILLED_IN), BlockReason.SIGN_IN)
    try:
        signed_in = await _sign_in(server, {"identifier": identifier, "password": password}, api)
        did, handle = str(signed_in["did"]), str(signed_in["handle"])
    except (NotSentError, KeyError) as error:
        raise NotSentError(Message(NO_SUCH_SERVER, {"server": server})) from error
    home = _home(signed_in, server)
    token = {"access": str(signed_in["accessJwt"])}
    account = Account(
        kind="account",
        remote_id=did,
        handle=handle,
        server=home,
        facts={"login_server": server, "blob_upload_limit": await _blob_limit(home, api)},
        credentials={"identifier": did, "password": password},
    )
    name = await _display_name(home, did, token, api)
    return Identity(account, name or handle, f"https://bsky.app/profile/{handle}")


def _server(typed: str) -> str:
    typed = typed.strip().rstrip("/") or DEFAULT_SERVER
    return typed if "://" in typed else f"https://{typed}"


def _identifier(typed: str, server: str) -> str:
    """Handles are typed with an @, and without their domain where that is the usual one."""
    typed = typed.strip().strip("\u202a\u202c\u200e").removeprefix("@").lower()
    if typed and "." not in typed and ":" not in typed and server == DEFAULT_SERVER:
        return f"{typed}.{urlsplit(server).netloc}"
    return typed


def _home(signed_in: Mapping[str, Any], server: str) -> str:
    """Where the account really lives: the entryway signs in for many servers."""
    document = signed_in.get("didDoc") or {}
    for service in document.get("service", ()):
        if str(service.get("id", "")).endswith("#atproto_pds"):
            return str(service.get("serviceEndpoint", server)).rstrip("/")
    return server


async def _blob_limit(server: str, api: Api) -> int:
    """In bytes; 0 when the server does not say."""
    try:
        described = (await api.call(xrpc.query(server, "com.atproto.server.describeServer", {}))).mapping()
    except NotSentError:
        return 0
    told = described.get("blobUploadLimit")
    return told if isinstance(told, int) else 0


async def _display_name(server: str, did: str, session: Mapping[str, str], api: Api) -> str:
    params = {"repo": did, "collection": xrpc.PROFILES, "rkey": "self"}
    request = xrpc.query(server, "com.atproto.repo.getRecord", params, xrpc.signed(session))
    try:
        value = (await api.call(request)).mapping().get("value") or {}
    except NotSentError:
        return ""  # nobody has filled the profile in yet
    return str(value.get("displayName") or "")
