"""Who answers for a sign-in: the pages one may post for, or the member. Posts nothing."""

import re
from collections.abc import Mapping
from typing import Any

from tesselle.connectors.protocols import Account, Api, Identity
from tesselle.domain.errors import BlockedError, NetworkError, NotSentError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import BlockReason
from tesselle.networks.linkedin.wire import ORGANIZATION, PERSON, SITE, encoded, get, is_page

AUTHOR = "author"
"""In the credentials: whose page this is, or which member, since one sign-in opens several."""
POSTING_ROLES = frozenset(
    {"ADMINISTRATOR", "CONTENT_ADMIN", "CONTENT_ADMINISTRATOR", "DIRECT_SPONSORED_CONTENT_POSTER"}
)
PAGE_RIGHTS = ("w_organization_social", "r_organization_social")
MEMBER_RIGHTS = ("w_member_social",)

NO_RIGHT = N_(
    "The sign-in lacks the right “%(right)s”. In the developer portal, see that the application has the "
    "product that brings it, then connect again and leave every right ticked."
)
NO_ROLE = N_(
    "Your role on this page does not let you post. Ask an administrator of the page to make you a content "
    "administrator, then connect again."
)
NO_PAGE = N_(
    "You administer no LinkedIn page. Ask an administrator of the page for a role, then connect again."
)
NO_NAME = N_("LinkedIn did not say who you are. Try again later.")


def rights_of(credentials: Mapping[str, str]) -> frozenset[str]:
    """LinkedIn separates them by spaces or commas, as it pleases."""
    return frozenset(re.findall(r"[\w:]+", credentials.get("scope", "")))


def opens_pages(credentials: Mapping[str, str]) -> bool:
    return PAGE_RIGHTS[0] in rights_of(credentials)


async def accounts(api: Api) -> tuple[Identity, ...]:
    """Every page, or the member."""
    if not opens_pages(api.account.credentials):
        return (await _member(api),)
    roles = await roles_on_pages(api)
    if not roles:
        raise BlockedError(Message(NO_PAGE), BlockReason.ROLE)
    return tuple([await _page(page, role, api) for page, role in sorted(roles.items())])


async def identify(answers: Mapping[str, str], api: Api) -> Identity:
    """The one account that credentials speak for."""
    author = answers.get(AUTHOR) or api.account.credentials.get(AUTHOR, "")
    if is_page(author):
        return await _page(author, (await roles_on_pages(api)).get(author, ""), api)
    return await _member(api)


async def roles_on_pages(api: Api) -> dict[str, str]:
    """Page -> the strongest role on it. A person can have several."""
    query = "q=roleAssignee&state=APPROVED&count=100&start=0"
    answer = (await _asked(api, "/rest/organizationAcls", query)).get("elements")
    roles: dict[str, str] = {}
    for row in answer if isinstance(answer, list) else ():
        page, role = str(row.get("organization") or row.get("organizationTarget") or ""), str(row.get("role"))
        if is_page(page) and row.get("state", "APPROVED") == "APPROVED":
            roles[page] = role if role == "ADMINISTRATOR" or page not in roles else roles[page]
    return roles


async def _asked(api: Api, path: str, query: str = "") -> dict[str, Any]:
    return (await get(api, path, query, api.account.credentials)).mapping()


async def _page(page: str, role: str, api: Api) -> Identity:
    try:
        told = await _asked(api, f"/rest/organizations/{encoded(page.removeprefix(ORGANIZATION))}")
    except BlockedError as error:
        if error.reason == BlockReason.SIGN_IN:
            raise
        told = {}  # without the administrator's right the name stays untold
    except NetworkError:
        told = {}
    name = str(told.get("localizedName") or page)
    vanity = str(told.get("vanityName") or page.removeprefix(ORGANIZATION))
    missing = [] if role in POSTING_ROLES else [Message(NO_ROLE)]
    missing += _lacking(PAGE_RIGHTS, api.account.credentials)
    address = f"{SITE}/company/{vanity}/"
    return _identity(_account("page", page, name, {"role": role}, api), name, address, tuple(missing))


async def _member(api: Api) -> Identity:
    """By OpenID Connect where the sign-in brought it, else by the profile."""
    credentials = api.account.credentials
    if "openid" in rights_of(credentials):
        told = await _asked(api, "/v2/userinfo")
        number, name = str(told.get("sub") or ""), str(told.get("name") or "")
    else:
        told = await _asked(api, "/v2/me")
        number = str(told.get("id") or "")
        name = f"{told.get('localizedFirstName', '')} {told.get('localizedLastName', '')}".strip()
    if not number:
        raise NotSentError(Message(NO_NAME))
    author = f"{PERSON}{number}"
    account = _account("member", author, name or number, {}, api)
    return _identity(account, name or number, f"{SITE}/feed/", tuple(_lacking(MEMBER_RIGHTS, credentials)))


def _account(kind: str, author: str, handle: str, facts: Mapping[str, Any], api: Api) -> Account:
    kept = {**api.account.credentials, AUTHOR: author}
    return Account(kind, author, handle, api.account.server or kept.get("base", ""), facts, kept)


def _identity(account: Account, name: str, address: str, missing: tuple[Message, ...]) -> Identity:
    return Identity(account, name, address, missing)


def _lacking(rights: tuple[str, ...], credentials: Mapping[str, str]) -> list[Message]:
    told = rights_of(credentials)
    return [Message(NO_RIGHT, {"right": right}) for right in rights if told and right not in told]
