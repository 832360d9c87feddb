"""The journal in words: each app says what its own verbs and subjects are called, when it starts.

words.tell_verbs({"channel.paused": N_("Paused the channel %(handle)s")})
words.tell_subject(Subject("channel", N_("Channel"), "channels:detail", names_of_channels))
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from tesselle.domain.messages import Message
from tesselle.journal.models import Entry

Names = Callable[[Collection[int]], Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class Subject:
    """`word`: marked with `N_`. `address`: a URL name that takes the id, or empty. `names`: in one query."""

    kind: str
    word: str
    address: str = ""
    names: Names | None = None


_sentences: dict[str, str] = {}
_subjects: dict[str, Subject] = {}


def tell_verbs(sentences: Mapping[str, str]) -> None:
    _sentences.update(sentences)


def tell_subject(subject: Subject) -> None:
    _subjects[subject.kind] = subject


def sentence_of(entry: Entry) -> Message:
    """What was done. A verb that nobody has told is shown as it is stored: better bare than missing."""
    sentence = _sentences.get(entry.verb)
    return Message(sentence, dict(entry.params)) if sentence else Message(entry.verb)


def known_verbs() -> frozenset[str]:
    return frozenset(_sentences)


def subjects() -> Mapping[str, Subject]:
    return _subjects
