"""Connecting: is this a Ghost site, and does it take the key? Reads only."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit

from tesselle.connectors.api import AnswerError
from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Account, Api, Identity
from tesselle.domain.errors import BlockedError, NotSentError, RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import BlockReason
from tesselle.networks.ghost import routes

_KEY = re.compile(r"[0-9a-f]{24}:[0-9a-f]{64}")
_ADMIN = re.compile(r"/ghost(/api(/.*)?)?/?$")
_BAD_KEY = N_("This is not an admin key. It has 24 signs, a colon and 64 signs; the content key is shorter.")
_WRONG_KEY = N_("The site does not accept this admin key. Copy it again from Settings, Integrations.")
_NO_GHOST = N_("No Ghost site was found at %(site)s. Check the address, as you would type it in a browser.")
_MOVED = N_("The site has moved to %(site)s. Type that address.")


async def identify(answers: Mapping[str, str], api: Api) -> Identity:
    key = answers.get("key", "").strip().lower()
    if not _KEY.fullmatch(key):
        raise RejectedError(Message(_BAD_KEY), "bad_key")
    server = typed_address(answers.get("server") or api.account.server)
    account = Account(kind="site", remote_id="", handle="", server=server, credentials={"key": key})
    site = await _site(account, api)
    await _tried(account, key, api)
    shown = str(site.get("url") or server)
    name = str(site.get("title") or urlsplit(shown).netloc)
    kept = Account(
        kind="site",
        remote_id=str(site.get("site_uuid") or urlsplit(shown).netloc),
        handle=urlsplit(shown).netloc,
        server=server,
        facts={"site": shown, "version": str(site.get("version", ""))},
        credentials={"key": key},
    )
    return Identity(kept, display_name=name, profile_url=shown)


def typed_address(typed: str) -> str:
    """What a person typed, as an address: https unless said otherwise, without the admin's pages."""
    typed = typed.strip()
    parts = urlsplit(typed if "://" in typed else f"https://{typed}")
    return urlunsplit((parts.scheme, parts.netloc, _ADMIN.sub("", parts.path).rstrip("/"), "", ""))


async def _site(account: Account, api: Api) -> dict[str, object]:
    """The one question that a site answers to anybody."""
    missing = RejectedError(Message(_NO_GHOST, {"site": account.server}), "no_ghost")
    asked = {"Accept-Version": routes.VERSION, "User-Agent": "Tesselle"}
    try:
        answer = await api.call(Request("GET", routes.url(account, "/site/"), asked))
    except AnswerError as error:
        place = error.response.headers.get("location", "")
        if place:
            raise RejectedError(Message(_MOVED, {"site": typed_address(place)}), "moved") from None
        raise missing from None
    except (BlockedError, RejectedError):
        raise missing from None
    site = answer.mapping().get("site")
    if not isinstance(site, dict):
        raise missing
    return site


async def _tried(account: Account, key: str, api: Api) -> None:
    """Drafts are for integrations only: who may count them holds a good key."""
    session = {"token": routes.token(key, api.now)}
    asked = routes.url(account, "/posts/", {"filter": "status:draft", "limit": 1, "fields": "id"})
    try:
        answer = await api.call(Request("GET", asked, routes.headers(session)))
    except BlockedError as error:
        if error.reason != BlockReason.SIGN_IN:
            raise
        raise RejectedError(Message(_WRONG_KEY), "credentials") from None
    if "posts" not in answer.mapping():
        raise NotSentError(Message(_NO_GHOST, {"site": account.server}))
