"""The report as a document. Each sentence from the data carries a number; the last pages say where it is from."""

from itertools import groupby

from django.utils import timezone
from django.utils.translation import get_language, gettext, pgettext

from tesselle.academy.dates import day
from tesselle.academy.models import Path
from tesselle.academy.report.writing import Section, report_of
from tesselle.documents.document import Block, Document, Heading, Paragraph, Table


def report_document(path: Path) -> Document:
    facts = [
        (pgettext("document", "By"), str(path.person)),
        (gettext("Company"), path.company or gettext("Not said")),
        (gettext("Put together on"), day(timezone.now())),
    ]
    if path.report_due:
        facts.append((gettext("Due on"), day(path.report_due)))
    sources: list[tuple[str, str]] = []
    blocks: list[Block] = [Heading(gettext("Context")), Paragraph(path.context or gettext("Not said"))]
    for section in report_of(path):
        blocks += _blocks(section, sources)
    blocks += [
        Heading(gettext("Where the sentences come from")),
        Paragraph(
            gettext("A number in brackets leads to the data; without one, a sentence is the person’s own.")
        ),
        Table((gettext("No."), gettext("Page in Tesselle"), gettext("As it is")), _in_runs(sources)),
    ]
    return Document(
        title=path.subject or gettext("Report"),
        language=get_language() or "fr",
        facts=tuple(facts),
        author=str(path.person),
        blocks=tuple(blocks),
    )


def _in_runs(sources: list[tuple[str, str]]) -> tuple[tuple[str, str, str], ...]:
    """A row for each run of sentences that come from the same page."""
    rows = []
    for source, run in groupby(enumerate(sources, 1), key=lambda numbered: numbered[1]):
        numbers = [number for number, _ in run]
        told = str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"
        rows.append((told, *source))
    return tuple(rows)


def _blocks(section: Section, sources: list[tuple[str, str]]) -> list[Block]:
    found: list[Block] = [Heading(section.draft.title)]
    if section.own_words:
        found.append(Paragraph(section.own_words))
    for line in section.lines:
        if line.text:
            state = gettext("changed by the person") if line.is_changed else gettext("from the data")
            sources.append((line.sentence.source, state))
            found.append(Paragraph(f"{line.text}\u00a0[{len(sources)}]"))
    if not section.own_words and not section.lines:
        found.append(Paragraph(gettext("Nothing was written here.")))
    for title, table in section.draft.tables:
        found += [Heading(title, 2), table]
    return found
