"""What TikTok tells of a connection beyond who it is: rights, and whether the audit is behind us."""

from tesselle.connectors.protocols import Api, SelfCheck
from tesselle.domain.errors import NetworkError
from tesselle.domain.messages import N_, Message
from tesselle.networks.tiktok.creator import Creator, creator
from tesselle.networks.tiktok.identify import SCOPES
from tesselle.networks.tiktok.options import ALONE
from tesselle.networks.tiktok.wire import DIRECT

LACKING = N_("These rights were not given, so that figures or past posts are missing: %(rights)s.")
AGAIN = N_("Connect the channel again and leave every right ticked.")
ALL_GIVEN = N_("Figures and past posts may be read too.")
ONLY_ALONE = N_("TikTok lets this account post for itself alone: the application was not audited yet.")
ASK = N_("Ask for the audit on developers.tiktok.com. Until then, connect the account for drafts instead.")
CHOICES = N_("Posts can be seen by others; films may last %(seconds)s seconds.")
NO_COMMENTS = N_("Comments are switched off in the account’s settings, so they are for every post.")
COMMENTS = N_("Each post can allow comments.")


async def self_checks(api: Api) -> tuple[SelfCheck, ...]:
    rights = _rights(api)
    if api.account.kind != DIRECT:
        return (rights,)
    try:
        who = await creator(api)
    except (NetworkError, ValueError) as error:
        message = error.message if isinstance(error, NetworkError) else Message(NOT_TOLD)
        return (rights, SelfCheck("role", "unknown", message))
    return (rights, _audience(who), _comments(who))


NOT_TOLD = N_("TikTok does not say what this account may post.")


def _rights(api: Api) -> SelfCheck:
    lacking = [one for one in SCOPES[api.account.kind] if one not in api.account.facts.get("scopes", ())]
    if not lacking:
        return SelfCheck("rights", "good", Message(ALL_GIVEN))
    return SelfCheck("rights", "attention", Message(LACKING, {"rights": ", ".join(lacking)}), Message(AGAIN))


def _audience(who: Creator) -> SelfCheck:
    if set(who.levels) <= {ALONE}:
        return SelfCheck("role", "attention", Message(ONLY_ALONE), Message(ASK))
    return SelfCheck("role", "good", Message(CHOICES, {"seconds": who.max_seconds}))


def _comments(who: Creator) -> SelfCheck:
    return SelfCheck("comments", "good", Message(NO_COMMENTS if who.no_comments else COMMENTS))
