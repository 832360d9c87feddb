"""How the tool was chosen: ranking, what is known of those that took part, the decision."""

from django.utils.translation import gettext, ngettext, pgettext

from tesselle.academy.catalogue import as_read
from tesselle.academy.choosing.board import Board
from tesselle.academy.choosing.pages import number, percent, weight_words
from tesselle.academy.choosing.prices import case_words, price_lines
from tesselle.academy.choosing.robustness import win_shares
from tesselle.academy.choosing.trials import trial_words
from tesselle.academy.choosing.usability import mean_score
from tesselle.academy.dates import day
from tesselle.academy.listing import listed
from tesselle.academy.models import Decision, Path, Tool
from tesselle.academy.report.drafts import Draft, Sentence, sentence
from tesselle.documents.document import Table


def choice_draft(path: Path, board: Board) -> Draft:
    source = pgettext("step of choosing", "Ranking")
    lines = []
    if board.ranked:
        text = gettext("Ranking by weighted sum: %(names)s.")
        names = ", ".join(f"{one.place}. {one.name} ({percent(one.percent)})" for one in board.ranked)
        lines.append(sentence("ranking", text % {"names": names}, "academy:ranking", source))
        if len(board.ranked) > 1:
            best = board.ranked[0].name
            share = win_shares(board.weights, board.complete)[best]
            text = gettext(
                "With weights drawn at random around those chosen, %(tool)s comes first in %(share)s of cases."
            )
            words = {"tool": best, "share": percent(100 * share, 0)}
            lines.append(sentence("robust", text % words, "academy:ranking", source))
    else:
        lines.append(
            sentence("ranking", gettext("No tool was scored completely."), "academy:ranking", source)
        )
    for out in board.out:
        text = gettext("%(tool)s was eliminated: %(reasons)s.")
        words = {"tool": out.tool.name, "reasons": listed(out.failed)}
        lines.append(sentence(f"out-{out.tool.pk}", text % words, "academy:ranking", source))
    for tool in board.left_out:
        text = gettext("%(tool)s was scored, but does not take part in the ranking.")
        lines.append(_of(tool, "left-out", text % {"tool": tool.name}))
    lines += _prices(path, board)
    for tool in board.tools:
        if tool.considered:
            lines += _about_tool(tool)
    lines += _decided(path)
    return Draft(
        "choice",
        gettext("The choice of the tool"),
        gettext("What spoke for this choice beyond the numbers?"),
        tuple(lines),
        (*_ranking(board), *_matrix(board)),
    )


def _prices(path: Path, board: Board) -> list[Sentence]:
    """Only of cases the person has said, and of the tools that took part."""
    cases = list(path.price_cases.all())
    taking_part = {tool.name for tool in board.tools if tool.considered}
    lines = [line for line in price_lines(path, cases) if line.name in taking_part]
    found = []
    for place, case in enumerate(cases):
        if lines:
            text = gettext("Prices for “%(case)s” (%(words)s): %(prices)s.")
            prices = listed(f"{line.name}, {line.cells[place]}" for line in lines)
            words = {"case": case.name, "words": case_words(case), "prices": prices}
            source = pgettext("step of choosing", "Prices")
            found.append(sentence(f"price-{case.pk}", text % words, "academy:prices", source))
    return found


def _about_tool(tool: Tool) -> list[Sentence]:
    """What the person wrote of it, and what others said, each by name."""
    told = (
        ("advantages", gettext("Advantages of %(tool)s: %(words)s"), tool.advantages),
        ("drawbacks", gettext("Drawbacks of %(tool)s: %(words)s"), tool.drawbacks),
        ("trial", gettext("How %(tool)s was tried: %(words)s"), tool.trial),
    )
    found = [_of(tool, key, text % {"tool": tool.name, "words": words}) for key, text, words in told if words]
    if timed := trial_words(tool):
        text = gettext("%(tool)s by the stopwatch: %(tasks)s.")
        found.append(_of(tool, "timed", text % {"tool": tool.name, "tasks": timed}))
    given = list(tool.feedback.all())
    answers = [one.answers for one in tool.questionnaires.all()]
    answers += [one.answers for one in given if one.answers]
    mean = mean_score(answers)
    if mean is not None:
        text = ngettext(
            "Usability of %(tool)s: %(score)s of 100, from %(counted)s answer.",
            "Usability of %(tool)s: %(score)s of 100, from %(counted)s answers.",
            len(answers),
        )
        found.append(
            _of(tool, "usability", text % {"tool": tool.name, "score": number(mean), "counted": len(answers)})
        )
    for one in given:
        words = " ".join(part for part in (one.liked, one.missed) if part)
        if words:
            text = gettext("%(person)s on %(tool)s: “%(words)s”")
            said = text % {"person": one.name, "tool": tool.name, "words": words}
            found.append(_of(tool, f"feedback-{one.pk}", said))
    return found


def _of(tool: Tool, key: str, text: str) -> Sentence:
    return sentence(f"tool-{tool.pk}-{key}", text, "academy:tool", tool.name, tool.pk)


def _decided(path: Path) -> list[Sentence]:
    decision, source = path.decisions.last(), pgettext("step of choosing", "Decision")
    if decision is None:
        return [sentence("decision", gettext("No decision was taken."), "academy:decision", source)]
    if decision.outcome == Decision.Outcome.NONE:
        text = gettext("On %(day)s it was decided to take none of them.") % {"day": day(decision.at)}
    else:
        text = gettext("On %(day)s it was decided to take %(tool)s.") % {
            "day": day(decision.at),
            "tool": decision.tool_name,
        }
    reasons = gettext("The reasons: %(reasons)s") % {"reasons": decision.reasons}
    return [
        sentence("decision", text, "academy:decision", source),
        sentence("reasons", reasons, "academy:decision", source),
    ]


def _ranking(board: Board) -> tuple[tuple[str, Table], ...]:
    if not board.ranked:
        return ()
    head = (gettext("Tool"), gettext("Weighted sum"))
    rows = tuple((one.name, percent(one.percent)) for one in board.ranked)
    bars = tuple(one.percent / 100 for one in board.ranked)
    return ((gettext("Weighted sum"), Table(head, rows, figures=True, bars=bars)),)


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
            as_read(criterion.name),
            weight_words(float(criterion.weight)),
            *("" if (score := board.score(tool, criterion)) is None else str(score) for tool in tools),
        )
        for criterion in board.criteria
    )
    return ((gettext("Scores, from 0 to 4"), Table(head, rows, figures=True)),)
