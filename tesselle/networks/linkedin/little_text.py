"""LinkedIn's "little text format", in which the words of a post are sent.

An unescaped sign of the format, a bracket for instance, is answered with 201 and cuts the post there.
"""

import re

from tesselle.networks.linkedin.limits import RESERVED

_SIGN = f"[{re.escape(RESERVED)}]"
_KEPT = re.compile(
    r"(?P<mention>@\[(?P<name>[^\[\]()\\]+)\]\((?P<urn>urn:li:(?:organization|person):[\w-]+)\))"
    r"|(?P<hashtag>(?<![\w#&/])#(?=[^\W_]))"
    rf"|(?P<sign>{_SIGN})"
)
_READ = re.compile(
    rf"\\(?P<escaped>{_SIGN})"
    r"|@\[(?P<name>(?:\\.|[^\]\\])*)\]\([^()]*\)"
    r"|\{hashtag\|\\?#\|(?P<tag>(?:\\.|[^}\\])*)\}"
)


def escaped(text: str) -> str:
    """What a person typed, as it has to be sent. `#word` stays a hashtag, and a mention written
    `@[Name](urn:li:organization:1)` a mention; every other sign of the format is escaped."""
    return _KEPT.sub(_kept, text)


def _kept(match: re.Match[str]) -> str:
    if match["mention"]:
        return f"@[{_all_escaped(match['name'])}]({match['urn']})"
    return f"\\{match['sign']}" if match["sign"] else match[0]


def _all_escaped(text: str) -> str:
    return re.sub(_SIGN, r"\\\g<0>", text)


def plain(commentary: str) -> str:
    """What readers see of a commentary."""
    return _READ.sub(_shown, commentary)


def _shown(match: re.Match[str]) -> str:
    if match["escaped"] is not None:
        return match["escaped"]
    if match["tag"] is not None:
        return "#" + plain(match["tag"])
    return plain(match["name"])
