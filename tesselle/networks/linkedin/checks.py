"""The self-test's own lines: the role on the page, and how long the API's version is still spoken."""

from datetime import timedelta

from tesselle.connectors.protocols import Api, SelfCheck
from tesselle.domain.errors import NetworkError
from tesselle.domain.messages import N_, Message
from tesselle.networks.linkedin import version
from tesselle.networks.linkedin.identify import NO_ROLE, POSTING_ROLES, roles_on_pages
from tesselle.networks.linkedin.wire import of_page

EARLY = timedelta(days=60)

ADMINISTRATOR = N_("You are an administrator of the page: posts, comments and figures.")
NO_FIGURES = N_(
    "Your role on the page (%(role)s) lets you post. LinkedIn shows figures to administrators only."
)
ROLE_UNKNOWN = N_("LinkedIn did not tell your role on the page (%(why)s).")
NO_POSTING = N_("Your role on the page lets you post nothing.")
SPOKEN = N_("Version %(version)s of LinkedIn’s API is spoken; it holds until about %(until)s.")
RAISE = N_(
    "Update Tesselle, or set TESSELLE_LINKEDIN_VERSION to a newer version, and test the channel again."
)


async def self_checks(api: Api) -> tuple[SelfCheck, ...]:
    role = (await _role(api),) if of_page(api.account) else ()
    return (*role, _version(api))


async def _role(api: Api) -> SelfCheck:
    try:
        role = (await roles_on_pages(api)).get(api.account.remote_id, "")
    except NetworkError as error:
        return SelfCheck("role", "unknown", Message(ROLE_UNKNOWN, {"why": str(error)}))
    if role == "ADMINISTRATOR":
        return SelfCheck("role", "good", Message(ADMINISTRATOR))
    if role in POSTING_ROLES:
        return SelfCheck("role", "attention", Message(NO_FIGURES, {"role": role}))
    return SelfCheck("role", "bad", Message(NO_POSTING), Message(NO_ROLE))


def _version(api: Api) -> SelfCheck:
    spoken = version.spoken()
    end = version.ends_at(spoken)
    message = Message(SPOKEN, {"version": spoken, "until": end.date().isoformat()})
    if api.now < end - EARLY:
        return SelfCheck("version", "good", message)
    return SelfCheck("version", "attention" if api.now < end else "bad", message, Message(RAISE))
