"""What LinkedIn makes of a commentary: it unescapes, knows mentions and hashtags, and cuts the post
without a word where a sign of its format stands by itself. Written for the sandbox alone."""

from tesselle.networks.linkedin.limits import RESERVED
from tesselle.networks.linkedin.sandbox.wire import units


def shown(commentary: str) -> str:
    """A scan, sign by sign."""
    words, at = [], 0
    while at < len(commentary):
        taken, text = _next(commentary, at)
        if not taken:
            break
        words.append(text)
        at += taken
    return "".join(words)


def _next(source: str, at: int) -> tuple[int, str]:
    """How many signs the next piece takes, and what it shows; 0 where the format breaks off."""
    sign, following = source[at], source[at + 1 : at + 2]
    if sign == "\\":
        return (2, following) if following and following in RESERVED else (0, "")
    if sign == "@" and following == "[":
        return _mention(source, at)
    if sign == "#" and following.isalnum():
        return 1, "#"
    if sign == "{" and source.startswith("{hashtag|\\#|", at):
        end = source.find("}", at)
        return (end - at + 1, "#" + source[at + 12 : end]) if end > 0 else (0, "")
    return (0, "") if sign in RESERVED else (1, sign)


def _mention(source: str, at: int) -> tuple[int, str]:
    name_end = source.find("](", at)
    end = source.find(")", name_end)
    if name_end < 0 or end < 0 or not source[name_end + 2 : end].startswith("urn:li:"):
        return 0, ""
    return end - at + 1, source[at + 2 : name_end].replace("\\", "")


def weight(commentary: str) -> int:
    """Each sign of the format weighs two, whether it came escaped or as part of an element."""
    bare, at = [], 0
    while at < len(commentary):
        is_escaped = commentary[at] == "\\" and commentary[at + 1 : at + 2] in tuple(RESERVED)
        at += 1 if is_escaped else 0
        bare.append(commentary[at])
        at += 1
    return sum(units(sign) + (sign in RESERVED) for sign in bare)
