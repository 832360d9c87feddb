"""Opening a chapter, having its task checked, answering its questions."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from tesselle.academy.catalogue.lessons import Chapter
from tesselle.academy.learning.checking import Done, Looked, look_at
from tesselle.academy.models import ChapterProgress, Path, QuizAnswer
from tesselle.academy.telling import tell


def begin_chapter(path: Path, chapter: Chapter) -> ChapterProgress:
    progress, _ = ChapterProgress.objects.select_related("path__person").get_or_create(
        path=path, slug=chapter.slug
    )
    return progress


@transaction.atomic
def check_task(progress: ChapterProgress, chapter: Chapter) -> Looked:
    """Done stays done. A try that finds nothing is counted: hints come with tries."""
    if progress.done_at is not None:
        return Done(progress.evidence)
    looked = look_at(progress)
    if isinstance(looked, Done):
        ChapterProgress.objects.filter(pk=progress.pk, done_at=None).update(
            done_at=timezone.now(), evidence=looked.evidence
        )
        tell("path.chapter_done", progress.path, chapter=str(chapter.title))
    else:
        ChapterProgress.objects.filter(pk=progress.pk).update(tries=F("tries") + 1)
    return looked


@transaction.atomic
def answer_question(path: Path, chapter: Chapter, question: int, choice: int) -> bool:
    """Is it right? The latest answer stands; how many it took is kept with it."""
    found, is_new = QuizAnswer.objects.select_for_update().get_or_create(
        path=path, chapter=chapter.slug, question=question, defaults={"choice": choice}
    )
    if not is_new:
        found.choice, found.tries, found.at = choice, found.tries + 1, timezone.now()
        found.save(update_fields=["choice", "tries", "at"])
    return choice == chapter.questions[question].right
