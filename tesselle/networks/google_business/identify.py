"""Which places a sign-in may speak for. Posts nothing."""

from collections.abc import Mapping
from typing import Any

from tesselle.connectors.api import AnswerError
from tesselle.connectors.dialects.google.sign_in import bearer, kept_of, missing_scopes
from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Account, Api, Identity
from tesselle.domain.errors import BlockedError, NotSentError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import BlockReason
from tesselle.networks.google_business import SCOPE
from tesselle.networks.google_business.answers import SIGN_IN
from tesselle.networks.google_business.wire import ACCOUNTS, PLACES, POSTS, Params, address

PLACE = "place"
"""In the credentials: `accounts/1/locations/9`, since one sign-in opens several."""
READ = "name,title,storefrontAddress,metadata"
ACCOUNTS_A_PAGE, PLACES_A_PAGE = 20, 100
MAX_PAGES = 20

NO_PLACE = N_(
    "This Google account manages no place. Ask an owner of the profile to make you a manager, then connect again."
)
NOT_VERIFIED = N_(
    "Google has not verified this place, so nothing can be published for it. Verify it on business.google.com."
)
MISSING = N_("The sign-in lacks the right “%(right)s”. Connect again and leave every right ticked.")
UNREADABLE = N_("Google did not say which place this is. Try again later.")


async def accounts(api: Api) -> tuple[Identity, ...]:
    asking = _Asking(kept_of(api.account.credentials), api)
    found = [
        asking.identity(account, place)
        for account in await asking.accounts()
        for place in await asking.places(account)
    ]
    if not found:
        raise BlockedError(Message(NO_PLACE), BlockReason.ROLE)
    return tuple(found)


async def identify(answers: Mapping[str, str], api: Api) -> Identity:
    """The one place that credentials speak for."""
    told = {**api.account.credentials, **answers}
    asking = _Asking(kept_of(told), api)
    account, _, place = told.get(PLACE, "").partition("/locations/")
    return asking.identity(account, await asking.place(f"locations/{place}"))


class _Asking:
    """Questions with a sign-in that is not known yet."""

    def __init__(self, credentials: Mapping[str, str], api: Api) -> None:
        self._credentials, self._api = credentials, api
        self._server = api.account.server or credentials.get("base", "") or POSTS

    async def _get(self, host: str, path: str, params: Params) -> dict[str, Any]:
        request = Request("GET", address(host, self._server, path, params), bearer(self._credentials))
        try:
            return (await self._api.call(request)).mapping()
        except AnswerError as error:
            if error.response.status == 401:
                raise BlockedError(Message(SIGN_IN), BlockReason.SIGN_IN) from error
            raise

    async def _listed(
        self, host: str, path: str, name: str, params: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        found, query = list[dict[str, Any]](), dict(params)
        for _page in range(MAX_PAGES):
            told = await self._get(host, path, query)
            found += [one for one in told.get(name) or () if isinstance(one, dict)]
            if not told.get("nextPageToken"):
                break
            query["pageToken"] = told["nextPageToken"]
        return found

    async def accounts(self) -> list[str]:
        found = await self._listed(ACCOUNTS, "v1/accounts", "accounts", {"pageSize": ACCOUNTS_A_PAGE})
        return [str(one["name"]) for one in found if one.get("name")]

    async def places(self, account: str) -> list[dict[str, Any]]:
        query = {"readMask": READ, "pageSize": PLACES_A_PAGE}
        return await self._listed(PLACES, f"v1/{account}/locations", "locations", query)

    async def place(self, name: str) -> dict[str, Any]:
        told = await self._get(PLACES, f"v1/{name}", {"readMask": READ})
        if not told.get("name"):
            raise NotSentError(Message(UNREADABLE))
        return told

    def identity(self, account: str, place: Mapping[str, Any]) -> Identity:
        name, metadata = str(place["name"]), place.get("metadata") or {}
        title = str(place.get("title") or name)
        credentials = {**self._credentials, PLACE: f"{account}/{name}"}
        missing = [Message(MISSING, {"right": one.rpartition("/")[2]})
                   for one in missing_scopes(credentials, (SCOPE,))]  # fmt: skip
        if not metadata.get("hasVoiceOfMerchant"):
            missing.append(Message(NOT_VERIFIED))
        return Identity(
            account=Account("location", name, title, self._server, {"account": account}, credentials),
            display_name=", ".join(part for part in (title, _town(place)) if part),
            profile_url=str(metadata.get("mapsUri") or ""),
            missing=tuple(missing),
        )


def _town(place: Mapping[str, Any]) -> str:
    """What tells two places of a company apart."""
    return str((place.get("storefrontAddress") or {}).get("locality") or "")
