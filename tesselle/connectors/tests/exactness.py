"""The sandbox accepts exactly what `limits.py` allows: N at the limit passes the check and the
network, N + 1 is refused by both."""

from collections.abc import Callable
from dataclasses import replace

from tesselle.connectors.tests.contract import content_for
from tesselle.connectors.tests.stage import Stage
from tesselle.domain.content import Content
from tesselle.domain.errors import NetworkError
from tesselle.domain.limits import Limits, TextLimit
from tesselle.domain.verdicts import Accepted, Refused

Check = Callable[[Content, Limits], bool]
Count = Callable[[str, TextLimit], int]

FAMILY = "👨‍👩‍👧‍👦"
SIGNS = ("a", "é", "€", "😀", FAMILY)
LONGEST_TRIED = 100_000
"""Longer limits are of no use to a writer, and slow to test."""


async def is_taken(stage: Stage, content: Content) -> bool:
    """Whether the network takes it, through the real connector, and as one: some cut a text in two
    without a word, which is no yes."""
    before = await stage.network.accepted()
    try:
        verdict = await stage.send(await stage.prepared(stage.step(content)))
    except NetworkError:
        return False
    assert isinstance(verdict, Accepted | Refused), f"neither a yes nor a sure no: {verdict}"
    return isinstance(verdict, Accepted) and await stage.network.accepted() == before + 1


async def _agree(stage: Stage, content: Content, check: Check, expected: bool, what: str) -> None:
    slug = stage.plugin.card.slug
    limits = stage.plugin.connector.limits(stage.account)
    said = check(content, limits)
    assert said == expected, f"{slug}: {what}: the check says {'yes' if said else 'no'}"
    taken = await is_taken(stage, content)
    assert taken == expected, f"{slug}: {what}: the sandbox {'takes' if taken else 'refuses'} it"


async def texts_are_counted_alike(stage: Stage, check: Check, count: Count) -> None:
    """Every limit on the text, reached with ASCII or, where another limit is in the way, with emoji."""
    for format, limits in stage.plugin.connector.limits(stage.account).each():
        await _texts(stage, format, limits, check, count)


async def _texts(stage: Stage, format: str, limits: Limits, check: Check, count: Count) -> None:
    for limit in limits.texts:
        if limit.maximum > LONGEST_TRIED:
            continue
        full = _filled(limit, limits.texts, count)
        base = content_for(stage, "x", format=format)
        what = f"{limit.maximum} {limit.unit.value} {format}".strip()
        await _agree(stage, replace(base, text=full), check, True, what)
        await _agree(stage, replace(base, text=full + "a"), check, False, f"one more than {what}")


def _filled(limit: TextLimit, others: tuple[TextLimit, ...], count: Count) -> str:
    """A text of exactly the limit that breaks none of the others."""
    for sign in SIGNS:
        text = sign * (limit.maximum // count(sign, limit))
        text += "a" * (limit.maximum - count(text, limit))
        if all(count(text, other) <= other.maximum for other in others):
            return text
    raise AssertionError(f"no text reaches {limit.maximum} {limit.unit.value} alone: that limit never counts")


async def captions_and_titles_are_counted_alike(stage: Stage, check: Check, count: Count) -> None:
    for format, limits in stage.plugin.connector.limits(stage.account).each():
        await _captions(stage, format, limits, check, count)


async def _captions(stage: Stage, format: str, limits: Limits, check: Check, count: Count) -> None:
    if limits.caption is not None:
        base = content_for(stage, "x", media=True, format=format)
        full = _filled(limits.caption, (), count)
        await _agree(stage, replace(base, text=full), check, True, "a full caption")
        await _agree(stage, replace(base, text=full + "a"), check, False, "one more than a full caption")
    if limits.title is not None and limits.title.maximum <= LONGEST_TRIED:
        base = content_for(stage, "x", format=format)
        full = _filled(limits.title, (), count)
        await _agree(stage, replace(base, title=full), check, True, "a full title")
        await _agree(stage, replace(base, title=full + "a"), check, False, "one more than a full title")


async def pictures_are_counted_alike(stage: Stage, check: Check) -> None:
    for format, limits in stage.plugin.connector.limits(stage.account).each():
        await _pictures(stage, format, limits, check)


async def _pictures(stage: Stage, format: str, limits: Limits, check: Check) -> None:
    if limits.image is None or not 0 < limits.max_images <= 100:
        return
    base = content_for(stage, "x", format=format)
    pictures = tuple(stage.image(f"{number}.png") for number in range(limits.max_images + 1))
    album = (*stage.beside_pictures(limits), *pictures)
    most = f"{limits.max_images} pictures"
    await _agree(stage, replace(base, media=album[:-1]), check, True, most)
    await _agree(stage, replace(base, media=album), check, False, f"one more than {most}")


async def files_are_weighed_alike(stage: Stage, check: Check) -> None:
    limits = stage.plugin.connector.limits(stage.account)
    if limits.image is None or not 0 < limits.image.max_bytes <= 20_000_000 or not limits.max_images:
        return
    base, most = content_for(stage, "x"), limits.image.max_bytes
    for size, expected in ((most, True), (most + 1, False)):
        content = replace(base, media=(stage.image(size_bytes=size),))
        await _agree(stage, content, check, expected, f"a picture of {size} bytes")
