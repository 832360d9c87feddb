"""Who is no visitor: programs that read pages, and browsers that fetch ahead. No list is complete."""

import re
from collections.abc import Mapping

_PROGRAMS = re.compile(
    r"bot\b|bot[/;_-]|crawl|spider|slurp|preview|facebookexternalhit|facebookcatalog|meta-external|whatsapp"
    r"|telegram|skype|slack|discord|embedly|pinterest/|vkshare|scan|monitor|uptime|check|fetch|archiv"
    r"|headless|phantom|lighthouse|pingdom|curl|wget|python|aiohttp|httpx|java/|okhttp|go-http|ruby|perl"
    r"|libwww|axios|node|http[-_ ]?client|feed|rss|mastodon|pleroma|bluesky|cardyb|iframely|snippet",
    re.IGNORECASE,
)
_AHEAD = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


def is_machine(headers: Mapping[str, str]) -> bool:
    """By what it says of itself: a program that lies is counted."""
    agent = headers.get("User-Agent", "")
    if not agent or _PROGRAMS.search(agent):
        return True
    return any(re.search("prefetch|preview|prerender", headers.get(name, "")) for name in _AHEAD)
