"""Who answers for a sign-in, of either kind. Posts nothing."""

from collections.abc import Mapping

from tesselle.connectors.protocols import Account, Api, Identity
from tesselle.domain.errors import NotSentError
from tesselle.domain.messages import N_, Message
from tesselle.networks.tiktok.creator import creator
from tesselle.networks.tiktok.wire import DIRECT, INBOX, ask, base_of

READING = ("user.info.basic", "user.info.profile", "user.info.stats", "video.list")
PUBLISH, UPLOAD = "video.publish", "video.upload"
SCOPES = {DIRECT: (*READING, PUBLISH), INBOX: (*READING, UPLOAD)}
NEEDED = {DIRECT: ("user.info.basic", PUBLISH), INBOX: ("user.info.basic", UPLOAD)}
KEPT = (
    *("access_token", "refresh_token", "expires_at", "refresh_expires_at", "scope"),
    *("client_id", "client_secret", "way", "base"),
)

NOT_GIVEN = N_("The right %(right)s was not given. Sign in again and leave every right ticked.")
NO_ACCOUNT = N_("TikTok does not say whose sign-in this is. Begin again.")


def scopes_of(kept: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(kept.get("scope", "").replace(",", " ").split())


async def identify(answers: Mapping[str, str], api: Api) -> Identity:
    told = {**api.account.credentials, **answers}
    kept = {name: value for name, value in told.items() if name in KEPT and value}
    kind, given = INBOX if kept.get("way") == INBOX else DIRECT, scopes_of(kept)
    fields = ["open_id", "display_name", *(("username",) if "user.info.profile" in given else ())]
    try:
        user = (await ask(api, "user/info/", fields=fields, kept=kept)).get("user") or {}
        number = str(user["open_id"])
    except (ValueError, KeyError) as error:
        raise NotSentError(Message(NO_ACCOUNT)) from error
    name = str(user.get("username") or user.get("display_name") or "")
    facts: dict[str, object] = {"scopes": sorted(given)}
    if kind == DIRECT and PUBLISH in given:
        facts["max_seconds"] = (await creator(api, kept)).max_seconds
    account = Account(kind, number, f"@{name}", base_of(api, kept), facts, kept)
    missing = tuple(Message(NOT_GIVEN, {"right": right}) for right in NEEDED[kind] if right not in given)
    address = f"https://www.tiktok.com/@{name}" if user.get("username") else ""
    return Identity(account, str(user.get("display_name") or name), address, missing)
