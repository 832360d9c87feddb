"""The lines of a channel's self-test that only Google Business Profile has."""

from tesselle.connectors.protocols import Api, SelfCheck
from tesselle.domain.errors import BlockedError, NetworkError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import BlockReason
from tesselle.networks.google_business.identify import NOT_VERIFIED
from tesselle.networks.google_business.wire import PLACES, POSTS, ask, place_of

VERIFIED = N_("Google has verified the place: posts and answers are shown.")
VERIFY = N_("Verify the place on business.google.com; Google sends a code or asks for a film.")
UNREAD = N_("Google did not tell whether the place is verified (%(why)s).")
ADMITTED = N_("Google has admitted your project: posts can be read.")
NOT_ADMITTED = N_("Google has not admitted your project to its business APIs yet.")
ASK = N_("Fill in Google’s form “Application for Basic API Access”, and wait for the answer.")
UNTOLD = N_("Whether Google has admitted your project could not be found out (%(why)s).")


async def self_checks(api: Api) -> tuple[SelfCheck, ...]:
    return (await _verified(api), await _admission(api))


async def _verified(api: Api) -> SelfCheck:
    try:
        place = await ask(api, PLACES, f"v1/{api.account.remote_id}", {"readMask": "name,metadata"})
    except (NetworkError, ValueError) as error:
        return SelfCheck("place", "unknown", Message(UNREAD, {"why": str(error)[:200]}))
    if (place.get("metadata") or {}).get("hasVoiceOfMerchant"):
        return SelfCheck("place", "good", Message(VERIFIED))
    return SelfCheck("place", "bad", Message(NOT_VERIFIED), Message(VERIFY))


async def _admission(api: Api) -> SelfCheck:
    try:
        await ask(api, POSTS, f"v4/{place_of(api.account)}/localPosts", {"pageSize": 1})
    except BlockedError as error:
        if error.reason == BlockReason.ADMISSION:
            return SelfCheck("admission", "bad", Message(NOT_ADMITTED), Message(ASK))
        return SelfCheck("admission", "unknown", Message(UNTOLD, {"why": str(error)[:200]}))
    except NetworkError as error:
        return SelfCheck("admission", "unknown", Message(UNTOLD, {"why": str(error)[:200]}))
    return SelfCheck("admission", "good", Message(ADMITTED))
