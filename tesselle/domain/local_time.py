"""Local wall time to an instant, over clock changes.

A plan is kept as local time + IANA zone + resolved instant. A time that a change skips moves
forward by the size of the gap; a time that comes twice means its first coming.
"""

import zoneinfo
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import tzdata

OURS = str(Path(tzdata.__file__).parent / "zoneinfo")


def use_our_zone_data() -> None:
    """The same rules on every machine, and those that `zone_data_version` names; the machine's own
    are asked only for what ours do not hold."""
    zoneinfo.reset_tzpath(to=[OURS, *(path for path in zoneinfo.TZPATH if path != OURS)])
    ZoneInfo.clear_cache()


def resolve(local: datetime, zone: str) -> datetime:
    """The instant (aware, UTC) of a naive local time.

    `fold=0` does both: a doubled time is read with the offset before the change (its first
    coming), a skipped one too, which lands it behind the gap.

    Raises:
        ValueError: `local` is aware.
        ZoneInfoNotFoundError: no such zone.
    """
    if local.tzinfo is not None:
        raise ValueError("a plan is kept in local time, without a zone of its own")
    return local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def zone_data_version() -> str:
    """The release of the zone data in use, such as `2026c`."""
    version: str = tzdata.IANA_VERSION
    return version
