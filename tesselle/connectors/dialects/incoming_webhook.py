"""Incoming webhooks of chat systems: the address is the credential, and a message goes one way.

Shared by networks whose answer to a message is at most its number: there is no key to repeat a
call with and nothing to list, so a lost answer is for a person to settle.
"""

import re
from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import urlsplit

from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Account, StepCall
from tesselle.domain.errors import RejectedError
from tesselle.domain.limits import TextLimit
from tesselle.domain.messages import N_, Message
from tesselle.domain.text import count
from tesselle.domain.verdicts import Remote, Silent

ADDRESS = "address"
"""The connect field and the credential that hold it."""

_NO_ADDRESS = N_("This is not a web address. Copy the whole address of the webhook, with https:// before it.")
_NOT_SECRET = N_("The address must begin with https://, for whoever reads it on the way could post with it.")
_HAS_PASSWORD = N_("The address carries a user name or password. Take the address as the service shows it.")
_LOOPBACK = re.compile(r"localhost|127(?:\.\d{1,3}){3}|\[::1\]")


def typed_address(answers: Mapping[str, str]) -> str:
    """What a person pasted, once it is an address that may be spoken to.

    Whether it lies in a private network is the transport's to decide. Without https only this
    machine itself is spoken to.

    Raises:
        RejectedError: its sentence says what is wrong; the address is not quoted.
    """
    typed = answers.get(ADDRESS, "").strip()
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed}")
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise RejectedError(Message(_NO_ADDRESS), "address") from None
    if parts.scheme not in {"http", "https"} or not host or re.search(r"\s", typed):
        raise RejectedError(Message(_NO_ADDRESS), "address")
    if "@" in parts.netloc:
        raise RejectedError(Message(_HAS_PASSWORD), "address")
    if parts.scheme == "http" and not _LOOPBACK.match(parts.netloc):
        raise RejectedError(Message(_NOT_SECRET), "address")
    return parts._replace(fragment="").geturl()


def address_of(account: Account) -> str:
    """For requests only: whoever knows it can post."""
    return account.credentials[ADDRESS]


def origin(address: str) -> str:
    """The part that may be shown: scheme, host and port."""
    return Request("GET", address).origin


def fingerprint(address: str) -> str:
    """Tells one address from another without giving it away."""
    return sha256(address.encode()).hexdigest()[:20]


def with_link(text: str, link: str, limit: TextLimit) -> tuple[str, str]:
    """The text with the link on a line of its own, and the link that found no room in it."""
    text = text.strip()
    if not link or link in text:
        return text, ""
    longer = f"{text}\n\n{link}".strip()
    return (longer, "") if count(longer, limit) <= limit.maximum else (text, link)


def unnamed(call: StepCall) -> Remote:
    """What was accepted without being given a number: named by the step's own key."""
    return Remote(call.key)


def cannot_be_asked() -> Silent:
    return Silent("an incoming webhook gives nothing to read")
