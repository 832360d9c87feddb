"""What the bar and the page of the clock read."""

from dataclasses import dataclass

from django.utils.translation import gettext, pgettext

from tesselle.engage.selectors import open_in
from tesselle.ledger.models import Delivery
from tesselle.networks import card
from tesselle.sandbox.clock.leaving import Leaving, leaving
from tesselle.sandbox.clock.selectors import Happened, happened, latest_run
from tesselle.sandbox.clock_time import clock_time, clock_time_in_short
from tesselle.sandbox.models import ClockRun, ScenarioRun
from tesselle.workspaces.access import Right, may
from tesselle.workspaces.models import Member, Workspace

LINES = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """`run`: the one that moves the clock now, if any; `share`: how far it is, in percent. `has_task`: a
    scenario is played here."""

    now: str
    may_move: bool
    run: ClockRun | None = None
    until: str = ""
    share: int = 0
    is_played: bool = False
    has_task: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One post, and the networks on which the same became of it at about the same time."""

    at: str
    text: str
    networks: str
    state: str
    delivery_id: int


@dataclass(frozen=True, slots=True)
class Story:
    """Of the latest run. `ending`: what became of it. `waiting`: people who have no answer yet. `leaving`: told when
    the clock stands."""

    began: str
    reached: str
    ending: str
    is_stuck: bool
    happened: Happened
    lines: list[Line]
    waiting: int
    leaving: Leaving


def bar(member: Member, run: ClockRun | None = None) -> Bar:
    workspace = member.workspace
    may_move = may(member, Right.PLAN)
    if run is None or not run.is_going:
        return Bar(clock_time_in_short(workspace, workspace.now()), may_move, has_task=_has_task(workspace))
    way, gone = run.until - run.began_at, workspace.now() - run.began_at
    return Bar(
        now=clock_time_in_short(workspace, workspace.now()),
        may_move=may_move,
        run=run,
        until=clock_time_in_short(workspace, run.until),
        share=min(100, round(100 * gone / way)) if way else 100,
        is_played=run.speed is not None,
        has_task=_has_task(workspace),
    )


def _has_task(workspace: Workspace) -> bool:
    return ScenarioRun.objects.filter(workspace=workspace).exists()


def story(member: Member, run: ClockRun | None = None) -> Story | None:
    run = run or latest_run(member.workspace)
    if run is None:
        return None
    workspace, what = member.workspace, happened(run)
    return Story(
        began=clock_time(workspace, run.began_at),
        reached=clock_time(workspace, run.reached),
        ending=_ending(run),
        is_stuck=run.state == ClockRun.State.STUCK,
        happened=what,
        lines=_lines(workspace, what),
        waiting=open_in(workspace).count(),
        leaving=Leaving() if run.is_going else leaving(run),
    )


def _lines(workspace: Workspace, what: Happened) -> list[Line]:
    found: dict[tuple[int | None, str], list[Delivery]] = {}
    for delivery in what.lines:
        found.setdefault((delivery.post_id, delivery.state), []).append(delivery)
    return [
        Line(
            at=clock_time(workspace, together[0].told_at),  # type: ignore[attr-defined]
            text=(together[0].post.name if together[0].post else "") or pgettext("post", "Untitled"),
            networks=", ".join(sorted({card(one.channel.network).name for one in together})),
            state=together[0].state,
            delivery_id=together[0].pk,
        )
        for together in list(found.values())[:LINES]
    ]


def _ending(run: ClockRun) -> str:
    match run.state:
        case ClockRun.State.ARRIVED:
            return gettext("The clock has arrived.")
        case ClockRun.State.STOPPED:
            return gettext("The clock was stopped here; from now on it goes at its usual pace.")
        case ClockRun.State.STUCK:
            return gettext(
                "Something that is due could not be finished, so the clock waits here. "
                "Look at “What needs you”, then move it again."
            )
        case _:
            return gettext("The clock is moving.")
