"""What the overview reads: each part, how far it is, and the next step."""

from dataclasses import dataclass

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext

from tesselle.academy.catalogue.lessons import chapters
from tesselle.academy.dates import day, length
from tesselle.academy.models import Decision, Path, SiteCheck, StepKey
from tesselle.academy.testing.pages import project_of


@dataclass(frozen=True, slots=True)
class PartCard:
    """`state`: what was really done, in one sentence."""

    title: str
    about: str
    state: str
    url: str
    is_done: bool


def overview_of(path: Path) -> list[PartCard]:
    return [
        _start(path),
        _choosing(path),
        _learning(path),
        _testing(path),
        _presence(path),
        _time(path),
        _report(path),
    ]


def _start(path: Path) -> PartCard:
    if path.is_frozen:
        state = gettext("Frozen on %(day)s.") % {"day": day(path.frozen_at)}
    else:
        count = path.objectives.count()
        state = ngettext(
            "%(counted)s objective, not frozen yet.", "%(counted)s objectives, not frozen yet.", count
        )
        state %= {"counted": count}
    return PartCard(
        pgettext("part of a path", "Start"),
        gettext("What you want, what you know already, how many hours you plan."),
        state,
        reverse("academy:start"),
        path.is_frozen,
    )


def _choosing(path: Path) -> PartCard:
    decision = path.decisions.last()
    scored = path.tools.filter(considered=True, cells__score__isnull=False).distinct().count()
    if decision is None:
        state = ngettext(
            "%(counted)s tool scored, nothing decided.", "%(counted)s tools scored, nothing decided.", scored
        )
        state %= {"counted": scored}
    elif decision.outcome == Decision.Outcome.NONE:
        state = gettext("Decided on %(day)s: none of them.") % {"day": day(decision.at)}
    else:
        state = gettext("Decided on %(day)s: %(tool)s.") % {
            "day": day(decision.at),
            "tool": decision.tool_name,
        }
    return PartCard(
        pgettext("part of a path", "Choosing"),
        gettext("What you need, which tools there are, which one suits you, and why."),
        state,
        reverse("academy:needs"),
        decision is not None,
    )


def _time(path: Path) -> PartCard:
    noted = path.time_entries.aggregate(sum=Sum("minutes"))["sum"] or 0
    planned = path.phases.aggregate(sum=Sum("planned_minutes"))["sum"] or 0
    return PartCard(
        pgettext("part of a path", "Time"),
        gettext("Your hours, planned and actual, and what was difficult."),
        gettext("%(noted)s noted of %(planned)s planned.")
        % {"noted": length(noted), "planned": length(planned)},
        reverse("academy:time"),
        is_done=False,
    )


def _report(path: Path) -> PartCard:
    written = path.report_sections.exclude(own_words="").count()
    state = ngettext(
        "%(counted)s section holds your own words.", "%(counted)s sections hold your own words.", written
    )
    return PartCard(
        pgettext("part of a path", "Report"),
        gettext("Put together from what you did; you add your own words."),
        state % {"counted": written},
        reverse("academy:report"),
        is_done=False,
    )


def _learning(path: Path) -> PartCard:
    done, total = path.chapters.exclude(done_at=None).count(), len(chapters())
    state = ngettext(
        "%(counted)s chapter of %(total)s done.", "%(counted)s chapters of %(total)s done.", done
    )
    return PartCard(
        pgettext("part of a path", "Learning"),
        gettext("Short chapters, each with a task done in the product, in practice."),
        state % {"counted": done, "total": total},
        reverse("academy:learning"),
        done == total,
    )


def _testing(path: Path) -> PartCard:
    project, total = project_of(path), len(StepKey)
    done = project.steps.exclude(done_at=None).count() if project is not None else 0
    if project is None:
        state = gettext("Not begun.")
    else:
        state = ngettext("%(counted)s step of %(total)s done.", "%(counted)s steps of %(total)s done.", done)
        state %= {"counted": done, "total": total}
    return PartCard(
        pgettext("part of a path", "Testing"),
        gettext("A strategy for a fictional company, from its aim to its debrief."),
        state,
        reverse("academy:project"),
        done == total,
    )


def _presence(path: Path) -> PartCard:
    check = path.site_checks.filter(state=SiteCheck.State.DONE).last()
    if check is None:
        state = gettext("Not looked at yet.")
    else:
        count = len(check.found)
        state = ngettext(
            "Looked at on %(day)s: %(counted)s finding.", "Looked at on %(day)s: %(counted)s findings.", count
        )
        state %= {"day": day(check.ended_at), "counted": count}
    return PartCard(
        pgettext("part of a path", "Site and profiles"),
        gettext("What the company shows already, held against the norms it lives under."),
        state,
        reverse("academy:presence"),
        check is not None,
    )
