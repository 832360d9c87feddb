"""A section as it will be read: one's own words, then the sentences from the data, changed where one wished."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from tesselle.academy.models import Path, ReportSection
from tesselle.academy.report.drafts import Draft, Sentence
from tesselle.academy.report.sections import drafts_of
from tesselle.academy.telling import tell


@dataclass(frozen=True, slots=True)
class Line:
    """`text`: as it is read, empty when it is left out. `is_stale`: the data say something else since it was
    changed; the new sentence stands in `sentence`."""

    sentence: Sentence
    text: str
    is_changed: bool
    is_stale: bool


@dataclass(frozen=True, slots=True)
class Section:
    draft: Draft
    own_words: str
    lines: tuple[Line, ...]


def report_of(path: Path) -> list[Section]:
    kept = {section.key: section for section in path.report_sections.all()}
    return [_written(draft, kept.get(draft.key)) for draft in drafts_of(path)]


def _written(draft: Draft, kept: ReportSection | None) -> Section:
    changes: Mapping[str, Mapping[str, str]] = kept.lines if kept else {}
    return Section(
        draft,
        kept.own_words if kept else "",
        tuple(_line(sentence, changes.get(sentence.key)) for sentence in draft.sentences),
    )


def _line(sentence: Sentence, change: Mapping[str, str] | None) -> Line:
    if change is None:
        return Line(sentence, sentence.text, is_changed=False, is_stale=False)
    return Line(sentence, change["now"], is_changed=True, is_stale=change["was"] != sentence.text)


@transaction.atomic
def write_section(path: Path, draft: Draft, *, own_words: str, texts: Mapping[str, str]) -> None:
    """`texts`: by the key of the sentence. One that says what the data say is not kept: it stays alive."""
    known = {sentence.key: sentence.text for sentence in draft.sentences}
    lines = {
        key: {"was": known[key], "now": text}
        for key, text in texts.items()
        if key in known and _same_breaks(text) != _same_breaks(known[key])
    }
    ReportSection.objects.update_or_create(
        path=path,
        key=draft.key,
        defaults={"own_words": own_words, "lines": lines, "changed_at": timezone.now()},
    )
    tell("path.report_changed", path)


def _same_breaks(text: str) -> str:
    """A browser sends line breaks in its own way."""
    return "\n".join(text.split()) if "\n" not in text else text.replace("\r\n", "\n").strip()
