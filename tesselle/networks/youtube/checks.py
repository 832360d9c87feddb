"""The lines of a channel's self-test that only YouTube has."""

from tesselle.connectors.dialects.google.sign_in import missing_scopes
from tesselle.connectors.protocols import Api, SelfCheck
from tesselle.domain.errors import NetworkError
from tesselle.domain.messages import N_, Message
from tesselle.networks.youtube import FIGURES
from tesselle.networks.youtube.identify import NOT_VERIFIED
from tesselle.networks.youtube.limits import DAY_UNITS, DAY_UPLOADS
from tesselle.networks.youtube.wire import listed

LONG = N_("Films of more than 15 minutes are taken.")
ONLY_SHORT = N_("Films of more than 15 minutes are refused: the channel was never verified by phone.")
VERIFY = N_("Verify the channel at youtube.com/verify, then connect it again.")
UNREAD = N_("YouTube did not tell what the channel may do (%(why)s).")
REPORTS = N_("YouTube Analytics may be read: shares and saves are told.")
NO_REPORTS = N_("The right to read YouTube Analytics is missing, so that shares and saves stay untold.")
TICK = N_("Connect again and leave every right ticked on Google’s page.")
SHARED = N_(
    "YouTube does not tell what is left of today’s quota. As a rule a project has %(units)s units and "
    "%(films)s films a day, for all its channels together."
)


async def self_checks(api: Api) -> tuple[SelfCheck, ...]:
    quota = Message(SHARED, {"units": DAY_UNITS, "films": DAY_UPLOADS})
    return (await _length(api), _reports(api), SelfCheck("quota", "unknown", quota))


async def _length(api: Api) -> SelfCheck:
    try:
        found = await listed(api, "channels", {"part": "status", "id": api.account.remote_id})
    except (NetworkError, ValueError) as error:
        return SelfCheck("films", "unknown", Message(UNREAD, {"why": str(error)[:200]}))
    status = str((found[0].get("status") or {}).get("longUploadsStatus", "")) if found else ""
    if status in NOT_VERIFIED:
        return SelfCheck("films", "attention", Message(ONLY_SHORT), Message(VERIFY))
    return SelfCheck("films", "good", Message(LONG))


def _reports(api: Api) -> SelfCheck:
    if missing_scopes(api.account.credentials, (FIGURES,)):
        return SelfCheck("figures", "attention", Message(NO_REPORTS), Message(TICK))
    return SelfCheck("figures", "good", Message(REPORTS))
