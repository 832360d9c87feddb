"""A report as plain values, from which the page and its files are made alike."""

from dataclasses import dataclass

from tesselle.documents.document import Block, Document, Heading, Paragraph, Table


@dataclass(frozen=True, slots=True)
class Section:
    """`paragraphs` are whole sentences; `table` comes after them. `mark`: who wrote it, if a person did.
    `source`: the address of the page with the figures it rests on, for members."""

    title: str
    paragraphs: tuple[str, ...]
    table: Table | None = None
    key: str = ""
    mark: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    title: str
    company: str
    span: str
    sections: tuple[Section, ...]
    foot: str
    language: str

    def as_document(self, *, colour: str = "", logo: str = "") -> Document:
        """`colour`, `logo`: as `Document` takes them."""
        blocks: list[Block] = [Paragraph(f"{self.company}, {self.span}", quiet=True)]
        for section in self.sections:
            blocks += [Heading(section.title), *(Paragraph(text) for text in section.paragraphs)]
            blocks += [Paragraph(section.mark, quiet=True)] if section.mark else []
            blocks += [section.table] if section.table else []
        blocks.append(Paragraph(self.foot, quiet=True))
        return Document(
            self.title,
            self.language,
            blocks=tuple(blocks),
            author=self.company,
            colour=colour,
            logo=logo,
        )
