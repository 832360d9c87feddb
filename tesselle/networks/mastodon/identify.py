"""Who answers for a token, on which software, with which rights. Posts nothing."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Account, Api, Identity
from tesselle.domain.errors import BlockedError, NetworkError, NotSentError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import BlockReason
from tesselle.networks.mastodon.auth import NOT_SUCH_A_SERVER, normalise_server
from tesselle.networks.mastodon.software import instance_facts, recognise
from tesselle.networks.mastodon.wire import address, signed

WRONG_TOKEN = N_("The server does not know this access token. Copy it again, in full.")
NO_READING = N_(
    "The access token may not read your posts and private messages: add the right “read” and connect again."
)
NO_WRITING = N_("The access token may not publish: add the right “write” and connect again.")

KEPT_CREDENTIALS = (
    "access_token",
    "refresh_token",
    "expires_at",
    "refresh_expires_at",
    "scope",
    "client_id",
    "client_secret",
    "way",
)


async def identify(answers: Mapping[str, str], api: Api) -> Identity:
    server = normalise_server(answers.get("server") or api.account.server)
    credentials = {
        name: value.strip()
        for name, value in {**api.account.credentials, **answers}.items()
        if name in KEPT_CREDENTIALS and value
    }
    asking = _Asking(server, credentials, api)
    facts = await asking.facts()
    account = await asking.account()
    app = await asking.optional("/api/v1/apps/verify_credentials")
    if app.get("name"):
        facts["app"] = str(app["name"])
    missing = await asking.missing_rights(str(account["id"]), app)
    acct = str(account.get("acct") or account.get("username"))
    host = str(facts.pop("domain", "") or urlsplit(server).netloc)
    return Identity(
        account=Account(
            kind=str(facts.pop("kind")),
            remote_id=str(account["id"]),
            handle=f"@{acct}" if "@" in acct else f"@{acct}@{host.removeprefix('https://')}",
            server=server,
            facts=facts,
            credentials=credentials,
        ),
        display_name=str(account.get("display_name") or acct),
        profile_url=str(account.get("url", "")),
        missing=missing,
    )


class _Asking:
    """Questions to a server that is not known yet."""

    def __init__(self, server: str, credentials: Mapping[str, str], api: Api) -> None:
        self._server = server
        self._headers = signed(credentials)
        self._api = api

    async def _mapping(self, path: str) -> dict[str, Any]:
        return (await self._api.call(Request("GET", address(self._server, path), self._headers))).mapping()

    async def optional(self, path: str) -> dict[str, Any]:
        """What a server may not offer: {} then."""
        try:
            return await self._mapping(path)
        except NetworkError:
            return {}

    async def facts(self) -> dict[str, Any]:
        instance = await self.optional("/api/v2/instance")
        if not instance:
            instance = await self._first_answer("/api/v1/instance")
        version = str(instance.get("version", ""))
        nodeinfo = await self._nodeinfo()
        name = str((nodeinfo.get("software") or {}).get("name", ""))
        return {**instance_facts(instance), "kind": recognise(name, version).slug, "software": name}

    async def _first_answer(self, path: str) -> dict[str, Any]:
        """Raises NotSentError with a sentence about the address."""
        try:
            instance = await self._mapping(path)
        except BlockedError:
            raise
        except NetworkError as error:
            sentence = Message(NOT_SUCH_A_SERVER, {"server": self._server})
            raise NotSentError(sentence) from error
        if "version" not in instance:
            raise NotSentError(Message(NOT_SUCH_A_SERVER, {"server": self._server}))
        return instance

    async def _nodeinfo(self) -> dict[str, Any]:
        """Followed only on the same host: the address comes from the server, not from the person."""
        links = (await self.optional("/.well-known/nodeinfo")).get("links")
        hrefs = [str(link.get("href", "")) for link in links or () if isinstance(link, dict)]
        if not hrefs or urlsplit(hrefs[-1])[:2] != urlsplit(self._server)[:2]:
            return {}
        try:
            return (await self._api.call(Request("GET", hrefs[-1]))).mapping()
        except NetworkError:
            return {}

    async def account(self) -> dict[str, Any]:
        try:
            account = await self._mapping("/api/v1/accounts/verify_credentials")
        except BlockedError as error:
            if error.reason != BlockReason.SIGN_IN:
                raise
            raise BlockedError(Message(WRONG_TOKEN), BlockReason.SIGN_IN) from error
        if not account.get("id"):
            raise NotSentError(Message(NOT_SUCH_A_SERVER, {"server": self._server}))
        return account

    async def missing_rights(self, account_id: str, app: Mapping[str, Any]) -> tuple[Message, ...]:
        """Reading is tried. Writing is read from the application's rights, where they are told."""
        missing = []
        try:
            await self._mapping(f"/api/v1/accounts/{account_id}/statuses?limit=1")
        except BlockedError:
            missing.append(Message(NO_READING))
        scopes = app.get("scopes")
        told = scopes if isinstance(scopes, list) else str(scopes or "").split()
        if told and "write" not in told and not {"write:statuses", "write:media"} <= set(told):
            missing.append(Message(NO_WRITING))
        return tuple(missing)
