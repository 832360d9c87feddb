"""The boards and their sections, to choose from."""

from collections.abc import Mapping

from tesselle.connectors.card import Choice
from tesselle.connectors.protocols import Api
from tesselle.domain.messages import N_
from tesselle.networks.pinterest.options import BOARD, SECTION
from tesselle.networks.pinterest.wire import items

PRIVACY = {
    "SECRET": N_("Secret: only you and those you invited see it."),
    "PROTECTED": N_("Protected: its pins appear nowhere else."),
}


async def choices(option: str, chosen: Mapping[str, str], api: Api) -> tuple[Choice, ...]:
    if option == BOARD:
        boards = [board async for board in items(api, "/boards")]
        return tuple(
            Choice(str(board["id"]), str(board["name"]), PRIVACY.get(str(board.get("privacy")), ""))
            for board in boards
            if board.get("id") and board.get("name")
        )
    board_id = chosen.get(BOARD, "")
    if option != SECTION or not board_id.isdecimal():
        return ()
    sections = [section async for section in items(api, f"/boards/{board_id}/sections")]
    return tuple(
        Choice(str(one["id"]), str(one["name"])) for one in sections if one.get("id") and one.get("name")
    )
