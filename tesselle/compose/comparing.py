"""What two people wrote, field by field, where it differs."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext, pgettext

from tesselle.compose.desk import Desk, Place
from tesselle.compose.draft import Draft, Words
from tesselle.domain.content import FORMAT
from tesselle.domain.differences import Piece, difference


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """`pieces`: removed is only in theirs, added only in mine."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Field:
    """`channel`: whose it is; empty: shared by all."""

    what: str
    channel: str
    one: str
    other: str


def differences(desk: Desk, theirs: Draft) -> tuple[FieldDifference, ...]:
    """From what was saved by somebody else to what stands on the desk. What several channels changed in the
    same way stands once, under all of their names."""
    of: dict[tuple[str, str, str], list[str]] = {}
    for field in _fields(desk, theirs):
        if field.one != field.other:
            of.setdefault((field.what, field.one, field.other), []).append(field.channel)
    return tuple(
        FieldDifference(_label(what, channels), difference(one, other))
        for (what, one, other), channels in of.items()
    )


def _label(what: str, channels: list[str]) -> str:
    named = ", ".join(filter(None, channels))
    if not named:
        return what
    if "" in channels:
        return gettext("%(what)s, and on %(channels)s") % {"what": what, "channels": named}
    return f"{what} · {named}"


def _fields(desk: Desk, theirs: Draft) -> Iterator[_Field]:
    mine = desk.draft
    yield _Field(gettext("Channels"), "", _names(desk, theirs.chosen), _names(desk, mine.chosen))
    yield from _words("", theirs.shared, mine.shared, desk)
    for pk, place in desk.places.items():
        name = _name(desk, place)
        if pk in theirs.tailored or pk in mine.tailored:
            yield from _words(name, theirs.words(pk), mine.words(pk), desk)
        for option in place.fields(mine.options.get(pk, {}).get(FORMAT, "")):
            before = theirs.options.get(pk, {}).get(option.name, option.default)
            after = mine.options.get(pk, {}).get(option.name, option.default)
            yield _Field(gettext(option.label), name, before, after)
    for asset in {*theirs.shared.media, *mine.shared.media}:
        label = f"{gettext('Alternative text')} · {_picture(desk, asset)}"
        yield _Field(label, "", theirs.alts.get(asset, ""), mine.alts.get(asset, ""))


def _words(channel: str, theirs: Words, mine: Words, desk: Desk) -> Iterator[_Field]:
    one, other = theirs.texts, mine.texts
    for index in range(max(len(one), len(other))):
        label = gettext("Text") if index == 0 else gettext("Part %(number)s") % {"number": index + 1}
        yield _Field(label, channel, _at(one, index), _at(other, index))
    yield _Field(gettext("Link"), channel, theirs.link, mine.link)
    yield _Field(gettext("Title"), channel, theirs.title, mine.title)
    pictures = pgettext("in a post", "Pictures")
    yield _Field(pictures, channel, _pictures(desk, theirs.media), _pictures(desk, mine.media))


def _at(texts: tuple[str, ...], index: int) -> str:
    return texts[index] if index < len(texts) else ""


def _names(desk: Desk, chosen: tuple[int, ...]) -> str:
    return ", ".join(_name(desk, place) for pk, place in desk.places.items() if pk in chosen)


def _name(desk: Desk, place: Place) -> str:
    """Its network's, and where there are several of that network its own as well."""
    channel = place.channel
    is_only = sum(other.channel.network == channel.network for other in desk.places.values()) == 1
    return place.card.name if is_only else f"{place.card.name}, {channel.display_name or channel.handle}"


def _pictures(desk: Desk, media: tuple[int, ...]) -> str:
    return ", ".join(_picture(desk, pk) for pk in media)


def _picture(desk: Desk, asset_id: int) -> str:
    asset = desk.assets.get(asset_id)
    return asset.original_name if asset else f"#{asset_id}"
