"""Pages by their names, told to the application itself."""

from starlette.requests import Request
from starlette.responses import JSONResponse

from tesselle.connectors.sandbox.graph import errors
from tesselle.connectors.sandbox.graph.wire import page_of, params, token_of, words
from tesselle.connectors.sandbox.oauth2 import PRACTICE_ID, PRACTICE_SECRET
from tesselle.simulation.network import SimulatedNetwork

NOT_GRANTED = "places_not_granted"
"""A flag: Meta has not looked at the application yet."""

_ROWS = (
    ("106091712758100", "Genève, Suisse", {"city": "Genève", "country": "Switzerland"}),
    (
        "203461109677381",
        "Jet d’Eau",
        {"street": "Quai Gustave-Ador", "city": "Genève", "country": "Switzerland"},
    ),
    ("177552398950414", "Les amis de Genève", None),
    ("108104955880023", "Lausanne", {"city": "Lausanne", "country": "Switzerland"}),
)
PAGES = [{"id": number, "name": name, **({"location": at} if at else {})} for number, name, at in _ROWS]


class Places:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def search(self, request: Request) -> JSONResponse:
        data = await params(request)
        if (
            token_of(request, data) != f"{PRACTICE_ID}|{PRACTICE_SECRET}"
            or NOT_GRANTED in self._network.flags
        ):
            raise errors.not_allowed("Page Public Metadata Access")
        wanted = words(data, "q").casefold()
        if not wanted:
            raise errors.invalid("(#100) The parameter q is required")
        found = [
            page for page in PAGES if wanted in f"{page['name']} {page.get('location') or ''}".casefold()
        ]
        return JSONResponse(page_of(found, request, data, ("name",)))
