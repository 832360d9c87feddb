"""Trying a tool by the stopwatch: set tasks, the same for each, so that tools can be compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy

from tesselle.academy.listing import listed
from tesselle.academy.models import Path, Tool, TrialRun
from tesselle.academy.telling import tell
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_

MOST_SECONDS = 4 * 3600
TASKS: tuple[str | Promise, ...] = (
    pgettext_lazy("trial", "From the first page to a channel that can be posted on"),
    pgettext_lazy("trial", "Write one post for two networks, with another text on one of them"),
    pgettext_lazy("trial", "Plan it for next Tuesday at nine, with a picture and its alternative text"),
    pgettext_lazy("trial", "Move it to Thursday, then find it again"),
    pgettext_lazy("trial", "Find the figures of a post that is out, and take them along as a table"),
)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """`best`: its quickest try that was managed; None: none was."""

    task: str
    runs: list[TrialRun]
    running: TrialRun | None

    @property
    def best(self) -> TrialRun | None:
        managed = [run for run in self.runs if run.managed]
        return min(managed, key=lambda run: run.seconds or 0, default=None)


def task_rows(tool: Tool) -> list[TaskRow]:
    """The set ones, then those that were tried with any tool of the path."""
    tried = TrialRun.objects.filter(path=tool.path_id).order_by("pk").values_list("task", flat=True)
    mine = list(tool.trial_runs.all())
    names = dict.fromkeys([*(str(task) for task in TASKS), *(as_set(task) for task in tried)])
    return [
        TaskRow(
            name,
            [run for run in mine if as_set(run.task) == name and run.seconds is not None],
            next((run for run in mine if as_set(run.task) == name and run.seconds is None), None),
        )
        for name in names
    ]


def as_set(task: str) -> str:
    """A set task in the reader's language, whichever it was tried in; one's own as it stands."""
    known = _set_tasks().get(task)
    return task if known is None else str(known)


@cache
def _set_tasks() -> Mapping[str, str | Promise]:
    found: dict[str, str | Promise] = {}
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            found |= {str(task): task for task in TASKS}
    return found


def begin_trial(tool: Tool, task: str) -> TrialRun:
    """Raises RuleError: one is being timed already."""
    try:
        with transaction.atomic():
            return TrialRun.objects.create(tool=tool, path=tool.path, task=task[:200])
    except IntegrityError as error:
        raise RuleError(_RUNNING) from error


@transaction.atomic
def end_trial(
    path: Path, run_id: int, *, managed: bool, note: str, now: datetime | None = None
) -> TrialRun | None:
    """None: it is not running."""
    runs = TrialRun.objects.select_for_update(of=("self",)).select_related("tool")
    run = runs.filter(pk=run_id, path=path, seconds=None).first()
    if run is None:
        return None
    took = ((now or timezone.now()) - run.began_at).total_seconds()
    run.seconds, run.managed, run.note = min(max(1, round(took)), MOST_SECONDS), managed, note[:300]
    run.save(update_fields=["seconds", "managed", "note"])
    tell("path.trial_ended", path, tool=run.tool.name)
    return run


def span(seconds: int) -> str:
    """95 -> 1 min 35 s."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return gettext("%(seconds)s s") % {"seconds": rest}
    return gettext("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": rest}


def trial_words(tool: Tool) -> str:
    """In one sentence, for the report; empty: nothing was timed."""
    rows = [row for row in task_rows(tool) if row.runs]
    if not rows:
        return ""
    parts = [
        gettext("%(task)s: %(span)s")
        % {"task": row.task, "span": span(row.best.seconds or 0) if row.best else gettext("not managed")}
        for row in rows
    ]
    return listed(parts)


_RUNNING = N_("A trial is being timed already. End it first, managed or not.")
