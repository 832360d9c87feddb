"""Who answers for a token: a person with Pages, or one Page. Posts nothing."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from tesselle.connectors.dialects.graph.login import Inspected, inspect
from tesselle.connectors.dialects.graph.wire import base_of
from tesselle.connectors.protocols import Account, Api, Identity
from tesselle.domain.errors import BlockedError, NotSentError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import BlockReason
from tesselle.networks.facebook.wire import GRAPH, SITE

PAGE_FIELDS = "id,name,username,link,category,followers_count"
LIST_FIELDS = f"{PAGE_FIELDS},access_token,tasks"
KEPT = ("access_token", "client_id", "client_secret", "way", "base")
NEEDED_TASK = "CREATE_CONTENT"

NEEDED: Mapping[str, str] = {
    "pages_manage_posts": N_("The right to publish (pages_manage_posts) was not given."),
    "pages_read_engagement": N_("The right to read the Page (pages_read_engagement) was not given."),
}
NO_TASK = N_("Your role on this Page does not let you publish. Ask one of its administrators for it.")
NOT_A_PAGE = N_("This sign-in does not speak for a Facebook Page.")
SIGN_IN_AGAIN = N_("Connect the channel again and leave every right ticked.")


def kept_of(credentials: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in credentials.items() if name in KEPT and value}


async def accounts(api: Api) -> tuple[Identity, ...]:
    """Every Page of a person's sign-in; a Page's own sign-in opens that Page."""
    kept = kept_of(api.account.credentials)
    told = await _inspected(kept, api)
    if told.kind == "PAGE":
        return (await identify({}, api),)
    return tuple([_identity(page, kept, told, api) async for page in _pages(kept, api)])


async def _pages(kept: Mapping[str, str], api: Api) -> AsyncIterator[dict[str, Any]]:
    try:
        async for page in GRAPH.each(api, "me/accounts", {"fields": LIST_FIELDS, "limit": 100}, kept):
            if page.get("access_token"):
                yield page
    except ValueError as error:
        raise NotSentError(Message(NOT_A_PAGE)) from error


async def identify(answers: Mapping[str, str], api: Api) -> Identity:
    """One Page, by a token of its own."""
    kept = kept_of({**api.account.credentials, **answers})
    told = await _inspected(kept, api)
    try:
        page = await GRAPH.ask(api, "me", {"fields": PAGE_FIELDS}, kept)
    except ValueError as error:
        raise NotSentError(Message(NOT_A_PAGE)) from error
    return _identity(page, kept, told, api)


async def _inspected(kept: Mapping[str, str], api: Api) -> Inspected:
    try:
        told = await inspect(GRAPH, kept, api)
    except ValueError as error:
        raise NotSentError(Message(NOT_A_PAGE)) from error
    if not told.valid:
        raise BlockedError(Message(SIGN_IN_AGAIN), BlockReason.SIGN_IN)
    return told


def _identity(page: Mapping[str, Any], kept: Mapping[str, str], told: Inspected, api: Api) -> Identity:
    missing = [Message(sentence) for scope, sentence in NEEDED.items() if scope not in told.scopes]
    tasks = page.get("tasks")
    if isinstance(tasks, list) and NEEDED_TASK not in tasks:
        missing.append(Message(NO_TASK))
    name, username = str(page.get("name", "")), str(page.get("username") or "")
    credentials = {**kept, "access_token": str(page.get("access_token") or kept["access_token"])}
    facts = {"name": name, "category": str(page.get("category") or ""), "scopes": sorted(told.scopes)}
    return Identity(
        account=Account(
            kind="page",
            remote_id=str(page["id"]),
            handle=f"@{username}" if username else name,
            server=base_of(api, kept),
            facts=facts,
            credentials=credentials,
        ),
        display_name=name,
        profile_url=str(page.get("link") or f"{SITE}/{page['id']}"),
        missing=tuple(missing),
    )
