"""How much room each part has left: the composer's counter and the `check` command show this."""

from dataclasses import dataclass, replace

from tesselle.domain.content import Content
from tesselle.domain.limits import Limits, TextLimit, Unit
from tesselle.domain.text import count


@dataclass(frozen=True, slots=True)
class Counted:
    """One part against its strictest limit: the one with the least room left. `left` below 0: too long."""

    place: str
    unit: Unit
    counted: int
    limit: int
    left: int


def counted(content: Content, limits: Limits) -> tuple[Counted, ...]:
    """One entry for each part of the thread; none for a network without a limit on text."""
    return tuple(
        min(
            (_counted(text, limit, place_of_part(index)) for limit in applicable),
            key=lambda entry: (entry.left, entry.limit),
        )
        for index, text in enumerate(content.texts)
        if (applicable := limits_of_part(content, limits, index))
    )


def limits_of_part(content: Content, limits: Limits, index: int) -> tuple[TextLimit, ...]:
    """The limits that hold for one part's text. The first part carries the media, so it is the caption."""
    limits = limits.of(content.format)
    held = (limits.caption,) if limits.caption and content.media and index == 0 else limits.texts
    return tuple(_room(content, limit, index) for limit in held)


def _room(content: Content, limit: TextLimit, index: int) -> TextLimit:
    """What an option and a link that count with the text leave of the limit."""
    taken = 0
    option = content.options.get(limit.with_option, "") if limit.with_option else ""
    if option:
        taken += count(option, replace(limit, url_weight=None, local_mentions=False))
    if limit.with_link and index == 0:
        taken += count(appended_link(content), limit)
    return replace(limit, maximum=limit.maximum - taken) if taken else limit


def appended_link(content: Content) -> str:
    """What a network that has no place for a link of its own gets written below the first text."""
    if not content.link or content.link in content.text:
        return ""
    return f"\n\n{content.link}" if content.text.strip() else content.link


def place_of_part(index: int) -> str:
    """`text` for the first part, `parts.0` for the one after it, as the content names them."""
    return "text" if index == 0 else f"parts.{index - 1}"


def _counted(text: str, limit: TextLimit, place: str) -> Counted:
    used = count(text, limit)
    return Counted(place, limit.unit, used, limit.maximum, limit.maximum - used)
