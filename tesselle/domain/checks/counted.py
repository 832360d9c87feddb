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
    if limits.caption and content.media and index == 0:
        return (_room(content, limits.caption),)
    return tuple(_room(content, limit) for limit in limits.texts)


def _room(content: Content, limit: TextLimit) -> TextLimit:
    """What an option that counts with the text leaves of the limit."""
    option = content.options.get(limit.with_option, "") if limit.with_option else ""
    if not option:
        return limit
    used = count(option, replace(limit, url_weight=None, local_mentions=False))
    return replace(limit, maximum=limit.maximum - used)


def place_of_part(index: int) -> str:
    """`text` for the first part, `parts.0` for the one after it, as the content names them."""
    return "text" if index == 0 else f"parts.{index - 1}"


def _counted(text: str, limit: TextLimit, place: str) -> Counted:
    used = count(text, limit)
    return Counted(place, limit.unit, used, limit.maximum, limit.maximum - used)
