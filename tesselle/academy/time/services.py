"""Noting time and difficulties."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from tesselle.academy.models import Difficulty, Path, Phase, TimeEntry
from tesselle.academy.telling import tell
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_

MOST_MINUTES = 24 * 60


def start_stopwatch(path: Path, *, activity: str, phase: Phase | None) -> TimeEntry:
    """Raises RuleError: one is running already."""
    try:
        with transaction.atomic():
            return TimeEntry.objects.create(
                path=path, phase=phase, activity=activity, began_at=timezone.now(), by_stopwatch=True
            )
    except IntegrityError as error:
        raise RuleError(_RUNNING) from error


@transaction.atomic
def stop_stopwatch(path: Path) -> TimeEntry | None:
    """What it measured, at least a minute; None: it was not running. A night it was forgotten over counts as
    one day at most: the person corrects it."""
    entry = TimeEntry.objects.select_for_update().filter(path=path, minutes=None).first()
    if entry is None:
        return None
    entry.minutes = measured(entry.began_at, timezone.now())
    entry.save(update_fields=["minutes"])
    tell("path.time_added", path, minutes=entry.minutes)
    return entry


def measured(began: datetime, now: datetime) -> int:
    """Whole minutes, from 1 to a day."""
    minutes = round((now - began) / timedelta(minutes=1))
    return min(max(minutes, 1), MOST_MINUTES)


@transaction.atomic
def add_time(path: Path, entry: TimeEntry) -> None:
    entry.path = path
    entry.save()
    tell("path.time_added", path, minutes=entry.minutes)


@transaction.atomic
def remove_time(path: Path, entry: TimeEntry) -> None:
    minutes = entry.minutes or 0
    entry.delete()
    tell("path.time_removed", path, minutes=minutes)


@transaction.atomic
def keep_difficulty(path: Path, difficulty: Difficulty) -> None:
    """At most one is the greatest: the latest to be called so."""
    Path.objects.select_for_update(of=("self",)).get(pk=path.pk)
    difficulty.path = path
    if difficulty.is_greatest:
        path.difficulties.exclude(pk=difficulty.pk).update(is_greatest=False)
    is_new = difficulty.pk is None
    difficulty.save()
    if is_new:
        tell("path.difficulty_noted", path)


_RUNNING = N_("The stopwatch is running already. Stop it first: what it measured is then kept.")
