"""One-click repairs and the other changes that a button of the composer asks for."""

from collections.abc import Callable
from dataclasses import replace

from tesselle.channels.choices import read_again
from tesselle.compose.desk import Desk, Place
from tesselle.compose.draft import SHARED, Draft, Words
from tesselle.domain.checks import limits_of_part
from tesselle.domain.checks.counted import place_of_part
from tesselle.domain.content import FORMAT
from tesselle.domain.errors import NetworkError, RuleError
from tesselle.domain.findings import Finding
from tesselle.domain.limits import TextLimit
from tesselle.domain.text import count, shorten, split_into_thread
from tesselle.library.services import convert
from tesselle.workspaces.models import User

_BY_CODE = {"link_not_allowed": "link_into_text", "too_many_parts": "join_parts"}


def repair_of(finding: Finding) -> str:
    """The repair that cures it, if one of ours does."""
    name = finding.repair or _BY_CODE.get(finding.code, "")
    return name if name in _REPAIRS else ""


def change(desk: Desk, act: str, by: User) -> Draft:
    """The draft after one button. An act that makes no sense (any more) changes nothing.

    Raises:
        RuleError: a picture cannot be converted, a list not be read.
    """
    verb, _, rest = act.partition(":")
    owner, _, detail = rest.partition(":")
    draft = desk.draft
    if verb == "repair":
        name, _, place = detail.partition(":")
        if owner.isdecimal() and int(owner) in desk.places and name in _REPAIRS:
            return _REPAIRS[name](desk, desk.places[int(owner)], place, by)
        return draft
    if verb == "choices" and owner.isdecimal() and int(owner) in desk.places:
        _read_list(desk, desk.places[int(owner)], detail)
        return draft
    if verb == "tailor" and owner.isdecimal():
        return draft.tailor(int(owner), draft.words(int(owner)))
    if verb == "follow" and owner.isdecimal():
        return replace(
            draft, tailored={pk: words for pk, words in draft.tailored.items() if pk != int(owner)}
        )
    return _edited(draft, verb, owner, detail)


def _read_list(desk: Desk, at: Place, name: str) -> None:
    """Ask the network for what can be chosen there; kept with the channel.

    Raises:
        RuleError: it did not tell; the sentence says why.
    """
    chosen = desk.options(at.channel.pk)
    for option in at.fields(chosen.get(FORMAT, "")):
        if option.name == name and option.kind == "remote_choice":
            try:
                read_again(at.channel, option, chosen)
            except NetworkError as error:
                raise RuleError(error.message) from error


def _edited(draft: Draft, verb: str, owner: str, detail: str) -> Draft:
    """Parts and pictures of the shared words, or of one channel's."""
    words = draft.shared if owner == SHARED else draft.tailored.get(int(owner) if owner.isdecimal() else 0)
    if words is None:
        return draft
    number = int(detail) if detail.isdecimal() else -1
    if verb == "add_part":
        words = replace(words, parts=(*words.parts, ""))
    elif verb == "remove_part":
        words = replace(words, parts=tuple(p for index, p in enumerate(words.parts) if index != number))
    elif verb == "remove_media":
        words = replace(words, media=tuple(pk for pk in words.media if pk != number))
    return _put(draft, owner, words)


def _put(draft: Draft, owner: str, words: Words) -> Draft:
    return replace(draft, shared=words) if owner == SHARED else draft.tailor(int(owner), words)


def _index(place: str) -> int:
    """Which part a finding's place names."""
    tail = place.partition(".")[2]
    return int(tail) + 1 if place.startswith("parts.") and tail.isdecimal() else 0


def _tightest(desk: Desk, at: Place, index: int) -> TextLimit:
    content = desk.content(at.channel.pk)
    text = content.texts[index] if index < len(content.texts) else ""
    limits = limits_of_part(content, at.limits, index)
    return min(limits, key=lambda limit: limit.maximum - count(text, limit))


def _split(desk: Desk, at: Place, place: str, by: User) -> Draft:
    words, index = desk.draft.words(at.channel.pk), _index(place)
    if index >= len(words.texts):
        return desk.draft
    cut = split_into_thread(words.texts[index], _tightest(desk, at, index), numbering=False)
    texts = (*words.texts[:index], *cut, *words.texts[index + 1 :])
    return desk.draft.tailor(at.channel.pk, words.with_texts(texts))


def _shorten(desk: Desk, at: Place, place: str, by: User) -> Draft:
    draft, words = desk.draft, desk.draft.words(at.channel.pk)
    limits = desk.limits(at.channel.pk)
    if place == "title" and limits.title:
        return draft.tailor(at.channel.pk, replace(words, title=shorten(words.title, limits.title)))
    if place.startswith("media.") and limits.alt:
        asset_id = _medium(words, place)
        return replace(
            draft, alts={**draft.alts, asset_id: shorten(draft.alts.get(asset_id, ""), limits.alt)}
        )
    texts = list(words.texts)
    for index, _ in enumerate(texts):
        if place == place_of_part(index):
            for limit in limits_of_part(desk.content(at.channel.pk), at.limits, index):
                texts[index] = shorten(texts[index], limit)
    return draft.tailor(at.channel.pk, words.with_texts(tuple(texts)))


def _medium(words: Words, place: str) -> int:
    number = place.split(".")[1]
    return words.media[int(number)] if number.isdecimal() and int(number) < len(words.media) else 0


def _fewer(desk: Desk, at: Place, place: str, by: User) -> Draft:
    """The first pictures that the network takes."""
    words = desk.draft.words(at.channel.pk)
    return desk.draft.tailor(
        at.channel.pk, replace(words, media=words.media[: desk.limits(at.channel.pk).max_images])
    )


def _convert(desk: Desk, at: Place, place: str, by: User) -> Draft:
    """A smaller picture takes the place of the large one, for every channel that shows these words."""
    pk = at.channel.pk
    words = desk.draft.words(pk)
    asset = desk.assets.get(_medium(words, place))
    limit = desk.limits(pk).image
    if asset is None or limit is None:
        return desk.draft
    smaller = convert(asset, limit, by=by)
    media = tuple(smaller.pk if item == asset.pk else item for item in words.media)
    alts = {**desk.draft.alts, smaller.pk: desk.draft.alts.get(asset.pk, "")}
    owner = str(pk) if pk in desk.draft.tailored else SHARED
    return replace(_put(desk.draft, owner, replace(words, media=media)), alts=alts)


def _link_into_text(desk: Desk, at: Place, place: str, by: User) -> Draft:
    words = desk.draft.words(at.channel.pk)
    text = words.text if words.link in words.text else f"{words.text}\n\n{words.link}".strip()
    return desk.draft.tailor(at.channel.pk, replace(words, text=text, link=""))


def _join(desk: Desk, at: Place, place: str, by: User) -> Draft:
    words = desk.draft.words(at.channel.pk)
    return desk.draft.tailor(at.channel.pk, words.with_texts(("\n\n".join(filter(None, words.texts)),)))


_REPAIRS: dict[str, Callable[[Desk, Place, str, User], Draft]] = {
    "split_thread": _split,
    "shorten": _shorten,
    "remove_media": _fewer,
    "convert_media": _convert,
    "link_into_text": _link_into_text,
    "join_parts": _join,
}
