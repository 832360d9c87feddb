"""What a section of the report is made of."""

from dataclasses import dataclass, field

from django.urls import reverse

from tesselle.documents.document import Table


@dataclass(frozen=True, slots=True)
class Sentence:
    """`key`: the same as long as it is about the same thing. `url`, `source`: where its data are."""

    key: str
    text: str
    url: str
    source: str


@dataclass(frozen=True, slots=True)
class Draft:
    """`asks`: what the person is to write here in their own words. `tables`: each with its heading."""

    key: str
    title: str
    asks: str
    sentences: tuple[Sentence, ...] = ()
    tables: tuple[tuple[str, Table], ...] = field(default=())


def sentence(key: str, text: str, name: str, source: str, *args: int) -> Sentence:
    """Of the page with this name of an address; `source`: what the link is called."""
    return Sentence(key, text, reverse(name, args=args), source)
