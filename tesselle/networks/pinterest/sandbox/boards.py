"""Boards and their sections."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.networks.pinterest.sandbox import wire
from tesselle.simulation.network import SimAccount, SimulatedNetwork

PRIVACY = ("PUBLIC", "PROTECTED", "SECRET")


class Boards:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def make(self, account: SimAccount, name: str, privacy: str = "PUBLIC") -> dict[str, Any]:
        board: dict[str, Any] = {
            "id": str(549_000_000_000 + await self._network.next_id("boards")),
            "name": name,
            "description": "",
            "privacy": privacy,
            "owner": {"username": account.handle},
            "pin_count": 0,
            "follower_count": 0,
            "collaborator_count": 0,
            "created_at": wire.stamp(self._network.clock()),
            "account": account.id,
        }
        await self._network.keep("boards", board["id"], board)
        return board

    async def make_section(self, board_id: str, name: str) -> dict[str, Any]:
        section = {
            "id": str(650_000_000_000 + await self._network.next_id("sections")),
            "name": name,
            "board": board_id,
        }
        await self._network.keep("sections", section["id"], section)
        return section

    async def of(self, account: SimAccount) -> list[dict[str, Any]]:
        return [board for board in await self._network.all_kept("boards") if board["account"] == account.id]

    async def named(self, account: SimAccount, board_id: str) -> dict[str, Any]:
        """Raises Pinterest's own 404."""
        board = await self._network.kept("boards", board_id)
        if board is None or board["account"] != account.id:
            raise wire.ProblemError(404, 40, "Board not found.")
        return board

    async def section_of(self, board: dict[str, Any], section_id: str) -> None:
        section = await self._network.kept("sections", section_id)
        if section is None or section["board"] != board["id"]:
            raise wire.ProblemError(404, 2031, "Board section not found.")

    # what is asked

    async def listed(self, request: Request, account: SimAccount) -> Response:
        wanted = request.query_params.get("privacy", "")
        boards = [board for board in await self.of(account) if not wanted or board["privacy"] == wanted]
        return wire.paged(request, [_shown(board) for board in boards])

    async def read(self, request: Request, account: SimAccount) -> Response:
        return JSONResponse(_shown(await self.named(account, request.path_params["id"])))

    async def create(self, request: Request, account: SimAccount) -> Response:
        data = await wire.body_of(request)
        privacy = data.get("privacy", "PUBLIC")
        if not data.get("name"):
            raise wire.invalid("'name' is a required property")
        if privacy not in PRIVACY:
            raise wire.invalid(f"{privacy!r} is not one of {list(PRIVACY)}")
        return JSONResponse(_shown(await self.make(account, str(data["name"]), privacy)), 201)

    async def sections(self, request: Request, account: SimAccount) -> Response:
        board = await self.named(account, request.path_params["id"])
        found = [one for one in await self._network.all_kept("sections") if one["board"] == board["id"]]
        return wire.paged(request, [{"id": one["id"], "name": one["name"]} for one in found])

    async def create_section(self, request: Request, account: SimAccount) -> Response:
        board, data = await self.named(account, request.path_params["id"]), await wire.body_of(request)
        if not data.get("name"):
            raise wire.invalid("'name' is a required property")
        section = await self.make_section(str(board["id"]), str(data["name"]))
        return JSONResponse({"id": section["id"], "name": section["name"]}, 201)


def _shown(board: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in board.items() if name != "account"}
