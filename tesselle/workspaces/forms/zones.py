"""The places to choose a time zone from."""

from functools import cache
from zoneinfo import available_timezones


@cache
def zones() -> list[tuple[str, str]]:
    """Places, not abbreviations: a place keeps its meaning when the clocks change. Read once: the zone
    data lie in hundreds of files."""
    places = (zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    return [(zone, zone.replace("_", " ")) for zone in sorted(places)] + [("UTC", "UTC")]
