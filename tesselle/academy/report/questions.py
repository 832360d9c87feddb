"""The questions to answer at the end, by their themes, with what the product knows about each."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext, ngettext, pgettext

from tesselle.academy.catalogue import as_read
from tesselle.academy.choosing.board import Board
from tesselle.academy.choosing.pages import weight_words
from tesselle.academy.dates import day
from tesselle.academy.listing import listed
from tesselle.academy.models import Path, Question
from tesselle.academy.report.drafts import Draft, Sentence, sentence
from tesselle.academy.report.own import own_results
from tesselle.academy.report.testing import adapted_in_projects
from tesselle.academy.report.work import Work
from tesselle.domain.metrics import Metric
from tesselle.measure.indicators import NAMES


def question_drafts(path: Path, board: Board, work: Work) -> list[Draft]:
    answers: dict[str, Callable[[], list[Sentence]]] = {
        "criteria": lambda: _about_criteria(path, board),
        "indicators": lambda: [*_about_indicators(work), *own_results(path)],
        "features": lambda: _about_features(work),
        "adaptation": lambda: _about_adaptation(work, adapted_in_projects(path)),
        "challenge": lambda: _about_challenge(path),
    }
    return [
        Draft(
            f"question-{question.pk}",
            as_read(question.worded),
            _given(question),
            tuple(answers.get(question.theme, list)()),
        )
        for question in path.questions.all()
    ]


def _given(question: Question) -> str:
    if as_read(question.given) == as_read(question.worded):
        return gettext("Your answer.")
    return gettext("Your answer. As it was given, the question was: “%(question)s”") % {
        "question": as_read(question.given)
    }


def _about_criteria(path: Path, board: Board) -> list[Sentence]:
    source = pgettext("step of choosing", "Criteria")
    weighed = sorted((one for one in board.criteria if one.weight > 0), key=lambda one: -one.weight)
    if not weighed:
        return [sentence("no-criteria", gettext("No criteria were set."), "academy:criteria", source)]
    names = ", ".join(f"{as_read(one.name)} ({weight_words(float(one.weight))})" for one in weighed[:5])
    text = ngettext(
        "%(counted)s criterion counted. With the most weight: %(names)s.",
        "%(counted)s criteria counted. With the most weight: %(names)s.",
        len(weighed),
    )
    found = [
        sentence("criteria", text % {"counted": len(weighed), "names": names}, "academy:criteria", source)
    ]
    gates = list(path.gates.all())
    if gates:
        said = gettext("Eliminating conditions: %(names)s.") % {
            "names": listed(as_read(gate.text) for gate in gates)
        }
        found.append(sentence("gates", said, "academy:criteria", source))
    return found


def _about_indicators(work: Work) -> list[Sentence]:
    source = pgettext("navigation", "List")
    if not work.measured:
        text = gettext("No figures were read of posts of one’s own.")
        return [sentence("figures", text, "plan:list", source)]
    text = ngettext(
        "Figures were read of %(counted)s delivery: %(names)s.",
        "Figures were read of %(counted)s deliveries: %(names)s.",
        work.measured,
    )
    words = {"counted": work.measured, "names": _named(work.figures)}
    return [sentence("figures", text % words, "plan:list", source)]


def _named(figures: Sequence[str]) -> str:
    return ", ".join(str(NAMES.get(Metric(figure), figure)).lower() for figure in figures)


def _about_features(work: Work) -> list[Sentence]:
    source = pgettext("navigation", "List")
    return [*_written(work, source), *_planned(work, source)]


def _written(work: Work, source: str) -> list[Sentence]:
    if not work.posts:
        return [sentence("posts", gettext("No post was written along this path."), "plan:list", source)]
    posts = ngettext(
        "%(counted)s post was written, for channels: %(channels)s.",
        "%(counted)s posts were written, for channels: %(channels)s.",
        work.posts,
    )
    tailored = ngettext(
        "%(counted)s variant had a text tailored to its channel.",
        "%(counted)s variants had a text tailored to their channel.",
        work.tailored,
    )
    return [
        sentence("posts", posts % {"counted": work.posts, "channels": work.channels}, "plan:list", source),
        sentence("tailored", tailored % {"counted": work.tailored}, "plan:list", source),
    ]


def _planned(work: Work, source: str) -> list[Sentence]:
    out = ngettext(
        "%(counted)s delivery was planned, of which went out: %(out)s.",
        "%(counted)s deliveries were planned, of which went out: %(out)s.",
        work.planned,
    )
    ready = gettext("Drafts of a scenario that were planned as they lay there: %(counted)s.")
    found = [sentence("planned", out % {"counted": work.planned, "out": work.out}, "plan:list", source)]
    if work.ready:
        found.append(sentence("ready", ready % {"counted": work.ready}, "plan:list", source))
    return found if work.posts or work.planned else []


def _about_adaptation(work: Work, in_projects: list[Sentence]) -> list[Sentence]:
    """Decisions on suggestions are known with their verdicts; why else a plan was changed only its person knows."""
    if work.decisions:
        text = ngettext(
            "%(counted)s change of plan was decided on a suggestion from the figures: kept its promise %(held)s, "
            "did not %(failed)s, not settled %(open)s.",
            "%(counted)s changes of plan were decided on suggestions from the figures: kept their promise %(held)s, "
            "did not %(failed)s, not settled %(open)s.",
            work.decisions,
        )
        words = {
            "counted": work.decisions,
            "held": work.held,
            "failed": work.not_held,
            "open": work.decisions - work.held - work.not_held,
        }
        return [sentence("decided", text % words, "adapt:decisions", gettext("Decisions")), *in_projects]
    if in_projects:
        return in_projects
    source = pgettext("navigation", "List")
    if not work.measured:
        text = gettext("Nothing was measured, so nothing could be adapted to figures.")
    else:
        text = gettext(
            "Figures were read; which change of the strategy followed from them is for the person to say."
        )
    return [sentence("adapted", text, "plan:list", source)]


def _about_challenge(path: Path) -> list[Sentence]:
    source = gettext("Journal of difficulties")
    greatest = path.difficulties.filter(is_greatest=True).first()
    if greatest is None:
        text = gettext("No difficulty was marked as the greatest.")
        return [sentence("greatest", text, "academy:time", source)]
    text = gettext("The greatest difficulty, on %(day)s: %(what)s") % {
        "day": day(greatest.met_on),
        "what": greatest.what,
    }
    overcome = (
        gettext("How it was overcome: %(overcome)s") % {"overcome": greatest.overcome}
        if greatest.overcome
        else gettext("It has not been overcome.")
    )
    return [
        sentence("greatest", text, "academy:time", source),
        sentence("overcome", overcome, "academy:time", source),
    ]
