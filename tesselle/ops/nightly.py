"""A backup each night, in a process of its own beside the worker; the last seven are kept. Then tidying up."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.utils import timezone

from tesselle.ops.apart import run_apart
from tesselle.publish.context import Context

KEPT = 7
NIGHT_HOURS = range(2, 5)
STAMP = "%Y%m%dT%H%M%SZ"
REST_SECONDS = 600.0


def is_due(now: datetime, newest: datetime | None) -> bool:
    """At night, once; by day only where a machine that sleeps at night missed it. `now`: local."""
    age = now - newest if newest else None
    if now.hour in NIGHT_HOURS:
        return age is None or age > timedelta(hours=12)
    return age is not None and age > timedelta(hours=36)


def nightly_backups(folder: Path) -> Callable[[Context], Awaitable[float]]:
    """A round for the worker to run beside publishing."""

    async def one_round(_: Context) -> float:
        kept = _kept(folder)
        newest = _written_at(kept[-1]) if kept else None
        if is_due(timezone.localtime(), newest):
            path = folder / f"nightly-{datetime.now(UTC).strftime(STAMP)}.tar"
            if not await run_apart("backup", str(path)):
                return REST_SECONDS
            for old in _kept(folder)[:-KEPT]:
                old.unlink()
            # After the backup, so that it still holds what goes now.
            await run_apart("tidy")
        return REST_SECONDS

    return one_round


def _kept(folder: Path) -> list[Path]:
    """Oldest first: their names are instants."""
    return sorted(folder.glob("nightly-*.tar"))


def _written_at(path: Path) -> datetime:
    return datetime.strptime(path.stem.removeprefix("nightly-"), STAMP).replace(tzinfo=UTC)
