"""The sections such a work asks for, each filled from what was really done. What was not done is said."""

from django.utils.translation import gettext, ngettext, pgettext

from tesselle.academy.catalogue.lessons import chapters
from tesselle.academy.choosing.board import board_of
from tesselle.academy.dates import day
from tesselle.academy.learning.checking import found_words
from tesselle.academy.models import Path
from tesselle.academy.report.choice import choice_draft
from tesselle.academy.report.drafts import Draft, Sentence, sentence
from tesselle.academy.report.own import own_lessons
from tesselle.academy.report.presence import presence_draft
from tesselle.academy.report.questions import question_drafts
from tesselle.academy.report.testing import testing_draft
from tesselle.academy.report.work import work_of
from tesselle.academy.start.document import level_word
from tesselle.academy.time.account import Account, account_of
from tesselle.documents.document import Table


def drafts_of(path: Path) -> list[Draft]:
    """In the order of the document."""
    board, work = board_of(path), work_of(path)
    account = account_of(path, pgettext("time", "For no phase"), pgettext("sum", "Total"))
    return [
        _expectations(path),
        *question_drafts(path, board, work),
        choice_draft(path, board),
        testing_draft(path),
        presence_draft(path),
        _time(path, account),
        _difficulties(path),
        _teaching(path),
        _conclusion(path, account),
    ]


def _expectations(path: Path) -> Draft:
    frozen = path.frozen_starts.first()
    start = pgettext("part of a path", "Start")
    if frozen is None:
        said = gettext("The start was not frozen, so there is no dated state to compare with.")
        first = sentence("frozen", said, "academy:start", start)
    else:
        said = gettext("On %(day)s, the expectation was: “%(text)s”")
        words = {"day": day(frozen.at), "text": frozen.content["expectations"]}
        first = sentence("frozen", said % words, "academy:start", start)
    results = gettext("What was reached")
    lines = [first]
    for objective in path.objectives.all():
        outcome = {
            True: gettext("reached"),
            False: gettext("not reached"),
            None: gettext("not judged"),
        }[objective.reached]
        text = gettext("Objective “%(objective)s”: %(outcome)s.") % {
            "objective": objective.text,
            "outcome": outcome,
        }
        if objective.outcome:
            text = f"{text} {objective.outcome}"
        lines.append(sentence(f"objective-{objective.pk}", text, "academy:results", results))
    if not path.objectives.exists():
        lines.append(sentence("no-objective", gettext("No objective was set."), "academy:start", start))
    return Draft(
        "expectations",
        gettext("Expectations and reality"),
        gettext("What turned out as expected, what did not, and why?"),
        tuple(lines),
    )


def _time(path: Path, account: Account) -> Draft:
    source = pgettext("part of a path", "Time")
    text = gettext("Planned: %(planned)s. Noted: %(actual)s.")
    words = {"planned": account.total.planned_words, "actual": account.total.actual_words}
    lines = [sentence("total", text % words, "academy:time", source)]
    for row in account.rows:
        if row.phase is not None and row.phase.explanation:
            said = gettext("%(phase)s (%(gap)s): %(explanation)s") % {
                "phase": row.name,
                "gap": row.gap_words,
                "explanation": row.phase.explanation,
            }
            lines.append(sentence(f"phase-{row.phase.pk}", said, "academy:time", source))
        elif row.needs_explaining:
            said = gettext("%(phase)s (%(gap)s): the difference is not explained.")
            named_gap = {"phase": row.name, "gap": row.gap_words}
            lines.append(sentence(f"gap-{row.name}", said % named_gap, "academy:time", source))
        elif row.was_left_out:
            said = gettext(
                "%(phase)s (planned: %(planned)s): no time was noted, and it is not explained why."
            )
            named = {"phase": row.name, "planned": row.planned_words}
            lines.append(sentence(f"gap-{row.name}", said % named, "academy:time", source))
    head = (
        pgettext("of the work", "Phase"),
        pgettext("time", "Planned"),
        pgettext("time", "Actual"),
        pgettext("time", "Difference"),
    )
    rows = tuple(
        (row.name, row.planned_words, row.actual_words, row.gap_words)
        for row in (*account.rows, account.total)
    )
    return Draft(
        "time",
        gettext("Time invested"),
        gettext("What took longer than planned, what went faster, and what you would plan otherwise?"),
        tuple(lines),
        ((gettext("Planned and actual"), Table(head, rows, figures=True)),),
    )


def _difficulties(path: Path) -> Draft:
    source = gettext("Journal of difficulties")
    lines = []
    for one in path.difficulties.all():
        ending = one.overcome or gettext("It has not been overcome.")
        text = gettext("%(day)s: %(what)s %(ending)s") % {
            "day": day(one.met_on),
            "what": one.what,
            "ending": ending,
        }
        lines.append(sentence(f"difficulty-{one.pk}", text, "academy:time", source))
    if not lines:
        lines.append(sentence("none", gettext("No difficulty was noted."), "academy:time", source))
    return Draft(
        "difficulties",
        gettext("Difficulties, and how they were overcome"),
        gettext("What did you learn from them?"),
        tuple(lines),
    )


def _teaching(path: Path) -> Draft:
    results = gettext("What was reached")
    lines = [
        sentence(
            f"skill-{skill.pk}",
            gettext("%(skill)s: at the start “%(before)s”, at the end “%(after)s”.")
            % {"skill": skill.name, "before": level_word(skill.before), "after": level_word(skill.after)},
            "academy:results",
            results,
        )
        for skill in path.skills.all()
    ]
    if not lines:
        lines.append(sentence("none", gettext("No skill was assessed."), "academy:results", results))
    lines += _learned(path)
    lines += own_lessons(path)
    return Draft(
        "teaching",
        gettext("Looking back on self-study"),
        gettext("How did you go about learning? What helped, what would you do otherwise?"),
        tuple(lines),
    )


def _learned(path: Path) -> list[Sentence]:
    source = pgettext("part of a path", "Learning")
    done = {one.slug: one for one in path.chapters.exclude(done_at=None)}
    if not done:
        return [sentence("chapters", gettext("No chapter was finished."), "academy:learning", source)]
    return [
        sentence(
            f"chapter-{chapter.slug}",
            gettext("Chapter “%(chapter)s”, finished on %(day)s, %(found)s.")
            % {
                "chapter": chapter.title,
                "day": day(done[chapter.slug].done_at),
                "found": found_words(chapter.slug, done[chapter.slug].evidence),
            },
            "academy:learning",
            source,
        )
        for chapter in chapters()
        if chapter.slug in done
    ]


def _conclusion(path: Path, account: Account) -> Draft:
    total = path.objectives.count()
    reached = path.objectives.filter(reached=True).count()
    text = ngettext(
        "Of %(counted)s objective, reached: %(reached)s.",
        "Of %(counted)s objectives, reached: %(reached)s.",
        total,
    )
    source = gettext("What was reached")
    said = text % {"counted": total, "reached": reached}
    unknown = path.objectives.filter(reached=None).count()
    if unknown:
        said += " " + gettext("Not assessed: %(counted)s.") % {"counted": unknown}
    line = sentence("reached", said, "academy:results", source)
    return Draft(
        "conclusion",
        gettext("Conclusion"),
        gettext("What do you keep, what do you recommend to the company, what comes next?"),
        (line,),
    )
