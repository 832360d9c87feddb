"""Trying what a person typed: who are we on this site, and what may we do?"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from tesselle.connectors.api import AnswerError
from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Account, Api, Identity
from tesselle.domain.errors import BlockedError, NotSentError, RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import BlockReason
from tesselle.networks.wordpress.answers import mapping
from tesselle.networks.wordpress.discovery import discover
from tesselle.networks.wordpress.routes import headers, route

WRONG = N_(
    "The site does not accept this user name and application password. Take the name you sign in with, "
    "and an application password (Users, Profile), not the password of the sign-in page."
)
SWITCHED_OFF = N_(
    "Application passwords are switched off on this site: it needs https, "
    "or a security plugin or the host forbids them. Ask whoever runs the site."
)
NOT_DATA = N_(
    "The site answered with a web page instead of data: a security plugin or a firewall stands before it."
)

RIGHTS = (
    ("edit_posts", N_("The site’s user may not write posts. Give it the role Author or Editor.")),
    (
        "publish_posts",
        N_("The site’s user may not publish: its posts await review. Give it the role Author or Editor."),
    ),
    (
        "upload_files",
        N_("The site’s user may not upload pictures or films. Give it the role Author or Editor."),
    ),
    (
        "moderate_comments",
        N_("The site’s user sees approved comments only. Give it the role Editor to follow all comments."),
    ),
)


async def identify(answers: Mapping[str, str], api: Api) -> Identity:
    typed = answers.get("server") or api.account.server
    credentials = {
        "username": answers.get("username", "").strip(),
        "password": "".join(answers.get("password", "").split()),
    }
    root, index = await discover(typed, api)
    user = await _me(root, index, credentials, api)
    held = rights_of(user)
    site = str(index.get("home") or index.get("url") or typed)
    account = Account(
        kind="site",
        remote_id=str(user["id"]),
        handle=str(user.get("username") or user.get("slug") or credentials["username"]),
        server=root,
        facts={
            "site": site,
            "site_name": str(index.get("name", "")),
            "roles": list(user.get("roles") or []),
            "can_publish": "publish_posts" in held,
            "can_edit_others": "edit_others_posts" in held,
            "can_upload": "upload_files" in held,
            "can_moderate": "moderate_comments" in held,
        },
        credentials=credentials,
    )
    missing = tuple(Message(sentence) for name, sentence in RIGHTS if name not in held)
    return Identity(account, str(index.get("name") or urlsplit(site).netloc), site, missing)


def rights_of(user: Mapping[str, Any]) -> set[str]:
    rights = user.get("capabilities")
    return {name for name, given in rights.items() if given} if isinstance(rights, dict) else set()


async def _me(
    root: str, index: Mapping[str, object], credentials: Mapping[str, str], api: Api
) -> dict[str, Any]:
    """`/users/me` in the edit context: a public route would answer 200 to a wrong password."""
    request = Request("GET", route(root, "/users/me", {"context": "edit"}), headers(credentials))
    try:
        user = mapping(await api.call(request))
    except BlockedError as error:
        if error.reason != BlockReason.SIGN_IN:
            raise
        offered = index.get("authentication")
        on = isinstance(offered, dict) and "application-passwords" in offered
        raise RejectedError(Message(WRONG if on else SWITCHED_OFF), "credentials") from error
    except AnswerError as error:
        if error.response.status in (401, 403):
            raise RejectedError(Message(NOT_DATA), "firewall") from error
        raise
    if "id" not in user:
        raise NotSentError(Message(NOT_DATA))
    return user
