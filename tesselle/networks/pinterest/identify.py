"""Who answers for a token, and with which rights. Posts nothing."""

import re
from collections.abc import Mapping

from tesselle.connectors.api import AnswerError
from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Account, Api, Identity
from tesselle.domain.errors import BlockedError, NotSentError, RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import BlockReason
from tesselle.networks.pinterest import SCOPES
from tesselle.networks.pinterest.wire import API, address, signed

WRONG_TOKEN = N_("Pinterest does not know this access token. Copy it again, in full; it may also have ended.")
NOT_PINTEREST = N_("Pinterest’s API does not answer at %(server)s. Check the address.")
NOT_AN_ADDRESS = N_("“%(typed)s” is no address. It begins with https:// and ends with .com.")
MISSING = N_("The sign-in lacks the right “%(right)s”. Connect again and leave every right ticked.")

KINDS = {"BUSINESS": "business", "PINNER": "personal"}
KEPT = (
    *("access_token", "refresh_token", "expires_at", "refresh_expires_at", "scope"),
    *("client_id", "client_secret", "way", "base"),
)


async def identify(answers: Mapping[str, str], api: Api) -> Identity:
    server = _typed(answers.get("server") or api.account.server or API)
    credentials = {
        name: value.strip()
        for name, value in {**api.account.credentials, **answers}.items()
        if name in KEPT and value
    }
    asking = _Asking(server, credentials, api)
    account = await asking.account()
    name = str(account.get("username", ""))
    return Identity(
        account=Account(
            kind=KINDS.get(str(account.get("account_type")), "personal"),
            remote_id=str(account["id"]),
            handle=name,
            server=server,
            credentials=credentials,
        ),
        display_name=str(account.get("business_name") or name),
        profile_url=f"https://www.pinterest.com/{name}/",
        missing=await asking.missing(),
    )


def _typed(server: str) -> str:
    """Without the version that its pages show behind the address."""
    server = re.sub(r"/v5/?$", "", server.strip()).rstrip("/")
    if not re.match(r"https?://[^/\s]+", server):
        raise RejectedError(Message(NOT_AN_ADDRESS, {"typed": server[:100]}), "server")
    return server


class _Asking:
    """Questions with a token that is not known yet."""

    def __init__(self, server: str, credentials: Mapping[str, str], api: Api) -> None:
        self._server = server
        self._credentials = credentials
        self._api = api

    async def _get(self, path: str) -> dict[str, object]:
        request = Request("GET", address(self._server, path), signed(self._credentials))
        return (await self._api.call(request)).mapping()

    async def account(self) -> dict[str, object]:
        elsewhere = NotSentError(Message(NOT_PINTEREST, {"server": self._server}))
        try:
            account = await self._get("/user_account")
        except AnswerError as error:
            if error.response.status == 401:
                raise BlockedError(Message(WRONG_TOKEN), BlockReason.SIGN_IN) from error
            raise elsewhere from error
        except RejectedError as error:
            raise elsewhere from error
        if not account.get("id"):
            raise elsewhere
        return account

    async def missing(self) -> tuple[Message, ...]:
        """By what the sign-in told; a pasted token tells nothing, so reading is tried."""
        told = self._credentials.get("scope", "")
        if told:
            had = set(re.split(r"[ ,]+", told))
            return tuple(Message(MISSING, {"right": one}) for one in SCOPES if one not in had)
        try:
            await self._get("/boards?page_size=1")
            await self._get("/pins?page_size=1")
        except BlockedError as error:
            if error.reason != BlockReason.ROLE:
                raise
            return (Message(MISSING, {"right": "boards:read, pins:read"}),)
        return ()
