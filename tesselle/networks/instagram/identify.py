"""Who answers for a sign-in, through either door. Posts nothing."""

from collections.abc import Mapping
from typing import Any

from tesselle.connectors.dialects.graph.login import inspect
from tesselle.connectors.dialects.graph.wire import base_of
from tesselle.connectors.protocols import Account, Api, Identity
from tesselle.domain.errors import BlockedError, NotSentError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import BlockReason
from tesselle.networks.instagram.wire import (
    BY_FACEBOOK,
    BY_INSTAGRAM,
    DIRECT,
    FACEBOOK_WAY,
    INSTAGRAM_WAY,
    LINKED,
)

ACCOUNT = "instagram_account"
"""Among a linked account's credentials: its number, since a Page's token speaks for it."""

FIELDS = "id,username,name,followers_count,media_count"
OWN_FIELDS = "user_id,username,name,account_type,followers_count,media_count"
KEPT = (
    *("access_token", "refresh_token", "expires_at", "scope"),
    *("client_id", "client_secret", "way", "base", ACCOUNT),
)

FACEBOOK_SCOPES = (
    "instagram_basic",
    "instagram_content_publish",
    "instagram_manage_comments",
    "instagram_manage_insights",
    "instagram_manage_contents",
    "pages_show_list",
    "pages_read_engagement",
)
INSTAGRAM_SCOPES = (
    "instagram_business_basic",
    "instagram_business_content_publish",
    "instagram_business_manage_comments",
    "instagram_business_manage_insights",
)
NEEDED = {
    FACEBOOK_WAY: ("instagram_basic", "instagram_content_publish"),
    INSTAGRAM_WAY: ("instagram_business_basic", "instagram_business_content_publish"),
}

NOT_GIVEN = N_("The right %(right)s was not given. Sign in again and leave every right ticked.")
NO_ACCOUNT = N_(
    "This sign-in opens no professional Instagram account. In the Instagram app, switch the account to "
    "a business or creator account, and for the sign-in with Facebook link it to a Page."
)
SIGN_IN_AGAIN = N_("The network no longer accepts the sign-in. Connect the channel again.")


def kept_of(credentials: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in credentials.items() if name in KEPT and value}


async def accounts(api: Api) -> tuple[Identity, ...]:
    """Every account linked to a person's Pages; one account's own sign-in opens that one."""
    kept = kept_of(api.account.credentials)
    if kept.get("way") == INSTAGRAM_WAY or kept.get(ACCOUNT):
        return (await identify({}, api),)
    fields = f"id,name,access_token,instagram_business_account{{{FIELDS}}}"
    granted = await _granted(kept, api)
    found = []
    try:
        async for page in BY_FACEBOOK.each(api, "me/accounts", {"fields": fields, "limit": 100}, kept):
            linked, token = page.get("instagram_business_account"), str(page.get("access_token") or "")
            if isinstance(linked, dict) and linked.get("id") and token:
                own = {**kept, "access_token": token, ACCOUNT: str(linked["id"])}
                own.pop("expires_at", None)
                found.append(_identity(linked, str(linked["id"]), LINKED, own, granted, api))
    except ValueError as error:
        raise NotSentError(Message(NO_ACCOUNT)) from error
    if not found:
        raise NotSentError(Message(NO_ACCOUNT))
    return tuple(found)


async def identify(answers: Mapping[str, str], api: Api) -> Identity:
    kept = kept_of({**api.account.credentials, **answers})
    is_direct = kept.get("way") == INSTAGRAM_WAY
    try:
        if is_direct:
            me = await BY_INSTAGRAM.ask(api, "me", {"fields": OWN_FIELDS}, kept)
            number, granted = str(me["user_id"]), frozenset(kept.get("scope", "").split())
        else:
            me = await BY_FACEBOOK.ask(api, kept.get(ACCOUNT, ""), {"fields": FIELDS}, kept)
            number, granted = str(me["id"]), await _granted(kept, api)
    except (ValueError, KeyError) as error:
        raise NotSentError(Message(NO_ACCOUNT)) from error
    return _identity(me, number, DIRECT if is_direct else LINKED, kept, granted, api)


async def _granted(kept: Mapping[str, str], api: Api) -> frozenset[str]:
    try:
        told = await inspect(BY_FACEBOOK, kept, api)
    except ValueError as error:
        raise NotSentError(Message(NO_ACCOUNT)) from error
    if not told.valid:
        raise BlockedError(Message(SIGN_IN_AGAIN), BlockReason.SIGN_IN)
    return told.scopes


def _identity(
    item: Mapping[str, Any], number: str, kind: str, kept: dict[str, str], granted: frozenset[str], api: Api
) -> Identity:
    way = INSTAGRAM_WAY if kind == DIRECT else FACEBOOK_WAY
    name = str(item.get("username", ""))
    facts = {"scopes": sorted(granted), "type": str(item.get("account_type") or "")}
    missing = [Message(NOT_GIVEN, {"right": right}) for right in NEEDED[way] if right not in granted]
    account = Account(kind, number, f"@{name}", base_of(api, kept), facts, kept)
    return Identity(
        account, str(item.get("name") or name), f"https://www.instagram.com/{name}/", tuple(missing)
    )
