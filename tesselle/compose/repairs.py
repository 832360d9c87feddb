"""One-click repairs: what cures a finding, and what becomes of the draft.

A repair changes one channel only, unless it is about a picture: then everybody who shows it gets the
better one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tesselle.compose.desk import Desk, Place
from tesselle.compose.draft import Draft, Words
from tesselle.domain.checks import limits_of_part
from tesselle.domain.checks.counted import place_of_part
from tesselle.domain.content import Content
from tesselle.domain.findings import Finding, Severity
from tesselle.domain.limits import TextLimit
from tesselle.domain.text import count, shorten, split_into_thread
from tesselle.library.models import Asset
from tesselle.library.services.documents import bind_pictures, pages_as_pictures
from tesselle.workspaces.models import User

_BY_CODE = {"link_not_allowed": "link_into_text", "too_many_parts": "join_parts", "part_empty": "drop_part"}
_MOST_REPAIRS = 30
_SOMETHING = "x"


def repairs_of(finding: Finding, desk: Desk, at: Place) -> tuple[str, ...]:
    """The repairs of ours that cure it, the one that loses nothing first."""
    name = finding.repair or _BY_CODE.get(finding.code, "")
    if name == "pages_as_pictures":
        return (name, "remove_media")
    if name == "add_alt":
        return (name,) if _kept_alt(desk, at, finding.place) else ()
    if name not in _REPAIRS:
        return ()
    is_of_text = finding.place == "text" or finding.place.startswith("parts.")
    if name in ("split_thread", "shorten") and is_of_text:
        return ("split_thread", "shorten") if _can_split(desk, at, finding.place) else ("shorten",)
    return (name,)


def repair(desk: Desk, at: Place, name: str, place: str, by: User) -> Draft:
    """The draft after one repair; unchanged where there is nothing (any more) to repair.

    Raises:
        RuleError: a list cannot be read.
    """
    if name not in _REPAIRS:
        return desk.draft
    draft, pk = _REPAIRS[name](desk, at, place, by), at.channel.pk
    is_same = draft.words(pk) == desk.draft.words(pk) and draft.alts == desk.draft.alts
    return desk.draft if is_same else draft


def repair_all(desk: Desk, at: Place, by: User) -> Draft:
    """Each finding that has a repair, one after the other, until none is left that helps.

    A repair that leads back is passed over for the next one: cut into more parts than a network takes and
    joined again, a text is shortened.

    Raises:
        RuleError: a list cannot be read.
    """
    been = [desk.draft]
    for _ in range(_MOST_REPAIRS):
        better = next(_steps(desk, at, by, been), None)
        if better is None:
            break
        been.append(better)
        desk = desk.with_draft(better)
    return desk.draft


def _steps(desk: Desk, at: Place, by: User, been: Sequence[Draft]) -> Iterator[Draft]:
    """What is better than the draft. A repair that does nothing is no reason to take one that loses more."""
    for finding in _mendable(desk, at):
        for name in repairs_of(finding, desk, at):
            after = repair(desk, at, name, finding.place, by)
            if after not in been:
                yield after
            if after == desk.draft:
                break


def can_repair(desk: Desk, at: Place) -> bool:
    """Whether `repair_all` has something to try."""
    return any(repairs_of(finding, desk, at) for finding in _mendable(desk, at))


def _mendable(desk: Desk, at: Place) -> Iterator[Finding]:
    """Advice is the writer's to take."""
    return (
        finding
        for finding in at.findings(desk.content(at.channel.pk))
        if finding.severity is not Severity.ADVICE
    )


def _index(place: str) -> int:
    """Which part a finding's place names."""
    tail = place.partition(".")[2]
    return int(tail) + 1 if place.startswith("parts.") and tail.isdecimal() else 0


def _can_split(desk: Desk, at: Place, place: str) -> bool:
    """Whether a thread helps: an address that is alone too long cannot be cut."""
    words, index = desk.draft.words(at.channel.pk), _index(place)
    if desk.limits(at.channel.pk).max_parts < 2 or index >= len(words.texts):
        return False
    content = desk.content(at.channel.pk)
    parts = _fitting(content, at, index, words.texts[index])
    later = replace(content, media=())
    return len(parts) > 1 and all(
        count(part, limit) <= limit.maximum
        for number, part in enumerate(parts)
        for limit in limits_of_part(
            replace(content, text=part) if number + index == 0 else later, at.limits, number + index
        )
    )


def _fitting(content: Content, at: Place, index: int, text: str) -> tuple[str, ...]:
    """The text in parts that keep every limit that holds for it; what follows the first carries no media."""
    later = replace(content, text="", link="", media=()) if index == 0 else content
    # A link that stands in what is cut off has to be written below the first part after all.
    first = replace(content, text=_SOMETHING) if index == 0 else content
    parts = [text]
    for _ in limits_of_part(content, at.limits, index):
        parts = [
            piece
            for number, part in enumerate(parts)
            for piece in _split_once(part, limits_of_part(first if number == 0 else later, at.limits, index))
        ]
    return tuple(parts)


def _split_once(text: str, limits: tuple[TextLimit, ...]) -> tuple[str, ...]:
    limit = min(limits, key=lambda one: one.maximum - count(text, one))
    return split_into_thread(text, limit, numbering=False)


def _split(desk: Desk, at: Place, place: str, by: User) -> Draft:
    words, index = desk.draft.words(at.channel.pk), _index(place)
    if index >= len(words.texts):
        return desk.draft
    cut = _fitting(desk.content(at.channel.pk), at, index, words.texts[index])
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
            texts[index] = _shortened(desk.content(at.channel.pk), at, index, texts[index])
    return draft.tailor(at.channel.pk, words.with_texts(tuple(texts)))


def _shortened(content: Content, at: Place, index: int, text: str) -> str:
    """Cutting a link off the text may mean that it is written below it, which needs room again."""
    for _ in range(2):
        for limit in limits_of_part(replace(content, text=text) if index == 0 else content, at.limits, index):
            text = shorten(text, limit)
    return text


def _medium(words: Words, place: str) -> int:
    number = place.split(".")[1]
    return words.media[int(number)] if number.isdecimal() and int(number) < len(words.media) else 0


def _fewer(desk: Desk, at: Place, place: str, by: User) -> Draft:
    """The first pictures and films that the network takes together."""
    words, kept = desk.draft.words(at.channel.pk), list[int]()
    limits = desk.limits(at.channel.pk)
    room = {"image": limits.max_images, "video": limits.max_videos, "document": limits.max_documents}
    kinds: set[str] = set()
    for pk in words.media:
        kind = desk.assets[pk].kind if pk in desk.assets else ""
        mixes = kinds and kind not in kinds and not limits.mixes_media
        if room.get(kind, 0) > 0 and not mixes:
            room[kind] -= 1
            kinds.add(kind)
            kept.append(pk)
    return desk.draft.tailor(at.channel.pk, replace(words, media=tuple(kept)))


def _pages_as_pictures(desk: Desk, at: Place, place: str, by: User) -> Draft:
    """As many of a document's first pages as the network takes pictures, where the document stood."""
    words, limits = desk.draft.words(at.channel.pk), desk.limits(at.channel.pk)
    media, alts = list[int](), dict(desk.draft.alts)
    for pk in words.media:
        asset = desk.assets.get(pk)
        if asset is None or asset.kind != Asset.Kind.DOCUMENT:
            media.append(pk)
            continue
        pages = pages_as_pictures(asset, most=limits.max_images, by=by)
        media.extend(page.pk for page in pages)
        alts |= {page.pk: alts.get(page.pk) or page.alt for page in pages}
    changed = replace(words, media=tuple(dict.fromkeys(media)))
    return replace(desk.draft, alts=alts).tailor(at.channel.pk, changed)


def bind_pictures_of(desk: Desk, at: Place, by: User) -> Draft:
    """The pictures of one channel as a document to page through, which goes out in their place.

    Raises:
        RuleError: a picture cannot be drawn, or there are too few.
    """
    words = desk.draft.words(at.channel.pk)
    pictures = [desk.assets[pk] for pk in words.media if pk in desk.assets]
    title = words.title.strip() or (words.text.strip().splitlines() or [""])[0][:60]
    made = bind_pictures(pictures, shape="portrait", title=title, by=by)
    alts = {**desk.draft.alts, made.pk: made.alt}
    return replace(desk.draft, alts=alts).tailor(at.channel.pk, replace(words, media=(made.pk,)))


def _link_into_text(desk: Desk, at: Place, place: str, by: User) -> Draft:
    words = desk.draft.words(at.channel.pk)
    text = words.text if words.link in words.text else f"{words.text}\n\n{words.link}".strip()
    return desk.draft.tailor(at.channel.pk, replace(words, text=text, link=""))


def _join(desk: Desk, at: Place, place: str, by: User) -> Draft:
    """The last parts become one, so that as many are left as the network takes."""
    words = desk.draft.words(at.channel.pk)
    alone = max(desk.limits(at.channel.pk).max_parts - 1, 0)
    rest = "\n\n".join(filter(None, words.texts[alone:]))
    return desk.draft.tailor(at.channel.pk, words.with_texts((*words.texts[:alone], rest)))


def _drop_part(desk: Desk, at: Place, place: str, by: User) -> Draft:
    """All empty parts of the thread, wherever these words are shared: nobody wants one."""
    draft, words = desk.draft, desk.draft.words(at.channel.pk)
    changed = replace(words, parts=tuple(part for part in words.parts if part.strip()))
    if at.channel.pk in draft.tailored:
        return draft.tailor(at.channel.pk, changed)
    return replace(draft, shared=changed)


def _add_alt(desk: Desk, at: Place, place: str, by: User) -> Draft:
    """What was written for the picture before, kept with it in the library."""
    asset_id, kept = _medium(desk.draft.words(at.channel.pk), place), _kept_alt(desk, at, place)
    return replace(desk.draft, alts={**desk.draft.alts, asset_id: kept}) if kept else desk.draft


def _kept_alt(desk: Desk, at: Place, place: str) -> str:
    asset = desk.assets.get(_medium(desk.draft.words(at.channel.pk), place))
    return asset.alt.strip() if asset else ""


_REPAIRS: dict[str, Callable[[Desk, Place, str, User], Draft]] = {
    "split_thread": _split,
    "shorten": _shorten,
    "remove_media": _fewer,
    "pages_as_pictures": _pages_as_pictures,
    "link_into_text": _link_into_text,
    "join_parts": _join,
    "drop_part": _drop_part,
    "add_alt": _add_alt,
}
