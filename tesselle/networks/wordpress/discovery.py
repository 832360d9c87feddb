"""From the address a person types to the root of the site's REST interface."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit, urlunsplit

from tesselle.connectors.api import AnswerError
from tesselle.connectors.http.exchange import Request, Response
from tesselle.connectors.protocols import Api
from tesselle.domain.errors import BlockedError, NetworkError, NotSentError, RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.networks.wordpress.answers import mapping
from tesselle.networks.wordpress.routes import USER_AGENT

HOPS = 5
REL = "https://api.w.org/"
_HEADER = re.compile(r"<([^>]+)>\s*;\s*rel=\"?https://api\.w\.org/\"?")
_LINK = re.compile(r"<link\b[^>]*>", re.IGNORECASE)
_HREF = re.compile(r"href=[\"']([^\"']+)[\"']", re.IGNORECASE)
_ADMIN = re.compile(r"/(wp-admin|wp-login\.php|wp-json)(/.*)?$")

NOT_FOUND = N_(
    "No WordPress interface was found at %(site)s. Check the address; if it is right, "
    "a security plugin may have closed the REST interface."
)
NO_ANSWER = N_("%(site)s does not answer. Check the address.")


def typed_address(typed: str) -> str:
    """What a person typed, as an address: https unless said otherwise, without the admin's pages."""
    typed = typed.strip()
    address = urlsplit(typed if "://" in typed else f"https://{typed}")
    path = _ADMIN.sub("", address.path).rstrip("/")
    return urlunsplit((address.scheme, address.netloc, path, "", ""))


async def discover(typed: str, api: Api) -> tuple[str, dict[str, object]]:
    """The root (without a trailing slash) and its index."""
    site = typed_address(typed)
    answered = False
    roots: list[str] = []
    try:
        address, page = await _followed(api, f"{site}/")
        answered = True
        roots += _announced(address, page)
    except (AnswerError, RejectedError, BlockedError):
        answered = True  # the front page may be closed while the interface is open
    except NotSentError:
        pass
    for root in dict.fromkeys([*roots, f"{site}/wp-json/", f"{site}/?rest_route=/"]):
        try:
            address, index = await _followed(api, root)
        except NetworkError:
            continue
        answered = True
        data = mapping(index)
        if "wp/v2" in (data.get("namespaces") or []):
            return _without_slash(address), data
    raise RejectedError(Message(NOT_FOUND if answered else NO_ANSWER, {"site": site}), "no_wordpress")


def _announced(address: str, page: Response) -> list[str]:
    found = [match.group(1) for match in _HEADER.finditer(page.headers.get("link", ""))]
    text = page.body.decode("utf-8", "replace")
    for link in _LINK.findall(text):
        if REL in link and (href := _HREF.search(link)):
            found.append(unescape(href.group(1)))
    return [urljoin(address, root) for root in found]


def _without_slash(root: str) -> str:
    return root.replace("rest_route=%2F", "rest_route=/").rstrip("/")


async def _followed(api: Api, url: str) -> tuple[str, Response]:
    """Follow redirects; nothing secret is sent on the way."""
    for _ in range(HOPS):
        try:
            return url, await api.call(Request("GET", url, {"User-Agent": USER_AGENT}))
        except AnswerError as error:
            place = error.response.headers.get("location", "")
            if not (300 <= error.response.status < 400 and place):
                raise
            url = urljoin(url, place)
    raise NotSentError(Message(N_("The site redirects in a circle.")))
