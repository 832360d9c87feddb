"""Sittings that the journal shows of a person's own work, suggested as time when they ask for it.

Nothing is followed or kept for this: the journal is there anyway, and what is not taken over leaves no trace. What
happened to deliveries is left aside: in a practice workspace it has the practice clock's times.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from tesselle.academy.models import Path, Phase, TimeEntry
from tesselle.academy.telling import tell
from tesselle.journal.models import Entry

BACK = timedelta(days=14)
PAUSE = timedelta(minutes=20)
"""After so long without a trace a sitting is over."""

FEWEST_MINUTES = 5


@dataclass(frozen=True, slots=True)
class Sitting:
    """`steps`: how many things were changed in it; reading leaves no trace."""

    began: datetime
    ended: datetime
    steps: int

    @property
    def minutes(self) -> int:
        return round((self.ended - self.began) / timedelta(minutes=1))


def seen(path: Path) -> list[Sitting]:
    """The newest first; without what was measured or taken over already, which also parts what lies around it."""
    places = [path.workspace_id, *path.projects.exclude(workspace=None).values_list("workspace", flat=True)]
    since = max(path.begun_at, timezone.now() - BACK)
    traces = Entry.objects.filter(workspace_id__in=places, actor_id=path.person_id, at__gte=since)
    instants = traces.exclude(subject_kind="delivery").order_by("at").values_list("at", flat=True)
    measured = [
        (one.began_at, one.began_at + timedelta(minutes=one.minutes or 0))
        for one in path.time_entries.filter(by_stopwatch=True, minutes__isnull=False)
    ]
    free = [at for at in instants if not any(begins <= at <= ends for begins, ends in measured)]
    parted = sittings(free, [begins for begins, _ in measured])
    found = [one for one in parted if one.minutes >= FEWEST_MINUTES]
    return found[::-1]


def sittings(instants: Iterable[datetime], breaks: Sequence[datetime] = ()) -> Iterator[Sitting]:
    """From instants in their order. `breaks`: instants that no sitting goes on over."""
    current: Sitting | None = None
    for at in instants:
        goes_on = current is not None and not any(current.ended < one < at for one in breaks)
        if current is not None and goes_on and at - current.ended <= PAUSE:
            current = Sitting(current.began, at, current.steps + 1)
            continue
        if current is not None:
            yield current
        current = Sitting(at, at, 1)
    if current is not None:
        yield current


@transaction.atomic
def take_over(path: Path, began: datetime, *, activity: str, phase: Phase | None) -> TimeEntry | None:
    """None: no such sitting, or it was taken over already."""
    Path.objects.select_for_update(of=("self",)).get(pk=path.pk)
    sitting = next((one for one in seen(path) if one.began == began), None)
    if sitting is None:
        return None
    entry = TimeEntry.objects.create(
        path=path,
        phase=phase,
        activity=activity,
        began_at=sitting.began,
        minutes=sitting.minutes,
        by_stopwatch=True,
    )
    tell("path.time_added", path, minutes=sitting.minutes)
    return entry
