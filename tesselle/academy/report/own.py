"""Lessons and results of another tool than ours."""

from django.utils.translation import gettext

from tesselle.academy.dates import day
from tesselle.academy.models import OwnLesson, Path
from tesselle.academy.own.summing import summed
from tesselle.academy.report.drafts import Sentence, sentence


def own_lessons(path: Path) -> list[Sentence]:
    return [_of(f"lesson-{lesson.pk}", _lesson_words(lesson)) for lesson in path.own_lessons.all()]


def _lesson_words(lesson: OwnLesson) -> str:
    values = {"kind": lesson.get_kind_display(), "title": lesson.title, "day": day(lesson.done_on)}
    if lesson.done_on is None:
        text = gettext("%(kind)s “%(title)s”: not done.")
    else:
        text = gettext("%(kind)s “%(title)s”: done on %(day)s.")
    return " ".join(part for part in (text % values, lesson.note) if part)


def own_results(path: Path) -> list[Sentence]:
    found = []
    for one in summed(path):
        figures = ", ".join(
            gettext("%(name)s %(value)s (of %(counted)s posts)")
            % {"name": name, "value": value, "counted": counted}
            for name, value, counted in one.figures
        )
        text = gettext("Results brought in of %(network)s, %(posts)s posts: %(figures)s.")
        words = {"network": one.network, "posts": one.posts, "figures": figures}
        found.append(_of(f"result-{one.network}", text % words))
    return found


def _of(key: str, text: str) -> Sentence:
    return sentence(key, text, "academy:own_lessons", gettext("My own list"))
