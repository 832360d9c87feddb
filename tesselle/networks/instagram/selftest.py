"""What Instagram tells of a connection beyond who it is: rights, the day's posts, calls used up."""

from tesselle.connectors.dialects.graph.usage import used_percent
from tesselle.connectors.protocols import Api, SelfCheck
from tesselle.domain.errors import NetworkError
from tesselle.domain.messages import N_, Message
from tesselle.networks.instagram.identify import FACEBOOK_SCOPES, INSTAGRAM_SCOPES
from tesselle.networks.instagram.posting import quota
from tesselle.networks.instagram.wire import DIRECT, graph_of

HIGH_PERCENT = 80

LACKING = N_("These rights were not given, so that comments, figures or deletions are missing: %(rights)s.")
AGAIN = N_("Connect the channel again and leave every right ticked.")
ALL_GIVEN = N_("Comments and figures are allowed too.")
POSTS_LEFT = N_("%(used)s of the %(total)s posts that Instagram allows in a day have gone out.")
SPREAD = N_("What is due later waits until the day’s window frees. Spread the posts over more days.")
NO_QUOTA = N_("Instagram does not say how many posts of the day are left.")
USED = N_("%(percent)s%% of the calls that Instagram allows are used.")
NO_USAGE = N_("Instagram does not say how many calls are left: too few were made to be counted.")
FEWER = N_("Read figures and comments less often.")


async def self_checks(api: Api) -> tuple[SelfCheck, ...]:
    return _rights(api), await _posts(api), await _calls(api)


def _rights(api: Api) -> SelfCheck:
    wanted = INSTAGRAM_SCOPES if api.account.kind == DIRECT else FACEBOOK_SCOPES
    lacking = [right for right in wanted if right not in api.account.facts.get("scopes", ())]
    if not lacking:
        return SelfCheck("rights", "good", Message(ALL_GIVEN))
    return SelfCheck("rights", "attention", Message(LACKING, {"rights": ", ".join(lacking)}), Message(AGAIN))


async def _posts(api: Api) -> SelfCheck:
    try:
        used, total = await quota(api)
    except NetworkError as error:
        return SelfCheck("quota", "unknown", error.message)
    if not total:
        return SelfCheck("quota", "unknown", Message(NO_QUOTA))
    message = Message(POSTS_LEFT, {"used": used, "total": total})
    if used * 100 >= total * HIGH_PERCENT:
        return SelfCheck("quota", "attention", message, Message(SPREAD))
    return SelfCheck("quota", "good", message)


async def _calls(api: Api) -> SelfCheck:
    try:
        answer = await graph_of(api.account).answer(api, api.account.remote_id, {"fields": "id"})
    except NetworkError as error:
        return SelfCheck("calls", "unknown", error.message)
    percent = used_percent(answer)
    if percent is None:
        return SelfCheck("calls", "unknown", Message(NO_USAGE))
    message = Message(USED, {"percent": percent})
    if percent >= HIGH_PERCENT:
        return SelfCheck("calls", "attention", message, Message(FEWER))
    return SelfCheck("calls", "good", message)
