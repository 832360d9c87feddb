"""The buttons of the composer that change the draft, each with the sentence that says what was done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tesselle.channels.choices import read_again
from tesselle.compose.desk import Desk, Place
from tesselle.compose.draft import SHARED, Draft, Words
from tesselle.compose.repairs import bind_pictures_of, repair, repair_all
from tesselle.domain.content import FORMAT
from tesselle.domain.errors import NetworkError, RuleError
from tesselle.workspaces.models import User

_One = TypeVar("_One")
_REPAIRED: Mapping[str, str | Promise] = {
    "split_thread": _("Split into a thread for %(channel)s."),
    "shorten": _("Shortened for %(channel)s."),
    "remove_media": _("Fewer pictures on %(channel)s."),
    "pages_as_pictures": _("The pages of the document are pictures on %(channel)s."),
    "link_into_text": _("The link stands in the text for %(channel)s."),
    "join_parts": _("Parts joined for %(channel)s."),
    "drop_part": _("Empty parts were removed."),
    "add_alt": _("The alternative text was filled in."),
}
_DONE: Mapping[str, str | Promise] = {
    "repair_all": _("Repaired for %(channel)s."),
    "tailor": _("%(channel)s has a text of its own now."),
    "follow": _("%(channel)s follows the shared text again."),
    "bind": _("%(channel)s shows the pictures as a document to page through."),
    "add_part": _("A part was added."),
    "remove_part": _("A part was removed."),
    "move_part": _("The order of the parts was changed."),
    "attach": _("It was added to the post."),
    "remove_media": _("It was taken out of the post."),
    "move_media": _("The order of the pictures was changed."),
}


@dataclass(frozen=True, slots=True)
class Act:
    """A button's value, such as `repair:7:shorten:text`: the verb, whose words, and what of them."""

    verb: str
    owner: str
    detail: str

    @classmethod
    def read(cls, value: str) -> "Act":
        verb, _colon, rest = value.partition(":")
        owner, _colon, detail = rest.partition(":")
        return cls(verb, owner, detail)

    @property
    def channel_id(self) -> int:
        return int(self.owner) if self.owner.isdecimal() and len(self.owner) < 18 else 0


def change(desk: Desk, act: Act, by: User) -> Draft:
    """The draft after one button. An act that makes no sense (any more) changes nothing.

    Raises:
        RuleError: a picture cannot be converted, a list not be read.
    """
    draft, pk = desk.draft, act.channel_id
    place = desk.places.get(pk)
    match act.verb:
        case "repair" if place is not None:
            name, _colon, where = act.detail.partition(":")
            return repair(desk, place, name, where, by)
        case "repair_all" if place is not None:
            return repair_all(desk, place, by)
        case "bind" if place is not None:
            return bind_pictures_of(desk, place, by)
        case "choices" if place is not None:
            _read_list(desk, place, act.detail)
            return draft
        case "tailor" if place is not None:
            return draft.tailor(pk, draft.words(pk))
        case "follow" if pk in draft.tailored:
            return replace(draft, tailored={key: words for key, words in draft.tailored.items() if key != pk})
        case _:
            return _edited(draft, act)


def _read_list(desk: Desk, at: Place, name: str) -> None:
    """Ask the network for what can be chosen there; kept with the channel.

    Raises:
        RuleError: it did not tell; the sentence says why.
    """
    chosen = desk.options(at.channel.pk)
    for option in at.fields(chosen.get(FORMAT, "")):
        waits = bool(option.depends_on) and not chosen.get(option.depends_on)
        if option.name == name and option.kind == "remote_choice" and not waits:
            try:
                read_again(at.channel, option, chosen)
            except NetworkError as error:
                raise RuleError(error.message) from error


def told(desk: Desk, act: Act) -> str:
    """What the act did, for the undo bar and for whoever listens."""
    place = desk.places.get(act.channel_id)
    name = (place.channel.display_name or place.channel.handle) if place else ""
    sentence = _REPAIRED.get(act.detail.partition(":")[0]) if act.verb == "repair" else _DONE.get(act.verb)
    return str(sentence or "") % {"channel": name}


def _edited(draft: Draft, act: Act) -> Draft:
    """Parts and pictures of the shared words, or of one channel's."""
    words = draft.shared if act.owner == SHARED else draft.tailored.get(act.channel_id)
    edit = _EDITS.get(act.verb)
    if words is None or edit is None:
        return draft
    changed = edit(words, act.detail)
    return replace(draft, shared=changed) if act.owner == SHARED else draft.tailor(act.channel_id, changed)


def _add_part(words: Words, detail: str) -> Words:
    return replace(words, parts=(*words.parts, ""))


def _move_part(words: Words, detail: str) -> Words:
    """`2-0`: the third text becomes the first; the others keep their order."""
    return words.with_texts(_moved(words.texts, detail))


def _move_media(words: Words, detail: str) -> Words:
    """As `_move_part`: the first picture is the one that every network shows first."""
    return replace(words, media=_moved(words.media, detail))


def _moved(row: tuple[_One, ...], detail: str) -> tuple[_One, ...]:
    """Without a change where either place is none of the row's."""
    one, _dash, other = detail.partition("-")
    here, there = _number(one), _number(other)
    if not (0 <= here < len(row) and 0 <= there < len(row)):
        return row
    rest = (*row[:here], *row[here + 1 :])
    return (*rest[:there], row[here], *rest[there:])


def _remove_part(words: Words, detail: str) -> Words:
    number = _number(detail)
    return replace(words, parts=tuple(part for index, part in enumerate(words.parts) if index != number))


def _attach(words: Words, detail: str) -> Words:
    """A file of the library; one that belongs elsewhere is not on the desk, and goes with the next form."""
    number = _number(detail)
    return replace(words, media=tuple(dict.fromkeys((*words.media, number)))) if number > 0 else words


def _remove_media(words: Words, detail: str) -> Words:
    number = _number(detail)
    return replace(words, media=tuple(pk for pk in words.media if pk != number))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 18 else -1


_EDITS: Mapping[str, Callable[[Words, str], Words]] = {
    "add_part": _add_part,
    "move_part": _move_part,
    "remove_part": _remove_part,
    "attach": _attach,
    "remove_media": _remove_media,
    "move_media": _move_media,
}
