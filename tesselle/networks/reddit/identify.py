"""Who answers for a sign-in, and with which rights. Posts nothing."""

import re
from collections.abc import Mapping
from typing import Any

from tesselle.connectors.api import AnswerError
from tesselle.connectors.protocols import Account, Api, Identity, SelfCheck
from tesselle.domain.errors import BlockedError, NetworkError, NotSentError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import BlockReason
from tesselle.networks.reddit import SCOPES
from tesselle.networks.reddit.answers import SIGN_IN
from tesselle.networks.reddit.communities import profile
from tesselle.networks.reddit.wire import SITE, ask, items

NOT_REDDIT = N_("What answers there is not Reddit. Check the address of the API.")
MISSING = N_("The sign-in lacks the right “%(right)s”. Connect again and leave every right ticked.")

SUSPENDED = N_("Reddit has suspended this account: nothing it posts is seen.")
APPEAL = N_("Sign in on reddit.com and read why; there one can object.")
NO_MAIL = N_("The account’s mail address is not confirmed, and many communities insist on that.")
CONFIRM = N_("Confirm it in the account’s settings on reddit.com.")
IN_GOOD_STANDING = N_("The account is in good standing, with a karma of %(karma)s.")
COMMUNITIES = N_("Communities to choose from, beside the profile: %(count)s.")
NO_COMMUNITIES = N_("The account belongs to no community: it can only post on its own profile.")
JOIN = N_("Join communities on reddit.com, then read the lists again.")
UNREAD = N_("The communities could not be read (%(why)s).")


async def identify(answers: Mapping[str, str], api: Api) -> Identity:
    credentials = {**api.account.credentials, **answers}
    credentials.pop("server", None)
    me = await _me(api, credentials)
    name = str(me["name"])
    return Identity(
        account=Account(
            kind="person",
            remote_id=str(me["id"]),
            handle=name,
            server=api.account.server or credentials.get("base", ""),
            credentials=credentials,
        ),
        display_name=f"u/{name}",
        profile_url=f"{SITE}/user/{name}",
        missing=_missing(credentials.get("scope", "")),
    )


async def _me(api: Api, session: Mapping[str, str] | None = None) -> dict[str, Any]:
    try:
        me = await ask(api, "/api/v1/me", session=session)
    except ValueError as error:
        raise NotSentError(Message(NOT_REDDIT)) from error
    except AnswerError as error:
        if error.response.status != 401:
            raise
        raise BlockedError(Message(SIGN_IN), BlockReason.SIGN_IN) from error
    if not isinstance(me, dict) or not me.get("id") or not me.get("name"):
        raise NotSentError(Message(NOT_REDDIT))
    return me


def _missing(scope: str) -> tuple[Message, ...]:
    """People untick rights. Nothing is missing where the scope was not told."""
    granted = set(re.split(r"[ ,]+", scope.strip()))
    told = bool(scope.strip()) and "*" not in granted
    return tuple(Message(MISSING, {"right": one}) for one in SCOPES if told and one not in granted)


async def self_checks(api: Api) -> tuple[SelfCheck, ...]:
    return (_standing(await _me(api)), await _communities(api))


def _standing(me: Mapping[str, Any]) -> SelfCheck:
    if me.get("is_suspended"):
        return SelfCheck("role", "bad", Message(SUSPENDED), Message(APPEAL))
    if me.get("has_verified_email") is False:
        return SelfCheck("role", "attention", Message(NO_MAIL), Message(CONFIRM))
    karma = me.get("total_karma")
    return SelfCheck(
        "role", "good", Message(IN_GOOD_STANDING, {"karma": karma if karma is not None else "?"})
    )


async def _communities(api: Api) -> SelfCheck:
    own = profile(api).lower()
    try:
        found = [
            one
            async for one in items(api, "/subreddits/mine/subscriber")
            if str(one.get("display_name", "")).lower() != own
        ]
    except (NetworkError, ValueError) as error:
        return SelfCheck("communities", "unknown", Message(UNREAD, {"why": str(error)[:200]}))
    if not found:
        return SelfCheck("communities", "attention", Message(NO_COMMUNITIES), Message(JOIN))
    return SelfCheck("communities", "good", Message(COMMUNITIES, {"count": len(found)}))
