"""What Facebook tells of a Page's connection beyond who it is: rights, how long it holds, calls used up."""

from collections.abc import Mapping
from datetime import timedelta

from tesselle.connectors.dialects.graph.login import inspect
from tesselle.connectors.dialects.graph.usage import used_percent
from tesselle.connectors.protocols import Api, SelfCheck
from tesselle.domain.errors import NetworkError
from tesselle.domain.messages import N_, Message
from tesselle.networks.facebook.identify import SIGN_IN_AGAIN
from tesselle.networks.facebook.wire import GRAPH

HIGH_PERCENT = 80
WARN_AHEAD = timedelta(days=7)
ALL_WANTED = N_("Comments, answers and figures are allowed too.")
READS_UNTIL = N_("Facebook lets us read this Page until %(date)s; then somebody has to sign in again.")
READS_ON = N_("Facebook lets us read this Page with no end in sight.")
USED = N_("%(percent)s%% of the calls that Facebook allows in this hour are used.")
NOT_TOLD = N_("Facebook does not say how many calls are left: too few were made to be counted.")
FEWER = N_("Read figures and comments less often, or spread the Pages over the day.")

WANTED: Mapping[str, str] = {
    "pages_manage_engagement": N_(
        "Without pages_manage_engagement there are no first comments and no answers."
    ),
    "pages_read_user_content": N_("Without pages_read_user_content other people’s comments stay unseen."),
    "read_insights": N_("Without read_insights there are no figures but reactions, comments and shares."),
}


async def self_checks(api: Api) -> tuple[SelfCheck, ...]:
    return (*await _token_checks(api), await _quota_check(api))


async def _token_checks(api: Api) -> list[SelfCheck]:
    try:
        told = await inspect(GRAPH, await api.session(), api)
    except (NetworkError, ValueError) as error:
        return [SelfCheck("rights", "unknown", Message(str(error)))]
    lacking = [sentence for scope, sentence in WANTED.items() if scope not in told.scopes]
    lines = [
        SelfCheck("rights", "attention", Message(sentence), Message(SIGN_IN_AGAIN)) for sentence in lacking
    ] or [SelfCheck("rights", "good", Message(ALL_WANTED))]
    if told.reads_until is None:
        return [*lines, SelfCheck("expiry", "good", Message(READS_ON))]
    message = Message(READS_UNTIL, {"date": told.reads_until.date().isoformat()})
    is_near = told.reads_until - api.now <= WARN_AHEAD
    cure = Message(SIGN_IN_AGAIN) if is_near else None
    return [*lines, SelfCheck("expiry", "attention" if is_near else "good", message, cure)]


async def _quota_check(api: Api) -> SelfCheck:
    try:
        percent = used_percent(await GRAPH.answer(api, api.account.remote_id, {"fields": "id"}))
    except NetworkError as error:
        return SelfCheck("quota", "unknown", error.message)
    if percent is None:
        return SelfCheck("quota", "unknown", Message(NOT_TOLD))
    message = Message(USED, {"percent": percent})
    if percent >= HIGH_PERCENT:
        return SelfCheck("quota", "attention", message, Message(FEWER))
    return SelfCheck("quota", "good", message)
