"""Who somebody is, which pages they look after, and how the sign-in pages work."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.connectors.sandbox.oauth2 import Manner, OAuthPages
from tesselle.networks.linkedin.sandbox.wire import PAGE, PERSON, caller, denied, not_found, paged, versioned
from tesselle.simulation.network import SimAccount, SimulatedNetwork

DAYS_60 = 5_184_000


class People:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network
        self.pages = OAuthPages(network, self._manner)

    def _manner(self, request: Request) -> Manner:
        """Only approved partners get something to renew with."""
        plain = Manner(pkce="none", access_seconds=DAYS_60, code_seconds=1_800)
        return replace(plain, refresh="kept") if "partner" in self._network.flags else plain

    async def userinfo(self, request: Request) -> Response:
        who = await caller(request, self._network)
        who.demand("openid", "userinfo.GET")
        account = await self._member(who.person)
        return JSONResponse({"sub": account.id.removeprefix(PERSON), "name": account.name})

    async def me(self, request: Request) -> Response:
        who = await caller(request, self._network)
        who.demand("r_basicprofile", "me.GET.NO_VERSION")
        account = await self._member(who.person)
        first, _, last = account.name.partition(" ")
        number = account.id.removeprefix(PERSON)
        return JSONResponse({"id": number, "localizedFirstName": first, "localizedLastName": last})

    async def _member(self, person: str) -> SimAccount:
        account = await self._network.account(person)
        if account is None:
            raise not_found(person)
        return account

    async def roles(self, request: Request) -> Response:
        who, query = await versioned(request, self._network), request.query_params
        if query.get("q") != "roleAssignee" or not who.scopes & {
            "rw_organization_admin",
            "r_organization_admin",
        }:
            raise denied("partnerApiOrganizationAcls.FINDER-roleAssignee")
        rows = [
            {
                "organization": one.id,
                "role": one.facts["role"],
                "roleAssignee": who.person,
                "state": "APPROVED",
            }
            for one in await self._network.accounts()
            if one.id.startswith(PAGE) and one.facts.get("admin") == who.person
        ]
        return JSONResponse(paged(rows, request))

    async def organization(self, request: Request) -> Response:
        who = await versioned(request, self._network)
        account = await self._network.account(f"{PAGE}{request.path_params['number']}")
        if account is None:
            raise not_found(request.path_params["number"])
        if account.facts.get("admin") != who.person:
            raise denied("partnerApiOrganizations.GET")
        number = int(account.id.removeprefix(PAGE))
        return JSONResponse({"id": number, "localizedName": account.name, "vanityName": account.handle})
