"""The sections such a work asks for, each filled from what was really done. What was not done is said."""

from collections.abc import Callable, Sequence
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext

from tesselle.academy.catalogue.lessons import chapters
from tesselle.academy.choosing.board import Board, board_of
from tesselle.academy.choosing.pages import number
from tesselle.academy.choosing.robustness import win_shares
from tesselle.academy.dates import day
from tesselle.academy.documents.document import Table
from tesselle.academy.models import Decision, Path, Question
from tesselle.academy.report.drafts import Draft, Sentence
from tesselle.academy.report.work import Work, work_of
from tesselle.academy.start.document import level_word
from tesselle.academy.time.account import Account, account_of
from tesselle.domain.metrics import Metric
from tesselle.measure.panels import NAMES


def drafts_of(path: Path) -> list[Draft]:
    """In the order of the document."""
    board, work = board_of(path), work_of(path)
    account = account_of(path, pgettext("time", "For no phase"), pgettext("sum", "Total"))
    return [
        _expectations(path),
        *_questions(path, board, work),
        _choice(path, board),
        _time(path, account),
        _difficulties(path),
        _teaching(path),
        _conclusion(path, account),
    ]


def _from(key: str, text: str, name: str, source: str, anchor: str = "") -> Sentence:
    url = reverse(name) + (f"#{quote(anchor)}" if anchor else "")
    return Sentence(key, text, url, source)


def _expectations(path: Path) -> Draft:
    frozen = path.frozen_starts.first()
    start = pgettext("part of a path", "Start")
    if frozen is None:
        said = gettext("The start was not frozen, so there is no dated state to compare with.")
        first = _from("frozen", said, "academy:start", start)
    else:
        said = gettext("On %(day)s, the expectation was: “%(text)s”")
        words = {"day": day(frozen.at), "text": frozen.content["expectations"]}
        first = _from("frozen", said % words, "academy:start", start)
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
        lines.append(_from(f"objective-{objective.pk}", text, "academy:results", results))
    if not path.objectives.exists():
        lines.append(_from("no-objective", gettext("No objective was set."), "academy:start", start))
    return Draft(
        "expectations",
        gettext("Expectations and reality"),
        gettext("What turned out as expected, what did not, and why?"),
        tuple(lines),
    )


def _questions(path: Path, board: Board, work: Work) -> list[Draft]:
    answers: dict[str, Callable[[], list[Sentence]]] = {
        "criteria": lambda: _about_criteria(path, board),
        "indicators": lambda: _about_indicators(work),
        "features": lambda: _about_features(work),
        "adaptation": lambda: _about_adaptation(work),
        "challenge": lambda: _about_challenge(path),
    }
    return [
        Draft(
            f"question-{question.pk}",
            question.worded,
            _given(question),
            tuple(answers.get(question.theme, list)()),
        )
        for question in path.questions.all()
    ]


def _given(question: Question) -> str:
    if question.given == question.worded:
        return gettext("Your answer.")
    return gettext("Your answer. As it was given, the question was: “%(question)s”") % {
        "question": question.given
    }


def _about_criteria(path: Path, board: Board) -> list[Sentence]:
    source = pgettext("step of choosing", "Criteria")
    weighed = sorted((one for one in board.criteria if one.weight > 0), key=lambda one: -one.weight)
    if not weighed:
        return [_from("no-criteria", gettext("No criteria were set."), "academy:criteria", source)]
    names = ", ".join(f"{one.name} ({number(float(one.weight))})" for one in weighed[:5])
    text = ngettext(
        "%(counted)s criterion counted. With the most weight: %(names)s.",
        "%(counted)s criteria counted. With the most weight: %(names)s.",
        len(weighed),
    )
    found = [_from("criteria", text % {"counted": len(weighed), "names": names}, "academy:criteria", source)]
    gates = list(path.gates.all())
    if gates:
        said = gettext("Eliminating conditions: %(names)s.") % {
            "names": "; ".join(gate.text for gate in gates)
        }
        found.append(_from("gates", said, "academy:criteria", source))
    return found


def _about_indicators(work: Work) -> list[Sentence]:
    source = pgettext("navigation", "List")
    if not work.measured:
        text = gettext("No figures were read of posts of one’s own.")
        return [_from("figures", text, "plan:list", source)]
    text = ngettext(
        "Figures were read of %(counted)s delivery: %(names)s.",
        "Figures were read of %(counted)s deliveries: %(names)s.",
        work.measured,
    )
    words = {"counted": work.measured, "names": named(work.figures)}
    return [_from("figures", text % words, "plan:list", source)]


def named(figures: Sequence[str]) -> str:
    return ", ".join(str(NAMES.get(Metric(figure), figure)).lower() for figure in figures)


def _about_features(work: Work) -> list[Sentence]:
    source = pgettext("navigation", "List")
    if not work.posts:
        return [_from("posts", gettext("No post was written in this workspace."), "plan:list", source)]
    posts = ngettext(
        "%(counted)s post was written, for channels: %(channels)s.",
        "%(counted)s posts were written, for channels: %(channels)s.",
        work.posts,
    )
    out = ngettext(
        "%(counted)s delivery was planned, of which went out: %(out)s.",
        "%(counted)s deliveries were planned, of which went out: %(out)s.",
        work.planned,
    )
    tailored = ngettext(
        "%(counted)s variant had a text tailored to its channel.",
        "%(counted)s variants had a text tailored to their channel.",
        work.tailored,
    )
    return [
        _from("posts", posts % {"counted": work.posts, "channels": work.channels}, "plan:list", source),
        _from("tailored", tailored % {"counted": work.tailored}, "plan:list", source),
        _from("planned", out % {"counted": work.planned, "out": work.out}, "plan:list", source),
    ]


def _about_adaptation(work: Work) -> list[Sentence]:
    """The product knows what went out and was measured; why a plan was changed only its person knows."""
    source = pgettext("navigation", "List")
    if not work.measured:
        text = gettext("Nothing was measured, so nothing could be adapted to figures.")
    else:
        text = gettext(
            "Figures were read; which change of the strategy followed from them is for the person to say."
        )
    return [_from("adapted", text, "plan:list", source)]


def _about_challenge(path: Path) -> list[Sentence]:
    source = gettext("Journal of difficulties")
    greatest = path.difficulties.filter(is_greatest=True).first()
    if greatest is None:
        text = gettext("No difficulty was marked as the greatest.")
        return [_from("greatest", text, "academy:time", source)]
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
        _from("greatest", text, "academy:time", source),
        _from("overcome", overcome, "academy:time", source),
    ]


def _choice(path: Path, board: Board) -> Draft:
    source = pgettext("step of choosing", "Ranking")
    lines = []
    if board.ranked:
        text = gettext("Ranking by weighted sum: %(names)s.")
        names = ", ".join(f"{one.place}. {one.name} ({number(one.percent)} %)" for one in board.ranked)
        lines.append(_from("ranking", text % {"names": names}, "academy:ranking", source))
        if len(board.ranked) > 1:
            best = board.ranked[0].name
            share = win_shares(board.weights, board.complete)[best]
            text = gettext(
                "With weights drawn at random around those chosen, %(tool)s comes first in %(share)s %% of cases."
            )
            words = {"tool": best, "share": number(100 * share, 0)}
            lines.append(_from("robust", text % words, "academy:ranking", source))
    else:
        lines.append(_from("ranking", gettext("No tool was scored completely."), "academy:ranking", source))
    for out in board.out:
        text = gettext("%(tool)s was eliminated: %(reasons)s.")
        words = {"tool": out.tool.name, "reasons": "; ".join(out.failed)}
        lines.append(_from(f"out-{out.tool.pk}", text % words, "academy:ranking", source))
    lines += _decided(path)
    return Draft(
        "choice",
        gettext("The choice of the tool"),
        gettext("What spoke for this choice beyond the numbers?"),
        tuple(lines),
        _matrix(board),
    )


def _decided(path: Path) -> list[Sentence]:
    decision, source = path.decisions.last(), pgettext("step of choosing", "Decision")
    if decision is None:
        return [_from("decision", gettext("No decision was taken."), "academy:decision", source)]
    if decision.outcome == Decision.Outcome.NONE:
        text = gettext("On %(day)s it was decided to take none of them.") % {"day": day(decision.at)}
    else:
        text = gettext("On %(day)s it was decided to take %(tool)s.") % {
            "day": day(decision.at),
            "tool": decision.tool_name,
        }
    reasons = gettext("The reasons: %(reasons)s") % {"reasons": decision.reasons}
    return [
        _from("decision", text, "academy:decision", source),
        _from("reasons", reasons, "academy:decision", source),
    ]


def _matrix(board: Board) -> tuple[tuple[str, Table], ...]:
    """The tools that took part; a blank is a score that is not known."""
    tools = [tool for tool in board.tools if tool.considered]
    if not tools:
        return ()
    head = (
        pgettext("row", "Criterion"),
        pgettext("of a criterion", "Weight"),
        *(tool.name for tool in tools),
    )
    rows = tuple(
        (
            criterion.name,
            number(float(criterion.weight)),
            *("" if (score := board.score(tool, criterion)) is None else str(score) for tool in tools),
        )
        for criterion in board.criteria
    )
    return ((gettext("Scores, from 0 to 4"), Table(head, rows)),)


def _time(path: Path, account: Account) -> Draft:
    source = pgettext("part of a path", "Time")
    text = gettext("Planned: %(planned)s. Noted: %(actual)s.")
    words = {"planned": account.total.planned_words, "actual": account.total.actual_words}
    lines = [_from("total", text % words, "academy:time", source)]
    for row in account.rows:
        if row.phase is not None and row.phase.explanation:
            said = gettext("%(phase)s (%(gap)s): %(explanation)s") % {
                "phase": row.name,
                "gap": row.gap_words,
                "explanation": row.phase.explanation,
            }
            lines.append(_from(f"phase-{row.phase.pk}", said, "academy:time", source))
        elif row.needs_explaining:
            said = gettext("%(phase)s (%(gap)s): the difference is not explained.")
            named_gap = {"phase": row.name, "gap": row.gap_words}
            lines.append(_from(f"gap-{row.name}", said % named_gap, "academy:time", source))
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
        ((gettext("Planned and actual"), Table(head, rows)),),
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
        lines.append(_from(f"difficulty-{one.pk}", text, "academy:time", source))
    if not lines:
        lines.append(_from("none", gettext("No difficulty was noted."), "academy:time", source))
    return Draft(
        "difficulties",
        gettext("Difficulties, and how they were overcome"),
        gettext("What did you learn from them?"),
        tuple(lines),
    )


def _teaching(path: Path) -> Draft:
    results = gettext("What was reached")
    lines = [
        _from(
            f"skill-{skill.pk}",
            gettext("%(skill)s: at the start “%(before)s”, at the end “%(after)s”.")
            % {"skill": skill.name, "before": level_word(skill.before), "after": level_word(skill.after)},
            "academy:results",
            results,
        )
        for skill in path.skills.all()
    ]
    if not lines:
        lines.append(_from("none", gettext("No skill was assessed."), "academy:results", results))
    lines += _learned(path)
    return Draft(
        "teaching",
        gettext("Teaching oneself"),
        gettext("How did you go about learning? What helped, what would you do otherwise?"),
        tuple(lines),
    )


def _learned(path: Path) -> list[Sentence]:
    source = pgettext("part of a path", "Learning")
    done = {one.slug: one for one in path.chapters.exclude(done_at=None)}
    if not done:
        return [_from("chapters", gettext("No chapter was finished."), "academy:learning", source)]
    return [
        _from(
            f"chapter-{chapter.slug}",
            gettext("Chapter “%(chapter)s”, finished on %(day)s: “%(evidence)s”.")
            % {
                "chapter": chapter.title,
                "day": day(done[chapter.slug].done_at),
                "evidence": done[chapter.slug].evidence,
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
    line = _from("reached", text % {"counted": total, "reached": reached}, "academy:results", source)
    return Draft(
        "conclusion",
        gettext("Conclusion"),
        gettext("What do you keep, what do you recommend to the company, what comes next?"),
        (line,),
    )
