"""One page, read with lxml: the parts of it that the rules ask about."""

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import lxml.html
from lxml.etree import ParserError

from tesselle.academy.presence.fetching import Fetched

UNLINKED = ("#", "mailto:", "tel:", "javascript:", "data:", "sms:", "whatsapp:")
NAMED = ("aria-label", "aria-labelledby", "title")


@dataclass(frozen=True, slots=True)
class Link:
    """`words`: what is read of it, in small letters."""

    url: str
    words: str


@dataclass(frozen=True, slots=True)
class Page:
    """`loads`: addresses that the browser fetches at once, before anybody chose anything. `data`: the objects of
    its structured data; `bad_data`: blocks of it that are no JSON."""

    url: str
    headers: dict[str, str]
    tree: Any
    text: str
    links: tuple[Link, ...]
    mails: tuple[str, ...]
    loads: tuple[str, ...]
    data: tuple[dict[str, Any], ...] = field(default=())
    bad_data: int = 0
    cookies: tuple[str, ...] = ()

    @property
    def host(self) -> str:
        return (urlsplit(self.url).hostname or "").removeprefix("www.")


def read(answer: Fetched) -> Page | None:
    """None: nothing that can be read as a page."""
    try:
        parser = lxml.html.HTMLParser(encoding=_encoding(answer), huge_tree=False)
        tree = lxml.html.document_fromstring(answer.body, parser=parser)
    except (ParserError, ValueError, LookupError):
        return None
    data, bad = _structured(tree)
    return Page(
        answer.url,
        answer.headers,
        tree,
        _text(tree),
        tuple(_links(tree, answer.url)),
        tuple(_mails(tree)),
        tuple(_loads(tree, answer.url)),
        tuple(data),
        bad,
        answer.cookies,
    )


def _encoding(answer: Fetched) -> str | None:
    found = re.search(r"charset=[\"']?([\w-]+)", answer.headers.get("content-type", ""))
    return found[1] if found else None


def _text(tree: Any) -> str:
    """What is read, without programs and styles."""
    parts = tree.xpath("//body//text()[not(ancestor::script or ancestor::style or ancestor::template)]")
    return " ".join(" ".join(parts).split())


def words_of(element: Any) -> str:
    """What a link or a button is called, for whoever does not see it."""
    names = [element.get(name, "") for name in NAMED]
    pictures = element.xpath(".//img/@alt | .//svg//*[local-name()='title']/text() | .//*/@aria-label")
    inside = element.xpath(".//text()[not(ancestor::script or ancestor::style)]")
    return " ".join(" ".join([*inside, *pictures, *names]).split())


def _links(tree: Any, base: str) -> list[Link]:
    found: dict[str, Link] = {}
    for element in tree.xpath("//a[@href]"):
        href = element.get("href").strip()
        if not href or href.lower().startswith(UNLINKED):
            continue
        try:
            url = urldefrag(urljoin(base, href)).url
            scheme = urlsplit(url).scheme
        except ValueError:
            continue
        if scheme in ("http", "https"):
            found.setdefault(url, Link(url, words_of(element).casefold()))
    return list(found.values())


def _mails(tree: Any) -> list[str]:
    return [
        href[7:].partition("?")[0] for href in tree.xpath("//a/@href") if href.lower().startswith("mailto:")
    ]


def _loads(tree: Any, base: str) -> list[str]:
    """A script of another type is asleep until a consent tool wakes it, and so is a frame without `src`."""
    awake = [
        element.get("src")
        for element in tree.xpath("//script[@src]")
        if element.get("type", "").strip().lower()
        in ("", "text/javascript", "application/javascript", "module")
    ]
    awake += tree.xpath(
        "//iframe/@src | //img/@src | //embed/@src | //video/@src | //audio/@src | //source/@src"
    )
    sheets = "//link[contains(concat(' ', normalize-space(@rel), ' '), ' stylesheet ')]/@href"
    awake += tree.xpath(sheets)
    found = []
    for address in awake:
        try:
            found.append(urljoin(base, address.strip()))
        except ValueError:
            continue
    return found


def _structured(tree: Any) -> tuple[list[dict[str, Any]], int]:
    found: list[dict[str, Any]] = []
    bad = 0
    for block in tree.xpath("//script[@type='application/ld+json']"):
        try:
            _gather(json.loads(block.text or ""), found)
        except (ValueError, RecursionError):
            bad += 1
    return found, bad


def _gather(value: Any, found: list[dict[str, Any]]) -> None:
    if isinstance(value, list):
        for one in value:
            _gather(one, found)
    elif isinstance(value, dict):
        found.append(value)
        _gather(value.get("@graph", []), found)
