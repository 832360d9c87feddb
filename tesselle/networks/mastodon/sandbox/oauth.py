"""Registering an application with a make-believe server, and how its pages sign people in."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.connectors.sandbox.oauth2 import Manner, OAuthPages, error
from tesselle.networks.mastodon.sandbox.wire import params, profile_of, words
from tesselle.simulation.network import SimAccount, SimulatedNetwork

DAY = 86_400


def manner_of(request: Request) -> Manner:
    days = profile_of(request).token_days
    return Manner(access_seconds=days * DAY, refresh="rotated" if days else "none")


class OAuth:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network
        self.pages = OAuthPages(network, manner_of, self._people)

    async def _people(self, request: Request) -> list[SimAccount]:
        """Only those who live on this server."""
        software = profile_of(request).slug
        return [one for one in await self._network.accounts() if one.facts.get("software") == software]

    async def register(self, request: Request) -> Response:
        data = await params(request)
        scopes = words(data, "scopes") or "read"
        if ":" in scopes and not profile_of(request).knows_fine_scopes:
            return error(400, "invalid_scope", "The requested scope is invalid, unknown, or malformed.")
        number = await self._network.next_id("apps")
        name, redirects = words(data, "client_name"), words(data, "redirect_uris").split()
        await self.pages.keep_app(f"app-{number}", name, f"secret-of-app-{number}", scopes, redirects)
        return JSONResponse(
            {
                "id": str(number),
                "name": name,
                "website": words(data, "website") or None,
                "scopes": scopes.split(),
                "redirect_uri": words(data, "redirect_uris"),
                "redirect_uris": redirects,
                "client_id": f"app-{number}",
                "client_secret": f"secret-of-app-{number}",
                "client_secret_expires_at": 0,
            }
        )
