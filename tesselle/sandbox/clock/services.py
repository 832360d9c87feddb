"""Asking for the clock of a practice workspace to be moved, and stopping it."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Min
from django.utils import timezone

from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_
from tesselle.journal.services import record
from tesselle.learn.services import ask_where_news
from tesselle.ledger.models import Delivery, installation
from tesselle.sandbox.clock.selectors import totals
from tesselle.sandbox.models import ClockRun
from tesselle.sandbox.worlds import look
from tesselle.workspaces.models import User, Workspace

LONGEST = timedelta(days=366)
SEEN_WITHIN = timedelta(minutes=2)
"""After an event, so that it has been read back when the clock stops."""

PLAY_FOR = timedelta(days=366)
SPEEDS = (3600.0, 6 * 3600.0, 24 * 3600.0)
"""Seconds of the workspace's clock for a real one: an hour, a quarter of a day, a day."""


def next_event(workspace: Workspace) -> datetime | None:
    """When the next post is due or something put off comes up again."""
    ahead = Delivery.objects.filter(
        workspace=workspace, state__in=["planned", "waiting"], next_at__gt=workspace.now()
    )
    found: datetime | None = ahead.aggregate(at=Min("next_at"))["at"]
    return found


def go_to_next_event(*, workspace: Workspace, by: User) -> ClockRun:
    """Raises RuleError when nothing is planned, or the clock cannot be moved."""
    at = next_event(workspace)
    if at is None:
        raise RuleError(N_("Nothing is planned from here on, so there is no next event. Plan a post first."))
    return go_until(workspace=workspace, until=at + SEEN_WITHIN, by=by)


def play(*, workspace: Workspace, speed: float, by: User) -> ClockRun:
    """Let the clock run so many times as fast, until somebody stops it.

    Raises:
        RuleError: no such speed, or the clock cannot be moved.
    """
    if speed not in SPEEDS:
        raise RuleError(N_("The clock has no such speed. Choose one of those shown."))
    return go_until(workspace=workspace, until=workspace.now() + PLAY_FOR, by=by, speed=speed)


def go_until(*, workspace: Workspace, until: datetime, by: User, speed: float | None = None) -> ClockRun:
    """From event to event until that instant of the workspace's clock.

    Raises:
        RuleError: not a practice workspace, backwards, too far, publishing is held, or it moves already.
    """
    if not workspace.is_practice:
        raise RuleError(N_("Only the clock of a practice workspace can be moved."))
    now = workspace.now()
    if until <= now:
        raise RuleError(
            N_("The practice clock never runs backwards. Choose a later time, or begin anew in a new world.")
        )
    if until > now + LONGEST:
        raise RuleError(N_("The clock goes a year at most in one go. Choose an earlier date."))
    if installation().held:
        raise RuleError(
            N_(
                "Publishing is held for the whole installation, so nothing would go out on the way. Release it first."
            )
        )
    look(workspace.pk)
    try:
        with transaction.atomic():
            run = ClockRun.objects.create(
                workspace=workspace,
                asked_by=by,
                speed=speed,
                began_at=now,
                until=until,
                reached=now,
                before=totals(workspace),
            )
            _record("practice.clock_moved", workspace, by, until=_written(workspace, until))
    except IntegrityError as error:
        raise RuleError(
            N_("The clock is moving already. Stop it first, or wait until it arrives.")
        ) from error
    return run


def stop(*, workspace: Workspace, by: User) -> bool:
    """What is under way still settles; the clock then goes on at its usual pace. False: it stood already."""
    with transaction.atomic():
        stopped = ClockRun.objects.filter(workspace=workspace, state=ClockRun.State.GOING).update(
            state=ClockRun.State.STOPPED, ended_at=timezone.now(), token=None, leased_until=None
        )
        if stopped:
            _record("practice.clock_stopped", workspace, by)
            ask_where_news(workspace.pk)
    return bool(stopped)


def _record(verb: str, workspace: Workspace, by: User, **params: str) -> None:
    record(
        verb,
        workspace_id=workspace.pk,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="workspace",
        subject_id=workspace.pk,
        **params,
    )


def _written(workspace: Workspace, instant: datetime) -> str:
    return instant.astimezone(workspace.tz).strftime("%Y-%m-%d %H:%M")
