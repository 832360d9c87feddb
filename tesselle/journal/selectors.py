"""Reading the journal, newest first, page by page along its ids: as fast at the end as at the beginning."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from tesselle.journal.models import Entry

PAGE = 50
MOST_EXPORTED = 100_000
OF_INSTALLATION = ("account", "installation", "network")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the journal is narrowed to; 0 and "" narrow nothing. `workspace_id` None: the installation's own.

    `nobody`: only what the product did by itself.
    """

    workspace_id: int | None
    person_id: int = 0
    nobody: bool = False
    kind: str = ""
    subject_id: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """`older`: the id to go on before, 0 at the end."""

    entries: list[Entry]
    older: int


def page(wanted: Wanted, before: int = 0) -> Page:
    found = entries(wanted)
    if before:
        found = found.filter(pk__lt=before)
    rows = list(found[: PAGE + 1])
    return Page(rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else 0)


def exported(wanted: Wanted) -> Iterator[Entry]:
    return entries(wanted)[:MOST_EXPORTED].iterator(chunk_size=2000)


def entries(wanted: Wanted) -> QuerySet[Entry]:
    found = Entry.objects.filter(workspace_id=wanted.workspace_id).order_by("-pk")
    if wanted.workspace_id is None:
        found = found.filter(subject_kind__in=OF_INSTALLATION)
    if wanted.kind:
        found = found.filter(subject_kind=wanted.kind)
    if wanted.subject_id:
        found = found.filter(subject_id=wanted.subject_id)
    if wanted.nobody:
        found = found.filter(actor_id=None)
    elif wanted.person_id:
        found = found.filter(actor_id=wanted.person_id)
    return found
