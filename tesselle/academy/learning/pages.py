"""What the pages of learning read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language

from tesselle.academy.catalogue.help import Paragraph, paragraphs
from tesselle.academy.catalogue.lessons import Chapter, QuizQuestion, Term, chapters, terms
from tesselle.academy.learning.checking import found_words
from tesselle.academy.models import ChapterProgress, Path, QuizAnswer
from tesselle.domain.text.folding import folded


@dataclass(frozen=True, slots=True)
class Row:
    chapter: Chapter
    is_begun: bool
    done_at: datetime | None
    right: int

    @property
    def is_done(self) -> bool:
        return self.done_at is not None


@dataclass(frozen=True, slots=True)
class Asked:
    """`answer` None: not answered yet; only after an answer is the explanation shown."""

    number: int
    question: QuizQuestion
    choices: list[tuple[int, str]]
    answer: int | None

    @property
    def is_right(self) -> bool:
        return self.answer == self.question.right


@dataclass(frozen=True, slots=True)
class ChapterPage:
    chapter: Chapter
    progress: ChapterProgress
    page_url: str
    hints: Sequence[object]
    more_hints: bool
    asked: list[Asked]
    picture: str

    @property
    def found(self) -> str:
        return found_words(self.chapter.slug, self.progress.evidence)


def rows(path: Path) -> list[Row]:
    """Three queries, however many chapters."""
    progress = {one.slug: one for one in path.chapters.all()}
    answers = list(path.quiz_answers.all())
    return [
        Row(
            chapter,
            chapter.slug in progress,
            progress[chapter.slug].done_at if chapter.slug in progress else None,
            sum(_is_right(chapter, answer) for answer in answers if answer.chapter == chapter.slug),
        )
        for chapter in chapters()
    ]


def _is_right(chapter: Chapter, answer: QuizAnswer) -> bool:
    """A question that a newer release no longer asks counts nothing."""
    return (
        answer.question < len(chapter.questions) and chapter.questions[answer.question].right == answer.choice
    )


def chapter_page(path: Path, chapter: Chapter, progress: ChapterProgress) -> ChapterPage:
    """One hint for each try that found nothing."""
    answers = {one.question: one.choice for one in path.quiz_answers.filter(chapter=chapter.slug)}
    shown = chapter.hints[: progress.tries] if progress.done_at is None else ()
    return ChapterPage(
        chapter,
        progress,
        reverse(chapter.page),
        shown,
        progress.done_at is None and len(shown) < len(chapter.hints),
        [
            Asked(
                number,
                question,
                [(place, str(choice)) for place, choice in enumerate(question.choices)],
                answers.get(number),
            )
            for number, question in enumerate(chapter.questions)
        ],
        picture_of(chapter),
    )


def picture_of(chapter: Chapter) -> str:
    """Of the real page, in the reader's language; empty: it has none. `make pictures` takes them."""
    language = "fr" if (get_language() or "fr").startswith("fr") else "en"
    return f"academy/pictures/{language}/{chapter.slug}.webp" if chapter.picture else ""


def found_terms(words: str) -> list[Term]:
    """Every word that is asked for must stand in the term or in its meaning, in the reader's language;
    terms also answer to their name in the other one."""
    wanted = folded(words).split()
    found = [
        term
        for term in terms()
        if all(
            any(word in folded(text) for text in (term.name.en, term.name.fr, str(term.meaning)))
            for word in wanted
        )
    ]
    return sorted(found, key=lambda term: folded(str(term.name)))


def found_paragraphs(words: str) -> list[Paragraph]:
    """Those that say every word, in the reader's language; all of them where nothing is asked for."""
    wanted = folded(words).split()
    return [
        one
        for one in paragraphs()
        if all(word in folded(" ".join(map(str, (one.title, *one.texts)))) for word in wanted)
    ]
