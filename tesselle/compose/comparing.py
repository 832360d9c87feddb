"""What two people wrote, field by field, where it differs."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext, pgettext

from tesselle.compose.desk import Desk
from tesselle.compose.draft import Draft, Words
from tesselle.domain.content import FORMAT
from tesselle.domain.differences import Piece, difference


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """`pieces`: removed is only in theirs, added only in mine."""

    label: str
    pieces: tuple[Piece, ...]


def differences(desk: Desk, theirs: Draft) -> tuple[FieldDifference, ...]:
    """From what was saved by somebody else to what stands on the desk."""
    found = list(_fields(desk, theirs))
    return tuple(
        FieldDifference(label, difference(one, other)) for label, one, other in found if one != other
    )


def _fields(desk: Desk, theirs: Draft) -> Iterator[tuple[str, str, str]]:
    mine = desk.draft
    yield gettext("Channels"), _names(desk, theirs.chosen), _names(desk, mine.chosen)
    yield from _words("", theirs.shared, mine.shared, desk)
    for pk, place in desk.places.items():
        name = place.channel.display_name or place.channel.handle
        if pk in theirs.tailored or pk in mine.tailored:
            yield from _words(name, theirs.words(pk), mine.words(pk), desk)
        for option in place.fields(mine.options.get(pk, {}).get(FORMAT, "")):
            label = f"{gettext(option.label)} · {name}"
            before = theirs.options.get(pk, {}).get(option.name, option.default)
            yield label, before, mine.options.get(pk, {}).get(option.name, option.default)
    for asset in {*theirs.shared.media, *mine.shared.media}:
        label = f"{gettext('Alternative text')} · {_picture(desk, asset)}"
        yield label, theirs.alts.get(asset, ""), mine.alts.get(asset, "")


def _words(channel: str, theirs: Words, mine: Words, desk: Desk) -> Iterator[tuple[str, str, str]]:
    of = f" · {channel}" if channel else ""
    one, other = theirs.texts, mine.texts
    for index in range(max(len(one), len(other))):
        label = gettext("Text") if index == 0 else gettext("Part %(number)s") % {"number": index + 1}
        yield label + of, _at(one, index), _at(other, index)
    yield gettext("Link") + of, theirs.link, mine.link
    yield gettext("Title") + of, theirs.title, mine.title
    pictures = pgettext("in a post", "Pictures") + of
    yield pictures, _pictures(desk, theirs.media), _pictures(desk, mine.media)


def _at(texts: tuple[str, ...], index: int) -> str:
    return texts[index] if index < len(texts) else ""


def _names(desk: Desk, chosen: tuple[int, ...]) -> str:
    channels = (place.channel for pk, place in desk.places.items() if pk in chosen)
    return ", ".join(channel.display_name or channel.handle for channel in channels)


def _pictures(desk: Desk, media: tuple[int, ...]) -> str:
    return ", ".join(_picture(desk, pk) for pk in media)


def _picture(desk: Desk, asset_id: int) -> str:
    asset = desk.assets.get(asset_id)
    return asset.original_name if asset else f"#{asset_id}"
