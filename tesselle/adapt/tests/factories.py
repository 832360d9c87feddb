"""Suggestions as a run makes them, valid by default."""

from datetime import time
from typing import Any

from tesselle.adapt.models import Suggestion
from tesselle.channels.models import Channel
from tesselle.learn.models import Finding, Run
from tesselle.workspaces.models import Workspace


def make_run(workspace: Workspace) -> Run:
    now = workspace.now()
    return Run.objects.create(
        workspace=workspace,
        state=Run.State.DONE,
        posts=80,
        instant=now,
        first_day=now.date(),
        last_day=now.date(),
    )


def make_slot_suggestion(channel: Channel, **fields: Any) -> Suggestion:
    """Thursday at 18:00 instead of Tuesday at 9:00."""
    values: dict[str, Any] = {
        "kind": Suggestion.Kind.SLOT,
        "add_weekday": 3,
        "add_at": time(18),
        "drop_weekday": 1,
        "drop_at": time(9),
        "certainty": "likely",
        "probability": 0.92,
        "low": 0.02,
        "gain": 0.12,
        "high": 0.24,
        "posts": 80,
        **fields,
    }
    return Suggestion.objects.create(
        workspace=channel.workspace, run=make_run(channel.workspace), channel=channel, **values
    )


def make_habit_suggestion(workspace: Workspace, level: str = "film") -> Suggestion:
    run = make_run(workspace)
    evidence = {"certainty": "clear", "probability": 0.97, "low": 0.2, "high": 0.9}
    finding = Finding.objects.create(
        run=run, place=0, factor="format", level=level, middle=0.5, posts=40, others=40, **evidence
    )
    return Suggestion.objects.create(
        workspace=workspace,
        run=run,
        kind=Suggestion.Kind.HABIT,
        finding=finding,
        gain=0.4,
        posts=80,
        **evidence,
    )
