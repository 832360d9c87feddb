"""What is asked of a site: each rule a norm's key and the places where it is not kept.

A rule finds only what is surely so on the pages that were read; what needs judgement is a question on the page,
not a finding.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from tesselle.academy.presence.page import Page, words_of
from tesselle.academy.presence.site import IMPRINT, PRIVACY, Site

MOST_PLACES = 12
TRACKERS = (
    "google-analytics.com", "googletagmanager.com", "doubleclick.net", "googleadservices.com",
    "connect.facebook.net", "facebook.com", "snap.licdn.com", "ads.linkedin.com", "analytics.tiktok.com",
    "static.hotjar.com", "clarity.ms", "bat.bing.com", "ct.pinterest.com", "s.pinimg.com", "hs-scripts.com",
    "static.ads-twitter.com", "sc-static.net",
)  # fmt: skip
EMBEDS = (
    "youtube.com", "player.vimeo.com", "google.com", "maps.googleapis.com", "fonts.googleapis.com",
    "fonts.gstatic.com", "instagram.com", "tiktok.com", "platform.twitter.com", "open.spotify.com",
)  # fmt: skip
# What a page needs to work at all, or keeps a choice in.
NEEDED_COOKIE = re.compile(r"sess|sid$|csrf|xsrf|token|lang|locale|consent|cookie|choice|__host-|__cf", re.I)
TAKEN_BACK = re.compile(r";\s*(?:max-age=(?:0|-\d+)\b|expires=[^;]*\b19\d\d\b)", re.I)
MAIL = re.compile(r"[\w.+-]+(?:@|\s?\(at\)\s?|\s?\[at\]\s?)[\w-]+\.[\w.-]+")
# Not the year behind a copyright sign.
PLACE = re.compile(r"(?<!© )\b(?:CH|F|FR|D|B|L|I)?[-\s]?[1-9]\d{3,4}\s+(?:[A-ZÀ-Ý][\w'’.-]+)")
COUNTRY = re.compile(
    r"états-unis|\busa\b|u\.s\.|united states|vereinigte staaten|irlande|ireland|irland|union européenne|"
    r"european union|europäische union|\beee\b|\beea\b|allemagne|germany|deutschland|pays tiers|third countr|"
    r"à l['’]étranger|abroad|ausland"
)
BUSINESS = re.compile(
    r"Business$|Contractor$|Store$|Plumber|Electrician|Locksmith|HousePainter|Restaurant|Professional|Service$"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """`places`: pages, addresses or names, so that a person finds it again."""

    key: str
    places: tuple[str, ...]


def findings_of(site: Site) -> list[Finding]:
    found = []
    for key, rule in RULES.items():
        places = list(dict.fromkeys(rule(site)))
        if places:
            found.append(Finding(key, tuple(places[:MOST_PLACES])))
    return found


# --- Who it is ------------------------------------------------------------------------------------


def _no_imprint(site: Site) -> Iterator[str]:
    if not site.links(IMPRINT):
        yield site.home.url


def _no_mail(site: Site) -> Iterator[str]:
    if not any(page.mails or MAIL.search(page.text) for page in site.pages):
        yield site.home.url


def _no_place(site: Site) -> Iterator[str]:
    written = any(PLACE.search(page.text) for page in site.pages)
    told = any("postalCode" in str(one.get("address", "")) for page in site.pages for one in page.data)
    if not written and not told:
        yield site.home.url


# --- Data and cookies -----------------------------------------------------------------------------


def _no_privacy(site: Site) -> Iterator[str]:
    if not site.links(PRIVACY):
        yield site.home.url


def _no_country(site: Site) -> Iterator[str]:
    """Only where others are sent data at once and the notice was read."""
    notices = site.pages_of(PRIVACY)
    is_told = any(COUNTRY.search(page.text.casefold()) for page in notices)
    if notices and not is_told and _others(site, (*TRACKERS, *EMBEDS)):
        yield notices[0].url


def _trackers(site: Site) -> Iterator[str]:
    yield from _others(site, TRACKERS)


def _embeds(site: Site) -> Iterator[str]:
    yield from _others(site, EMBEDS)


def _others(site: Site, hosts: tuple[str, ...]) -> list[str]:
    asked = {urlsplit(url).hostname or "" for page in site.pages for url in page.loads}
    return sorted(host for host in asked if any(host == one or host.endswith(f".{one}") for one in hosts))


def _cookies(site: Site) -> Iterator[str]:
    yield from (name for name, _ in _set_cookies(site) if not NEEDED_COOKIE.search(name))


def _open_cookies(site: Site) -> Iterator[str]:
    if site.is_secure:
        yield from (name for name, attributes in _set_cookies(site) if "secure" not in attributes)


def _set_cookies(site: Site) -> Iterator[tuple[str, set[str]]]:
    """Each with its attributes, in small letters. One that is taken back in the same breath is not set."""
    for line in (line for page in site.pages for line in page.cookies):
        pair, *rest = line.split(";")
        name, equals, _ = pair.partition("=")
        if name.strip() and equals and not TAKEN_BACK.search(line):
            yield name.strip(), {one.strip().lower() for one in rest}


# --- On the way -----------------------------------------------------------------------------------


def _not_encrypted(site: Site) -> Iterator[str]:
    if not site.is_secure:
        yield site.home.url


def _not_redirected(site: Site) -> Iterator[str]:
    if site.insecure is not None and site.insecure.status < 400 and site.insecure.url.startswith("http:"):
        yield site.insecure.asked


def _mixed(site: Site) -> Iterator[str]:
    for page in site.pages:
        if page.url.startswith("https:"):
            yield from (url for url in page.loads if url.startswith("http:"))


def _lacks(header: str, *, only_secure: bool = False) -> Callable[[Site], Iterator[str]]:
    def rule(site: Site) -> Iterator[str]:
        if (site.is_secure or not only_secure) and header not in site.pages[0].headers:
            yield header

    return rule


def _framed(site: Site) -> Iterator[str]:
    headers = site.pages[0].headers
    if "x-frame-options" not in headers and "frame-ancestors" not in headers.get(
        "content-security-policy", ""
    ):
        yield "x-frame-options, content-security-policy"


# --- For everybody --------------------------------------------------------------------------------


def _on_pages(broken: Callable[[Page], Any]) -> Callable[[Site], Iterator[str]]:
    def rule(site: Site) -> Iterator[str]:
        yield from (page.url for page in site.pages if broken(page))

    return rule


def _no_alt(site: Site) -> Iterator[str]:
    """An empty alternative is a choice: the picture decorates. A missing one is not."""
    for page in site.pages:
        for picture in page.tree.xpath("//img[not(@alt) and not(@role='presentation') and not(@aria-label)]"):
            yield picture.get("src", "")[:120] or page.url


def _no_label(site: Site) -> Iterator[str]:
    fields = (
        "//input[not(@type='hidden' or @type='submit' or @type='button' or @type='reset' or @type='image')]"
        " | //select | //textarea"
    )
    for page in site.pages:
        labelled = set(page.tree.xpath("//label/@for"))
        for one in page.tree.xpath(fields):
            named = any(one.get(name, "").strip() for name in ("aria-label", "aria-labelledby", "title"))
            inside = bool(one.xpath("ancestor::label"))
            if not (named or inside or one.get("id") in labelled):
                yield f"{page.url} · {one.get('name') or one.get('id') or one.tag}"


def _mute(tag: str) -> Callable[[Site], Iterator[str]]:
    def rule(site: Site) -> Iterator[str]:
        for page in site.pages:
            for one in page.tree.xpath(f"//{tag}"):
                if not words_of(one):
                    yield f"{page.url} · {one.get('href') or one.get('class') or one.tag}"

    return rule


def _fixed_zoom(page: Page) -> bool:
    content = " ".join(page.tree.xpath("//meta[@name='viewport']/@content")).replace(" ", "").lower()
    return bool(re.search(r"user-scalable=(no|0)|maximum-scale=1(\.0+)?(,|$)", content))


# --- Links and structured data --------------------------------------------------------------------


def _broken_links(site: Site) -> Iterator[str]:
    yield from (f"{url} · {page}" for url, page in site.broken)


def businesses(site: Site) -> list[Mapping[str, Any]]:
    return [one for page in site.pages for one in page.data if _is_business(one)]


def _is_business(one: Mapping[str, Any]) -> bool:
    kinds = one.get("@type", "")
    return any(BUSINESS.search(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _no_business(site: Site) -> Iterator[str]:
    if not businesses(site) and not any(page.bad_data for page in site.pages):
        yield site.home.url


def _thin_business(site: Site) -> Iterator[str]:
    for one in businesses(site):
        asked = ("name", "address", "telephone", "url")
        yield from (name for name in asked if not one.get(name))
        if not one.get("openingHours") and not one.get("openingHoursSpecification"):
            yield "openingHours"


RULES: Mapping[str, Callable[[Site], Iterator[str]]] = {
    "imprint": _no_imprint,
    "mail": _no_mail,
    "place": _no_place,
    "privacy": _no_privacy,
    "country": _no_country,
    "trackers": _trackers,
    "embeds": _embeds,
    "cookies": _cookies,
    "cookie-secure": _open_cookies,
    "https": _not_encrypted,
    "redirect": _not_redirected,
    "mixed": _mixed,
    "hsts": _lacks("strict-transport-security", only_secure=True),
    "nosniff": _lacks("x-content-type-options"),
    "framing": _framed,
    "language": _on_pages(lambda page: not page.tree.get("lang", "").strip()),
    "title": _on_pages(lambda page: not (page.tree.findtext(".//title") or "").strip()),
    "heading": _on_pages(lambda page: not page.tree.xpath("//h1 | //*[@role='heading' and @aria-level='1']")),
    "alt": _no_alt,
    "label": _no_label,
    "link-text": _mute("a[@href]"),
    "button-text": _mute("button"),
    "zoom": _on_pages(_fixed_zoom),
    "links": _broken_links,
    "business": _no_business,
    "business-thin": _thin_business,
    "business-broken": _on_pages(lambda page: page.bad_data),
}
