"""What a reader calls one character, counted with nothing but the standard library.

A second opinion on purpose: the product counts with other code, so a shared mistake shows. It
follows the rules of Unicode's extended clusters as far as texts of people need them: combining
marks, emoji with their modifiers, flags, joiners, tags and Hangul.
"""

import unicodedata

JOINER = "\u200d"
EMOJI_SIGNS = {"‼", "⁉", "↔", "↕", "↖", "↗", "↘", "↙", "↩", "↪", "〰", "〽"}


def _extends(sign: str) -> bool:
    """It belongs to the sign before it."""
    point = ord(sign)
    return (
        unicodedata.category(sign) in {"Mn", "Me", "Mc"}
        or sign == "\u200c"
        or 0x1F3FB <= point <= 0x1F3FF
        or 0xE0020 <= point <= 0xE007F
        or point in {0xFF9E, 0xFF9F}
    )


def _is_flag_half(sign: str) -> bool:
    return 0x1F1E6 <= ord(sign) <= 0x1F1FF


def _is_picture(sign: str) -> bool:
    return sign in EMOJI_SIGNS or (unicodedata.category(sign) == "So" and not _is_flag_half(sign))


def _hangul_joins(before: str, sign: str) -> bool:
    def kind(one: str) -> str:
        point = ord(one)
        if 0x1100 <= point <= 0x115F:
            return "L"
        if 0x1160 <= point <= 0x11A7:
            return "V"
        if 0x11A8 <= point <= 0x11FF:
            return "T"
        if 0xAC00 <= point <= 0xD7A3:
            return "LV" if (point - 0xAC00) % 28 == 0 else "LVT"
        return ""

    return (kind(before), kind(sign)) in {
        ("L", "L"),
        ("L", "V"),
        ("L", "LV"),
        ("L", "LVT"),
        ("LV", "V"),
        ("V", "V"),
        ("LV", "T"),
        ("V", "T"),
        ("LVT", "T"),
        ("T", "T"),
    }


def graphemes(text: str) -> int:
    count = 0
    before, base, flag_halves = "", "", 0
    for sign in text:
        joined = before != "" and (
            (before == "\r" and sign == "\n")
            or ((sign == JOINER or _extends(sign)) and unicodedata.category(before) != "Cc")
            or (before == JOINER and _is_picture(base) and _is_picture(sign))
            or (_is_flag_half(sign) and flag_halves % 2 == 1 and _is_flag_half(before))
            or _hangul_joins(before, sign)
        )
        if not joined:
            count += 1
            base = sign
        elif before == JOINER:
            base = sign
        flag_halves = flag_halves + 1 if _is_flag_half(sign) else 0
        before = sign
    return count
