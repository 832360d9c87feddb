"""Addresses in words: which are ours, what a visit is marked with, where a link may lead."""

import ipaddress
import re
import secrets
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.utils.text import slugify

from tesselle.networks import card
from tesselle.workspaces.models import Workspace

ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"
"""Nothing that looks alike, and no vowels that make words."""
SIZE = 7
MOST = 2000
ANY_CHANNEL = "channel"
"""Stands for the network in `utm_source` until a channel gets its own words."""

SOCIAL = "social"

_ADDRESS = re.compile(r"https?://[^\s<>\"“”«»]+", re.IGNORECASE)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def address_for(workspace: Workspace) -> str:
    """Where those who follow its links reach this installation; "" where nobody does. In practice nobody is
    outside: whoever looks at a simulated network sits at this machine."""
    return settings.PUBLIC_URL if workspace.is_practice else public_address()


def public_address() -> str:
    """Where people outside reach this installation; "" where nobody does."""
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    if host in ("", "localhost") or host.endswith((".localhost", ".local", ".internal")):
        return ""
    try:
        return settings.PUBLIC_URL if ipaddress.ip_address(host).is_global else ""
    except ValueError:
        return settings.PUBLIC_URL if "." in host else ""


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(SIZE))


def short(code: str) -> str:
    return f"{settings.PUBLIC_URL}/l/{code}"


def is_ours(url: str) -> bool:
    return url.startswith(f"{settings.PUBLIC_URL}/l/")


def may_lead_to(url: str) -> bool:
    """A web page with a host of its own, without a name or password in the address."""
    try:
        parts = urlsplit(url)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        return False
    host = parts.hostname or ""
    is_page = parts.scheme in ("http", "https") and "." in host and "@" not in parts.netloc
    has_no_signs = not re.search(r"[\s\\\x00-\x1f\x7f]", url)
    return is_page and port_is_fine and has_no_signs and len(url) <= MOST


def replaced(text: str, change: Callable[[str], str]) -> str:
    """Each address in a text; the sentence's own signs behind it stay where they are."""

    def one(found: re.Match[str]) -> str:
        whole = found[0]
        url = whole.rstrip(".,;:!?…'’)]}")
        if url.count("(") > url.count(")") and whole[len(url) :].startswith(")"):
            url += ")"
        return change(url) + whole[len(url) :]

    return _ADDRESS.sub(one, text)


def with_utm(url: str, marks: Mapping[str, str]) -> str:
    """What the address says itself stays; empty marks are left out."""
    parts = urlsplit(url)
    given = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    more = urlencode({name: value for name, value in marks.items() if value and name not in given})
    query = "&".join(filter(None, (parts.query, more)))
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, parts.fragment))


def medium_of(network: str) -> str:
    try:
        return card(network).medium
    except LookupError:  # a network that this release no longer has
        return SOCIAL


def utm(network: str, campaign: str, pillar: str, *, medium: str = SOCIAL, place: str = "") -> dict[str, str]:
    """`place`: of the short link, so that the website's own statistics tell post and channel apart."""
    return {
        "utm_source": network,
        "utm_medium": medium,
        "utm_campaign": mark_of(campaign or pillar),
        "utm_content": mark_of(pillar) if campaign else "",
        "utm_term": place,
    }


def mark_of(name: str) -> str:
    """How a campaign or a pillar is written in an address."""
    return slugify(name)[:60]


def for_channel(url: str, channel_id: int, network: str, *, medium: str = SOCIAL) -> str:
    """One channel's own form of an address of ours, or of one that is marked for any channel."""
    if is_ours(url):
        base, code = url.rsplit("/", 1)
        return f"{base}/{place_of(code.split('-', 1)[0], channel_id)}"
    named, changes = re.subn(rf"([?&]utm_source=){ANY_CHANNEL}(?=&|#|$)", rf"\g<1>{network}", url)
    return re.sub(rf"([?&]utm_medium=){SOCIAL}(?=&|#|$)", rf"\g<1>{medium}", named) if changes else named


def place_of(code: str, channel_id: int | None) -> str:
    return f"{code}-{_base36(channel_id)}" if channel_id else code


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits or "0"


def read_place(place: str) -> tuple[str, int]:
    """The code, and the channel's number; 0 where it names none."""
    code, _, channel = place.partition("-")
    return code, int(channel, 36) if re.fullmatch(r"[0-9a-z]{1,12}", channel) else 0
