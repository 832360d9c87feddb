"""Private mentions, listed by exchange: the lines of one thread between the same people."""

from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from tesselle.networks.mastodon.sandbox.shapes import account_json
from tesselle.networks.mastodon.sandbox.views import Views
from tesselle.networks.mastodon.sandbox.wire import caller, profile_of
from tesselle.simulation.network import SimPost, SimulatedNetwork

USUAL_PAGE = 20
LARGEST_PAGE = 40


@dataclass(slots=True)
class _Exchange:
    others: frozenset[str]
    lines: list[SimPost] = field(default_factory=list)


class Messages:
    def __init__(self, network: SimulatedNetwork, views: Views) -> None:
        self._network = network
        self._views = views

    async def listed(self, request: Request) -> JSONResponse:
        """The exchange with the newest line first; `max_id` is the id of a last line."""
        who = await caller(request, self._network, "read:statuses")
        if not profile_of(request).has_messages:
            return JSONResponse([])
        found = (await self._exchanges(who.account.id))[::-1]
        after = request.query_params.get("max_id")
        known = [exchange.lines[-1].id for exchange in found]
        start = known.index(after) + 1 if after in known else 0
        limit = min(int(request.query_params.get("limit", USUAL_PAGE)), LARGEST_PAGE)
        return JSONResponse(
            [await self._shown(request, exchange) for exchange in found[start : start + limit]]
        )

    async def _exchanges(self, account_id: str) -> list[_Exchange]:
        """By their last line, the oldest first."""
        found: dict[tuple[str, frozenset[str]], _Exchange] = {}
        threads: dict[str, str] = {}
        for line in await self._network.messages(account_id):
            thread = threads[line.id] = threads.get(line.parent_id, line.parent_id or line.id)
            others = frozenset({line.account_id, *line.to} - {account_id})
            found.setdefault((thread, others), _Exchange(others)).lines.append(line)
        return sorted(found.values(), key=lambda exchange: exchange.lines[-1].created_at)

    async def _shown(self, request: Request, exchange: _Exchange) -> dict[str, Any]:
        last, base = exchange.lines[-1], str(request.base_url)
        accounts = [await self._network.account(one) for one in sorted(exchange.others)]
        return {
            "id": exchange.lines[0].id,
            "unread": False,
            "accounts": [account_json(one, base, 0) for one in accounts if one is not None],
            "last_status": await self._views.shown(request, last),
        }
