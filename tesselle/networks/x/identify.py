"""Who a sign-in speaks for, and what X lets that account do. Posts nothing."""

from collections.abc import Mapping
from typing import Any

from tesselle.connectors.protocols import Account, Api, Identity, SelfCheck
from tesselle.domain.errors import NotSentError
from tesselle.domain.messages import N_, Message
from tesselle.networks.x.wire import ask

USER_FIELDS = (
    "username,name,profile_image_url,verified,verified_type,subscription_type,public_metrics,protected"
)
NEEDED = {
    "tweet.read": N_("It may not read posts: connect again and leave all rights ticked."),
    "tweet.write": N_("It may not post: connect again and leave all rights ticked."),
    "users.read": N_("It may not read the profile: connect again and leave all rights ticked."),
    "media.write": N_("It may not upload pictures: connect again and leave all rights ticked."),
    "offline.access": N_("The sign-in would end after two hours: connect again and leave all rights ticked."),
}
NOT_X = N_("What answers there is not X. Check the address of the API.")
PREMIUM = {"basic", "premium", "premiumplus"}

SEEN_BY_ALL = N_("Everyone can see the posts of this account.")
PROTECTED = N_("The posts of this account are protected: only its followers see them.")
UNPROTECT = N_("On X, switch off “Protect your posts” under Settings, Privacy.")
SAME_LENGTH = N_("Posts may be as long as X told when the channel was connected.")
OTHER_LENGTH = N_("X now tells another subscription for this account, so that posts may have another length.")
CONNECT_AGAIN = N_("Connect the channel again; nothing else changes.")


async def identify(answers: Mapping[str, str], api: Api) -> Identity:
    credentials = {**api.account.credentials, **answers}
    credentials.pop("server", None)
    user = await _user(api, credentials)
    username = str(user.get("username", ""))
    return Identity(
        account=Account(
            kind=kind_of(user),
            remote_id=str(user["id"]),
            handle=username,
            server=api.account.server or credentials.get("base", ""),
            facts={"protected": bool(user.get("protected"))},
            credentials=credentials,
        ),
        display_name=str(user.get("name") or username),
        profile_url=f"https://x.com/{username}",
        missing=_missing(credentials.get("scope", "")),
    )


async def _user(api: Api, session: Mapping[str, str] | None = None) -> dict[str, Any]:
    try:
        user = (await ask(api, "/2/users/me", {"user.fields": USER_FIELDS}, session)).get("data")
    except ValueError as error:
        raise NotSentError(Message(NOT_X)) from error
    if not isinstance(user, dict) or not user.get("id"):
        raise NotSentError(Message(NOT_X))
    return user


def kind_of(user: Mapping[str, Any]) -> str:
    """By the subscription: the blue mark alone says nothing about it."""
    return "premium" if str(user.get("subscription_type", "")).lower() in PREMIUM else "standard"


def _missing(scope: str) -> tuple[Message, ...]:
    """People untick rights. Nothing is missing where the scope was not told."""
    granted = set(scope.split())
    return tuple(Message(words) for right, words in NEEDED.items() if granted and right not in granted)


async def self_checks(api: Api) -> tuple[SelfCheck, ...]:
    user = await _user(api)
    protected, changed = bool(user.get("protected")), kind_of(user) != api.account.kind
    return (
        SelfCheck("role", "attention", Message(PROTECTED), Message(UNPROTECT))
        if protected
        else SelfCheck("role", "good", Message(SEEN_BY_ALL)),
        SelfCheck("subscription", "attention", Message(OTHER_LENGTH), Message(CONNECT_AGAIN))
        if changed
        else SelfCheck("subscription", "good", Message(SAME_LENGTH)),
    )
