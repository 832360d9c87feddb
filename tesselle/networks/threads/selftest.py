"""What Threads tells of a connection beyond who it is: rights, and what is left of the day."""

from tesselle.connectors.protocols import Api, SelfCheck
from tesselle.domain.errors import NetworkError
from tesselle.domain.messages import N_, Message
from tesselle.networks.threads import quotas
from tesselle.networks.threads.identify import SCOPES

HIGH_PERCENT = 80

LACKING = N_("These rights were not given, so that replies, figures or deletions are missing: %(rights)s.")
AGAIN = N_("Connect the channel again and leave every right ticked.")
ALL_GIVEN = N_("Replies, figures and deletions are allowed too.")
POSTS_LEFT = N_("%(used)s of the %(total)s posts that Threads allows in a day have gone out.")
REPLIES_LEFT = N_("%(used)s of the %(total)s replies that Threads allows in a day have gone out.")
SPREAD = N_("What is due later waits until the day’s window frees. Spread the posts over more days.")
NOT_TOLD = N_("Threads does not say how much of the day is left.")


async def self_checks(api: Api) -> tuple[SelfCheck, ...]:
    return _rights(api), *await _quotas(api)


def _rights(api: Api) -> SelfCheck:
    lacking = [right for right in SCOPES if right not in api.account.facts.get("scopes", ())]
    if not lacking:
        return SelfCheck("rights", "good", Message(ALL_GIVEN))
    return SelfCheck("rights", "attention", Message(LACKING, {"rights": ", ".join(lacking)}), Message(AGAIN))


async def _quotas(api: Api) -> tuple[SelfCheck, ...]:
    try:
        told = await quotas.read(api)
    except NetworkError as error:
        return (SelfCheck("quota", "unknown", error.message),)
    return (
        _quota("quota", told[quotas.POSTS], POSTS_LEFT),
        _quota("replies", told[quotas.REPLIES], REPLIES_LEFT),
    )


def _quota(subject: str, quota: quotas.Quota, sentence: str) -> SelfCheck:
    if not quota.total:
        return SelfCheck(subject, "unknown", Message(NOT_TOLD))
    message = Message(sentence, {"used": quota.used, "total": quota.total})
    if quota.used * 100 >= quota.total * HIGH_PERCENT:
        return SelfCheck(subject, "attention", message, Message(SPREAD))
    return SelfCheck(subject, "good", message)
