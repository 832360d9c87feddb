"""What Telegram tells of a connection beyond who it is: what the bot may do, and whether it hears comments."""

from tesselle.connectors.protocols import Api, SelfCheck
from tesselle.domain.messages import N_, Message
from tesselle.networks.telegram.identify import rights_missing

ALL_GIVEN = N_("The bot may post, correct and delete.")
HEARD = N_("The bot hears the discussion group: comments arrive, and lost answers can be cleared up.")
NOT_HEARD = N_(
    "The bot hears no discussion group: comments do not arrive, and a lost answer is yours to clear up."
)
LINK = N_(
    "Link a discussion group to the channel, make the bot an administrator of it, and reconnect the channel."
)


async def self_checks(api: Api) -> tuple[SelfCheck, ...]:
    missing = await rights_missing(api, api.account)
    rights = [SelfCheck("role", "bad" if stops else "attention", words) for words, stops in missing]
    return (*(rights or [SelfCheck("role", "good", Message(ALL_GIVEN))]), _comments(api))


def _comments(api: Api) -> SelfCheck:
    if api.account.facts.get("discussion"):
        return SelfCheck("comments", "good", Message(HEARD))
    return SelfCheck("comments", "attention", Message(NOT_HEARD), Message(LINK))
