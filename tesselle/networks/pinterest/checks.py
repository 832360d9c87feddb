"""The lines of a channel's self-test that only Pinterest has."""

from urllib.parse import urlsplit

from tesselle.connectors.protocols import Api, SelfCheck
from tesselle.domain.errors import NetworkError
from tesselle.domain.messages import N_, Message
from tesselle.networks.pinterest.boards import choices
from tesselle.networks.pinterest.options import BOARD

TRIAL_HOST = "api-sandbox.pinterest.com"

IN_TRIAL = N_("The channel speaks to Pinterest’s trial area: nobody sees what it publishes.")
LEAVE_TRIAL = N_("Once your app has standard access, sign in again without another address of the API.")
IN_PUBLIC = N_("The channel speaks to Pinterest itself. If your app has trial access only, pins are refused.")
BOARDS = N_("Boards to choose from: %(count)s.")
NO_BOARDS = N_("The account has no board, and a pin needs one.")
MAKE_ONE = N_("Make a board on Pinterest, then read the lists again.")
UNREAD = N_("The boards could not be read (%(why)s).")


async def self_checks(api: Api) -> tuple[SelfCheck, ...]:
    return (_admission(api), await _boards(api))


def _admission(api: Api) -> SelfCheck:
    if urlsplit(api.account.server).hostname == TRIAL_HOST:
        return SelfCheck("admission", "attention", Message(IN_TRIAL), Message(LEAVE_TRIAL))
    return SelfCheck("admission", "unknown", Message(IN_PUBLIC))


async def _boards(api: Api) -> SelfCheck:
    try:
        found = await choices(BOARD, {}, api)
    except (NetworkError, ValueError) as error:
        return SelfCheck("boards", "unknown", Message(UNREAD, {"why": str(error)[:200]}))
    if not found:
        return SelfCheck("boards", "bad", Message(NO_BOARDS), Message(MAKE_ONE))
    return SelfCheck("boards", "good", Message(BOARDS, {"count": len(found)}))
