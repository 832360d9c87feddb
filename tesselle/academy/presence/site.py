"""A website as far as it was looked at, and how one goes through it."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tesselle.academy.presence.fetching import MOST_LINKS, MOST_PAGES, Fetched, Fetcher
from tesselle.academy.presence.page import Link, Page, read
from tesselle.domain.messages import N_

IMPRINT = re.compile(r"impressum|imprint|mentions?[\s_-]*l[ée]gales?|legal[\s_-]*notice|note[\s_-]*legali")
PRIVACY = re.compile(
    r"confidentialit|\bdonn[ée]es\b|vie[\s_-]*priv|privacy|datenschutz|data[\s_-]*protection|rgpd|protezione"
)
CONTACT = re.compile(r"contact|kontakt|contatti|propos|about|ueber|über")
LOOKED_FOR = (IMPRINT, PRIVACY, CONTACT)


@dataclass(frozen=True, slots=True)
class Site:
    """`home`: the first answer. `pages`: what was read, the home page first. `insecure`: what its address without
    encryption answered; None: not to be had. `broken`: links that lead nowhere, each with the page it stands on."""

    home: Fetched
    pages: tuple[Page, ...]
    insecure: Fetched | None = None
    broken: tuple[tuple[str, str], ...] = field(default=())

    @property
    def host(self) -> str:
        return self.pages[0].host

    @property
    def is_secure(self) -> bool:
        return self.home.url.startswith("https:")

    def links(self, kind: re.Pattern[str]) -> list[Link]:
        """What leads to a page of that kind, by what it is called or by its address."""
        return [link for page in self.pages for link in page.links if is_of(link, kind)]

    def pages_of(self, kind: re.Pattern[str]) -> list[Page]:
        wanted = {link.url for link in self.links(kind)}
        return [page for page in self.pages if page.url in wanted]


def is_of(link: Link, kind: re.Pattern[str]) -> bool:
    return bool(kind.search(link.words) or kind.search(urlsplit(link.url).path.casefold()))


_NO_PAGE = N_("there is no web page there")


async def visit(address: str, fetcher: Fetcher) -> tuple[Site | None, str]:
    """The site, or why it could not be read."""
    home = await fetcher.get(address)
    if not home.status:
        return None, home.cause
    first = read(home) if home.is_page else None
    if first is None:
        return None, f"HTTP {home.status}" if home.status != 200 else _NO_PAGE
    await fetcher.read_robots(home.url)
    pages = [first, *await _further(first, fetcher)]
    insecure = await _without_encryption(home, fetcher)
    return Site(home, tuple(pages), insecure, tuple(await _broken(pages, fetcher))), ""


async def _further(first: Page, fetcher: Fetcher) -> list[Page]:
    """The pages that the rules look for, then others, in the order they are linked."""
    own = [link for link in first.links if _is_own(link, first) and link.url != first.url]
    own = [link for link in own if fetcher.may_read(link.url)]
    wanted = [link for link in own if any(is_of(link, kind) for kind in LOOKED_FOR)]
    queue = list(dict.fromkeys([*wanted, *own]))
    fetcher.unread += max(0, len(queue) - (MOST_PAGES - 1))
    answers = await asyncio.gather(*(fetcher.get(link.url) for link in queue[: MOST_PAGES - 1]))
    read_pages = [read(answer) for answer in answers if answer.is_page]
    found: dict[str, Page] = {}
    for page in read_pages:
        if page is not None and page.url != first.url and page.host == first.host:
            found.setdefault(page.url, page)
    return list(found.values())


def _is_own(link: Link, page: Page) -> bool:
    return (urlsplit(link.url).hostname or "").removeprefix("www.") == page.host


async def _without_encryption(home: Fetched, fetcher: Fetcher) -> Fetched | None:
    if not home.url.startswith("https:") or urlsplit(home.url).port not in (None, 443):
        return None
    answer = await fetcher.get(f"http://{urlsplit(home.url).netloc}/")
    return answer if answer.status else None


async def _broken(pages: Sequence[Page], fetcher: Fetcher) -> list[tuple[str, str]]:
    """Each link once, but for pages that were read."""
    known = {page.url for page in pages}
    places: dict[str, str] = {}
    for page in pages:
        for link in page.links:
            if link.url not in known and (not _is_own(link, page) or fetcher.may_read(link.url)):
                places.setdefault(link.url, page.url)
    asked = list(places)[:MOST_LINKS]
    fetcher.unread += len(places) - len(asked)
    answers = await asyncio.gather(*(fetcher.is_broken(url) for url in asked))
    return [(url, places[url]) for url, answer in zip(asked, answers, strict=True) if answer is not None]
