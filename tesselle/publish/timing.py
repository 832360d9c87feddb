"""How long things take, in one place. Everything but the calls themselves is shortened by the
installation's `time_scale` when chaos runs."""

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds. `scale` 1.0 in real use."""

    scale: float = 1.0
    least_call: float = 1.0
    """However much is shortened, a call has so long: the machine may be busy."""

    @property
    def heartbeat(self) -> float:
        return 1.0 * max(self.scale, 0.2)

    @property
    def dead_after(self) -> float:
        """A worker whose lock is free and whose counter stood still so long is dead."""
        return 20.0 * self.scale

    @property
    def forgotten_after(self) -> float:
        """So long after a claim it must be in a lane's hand; else its answer was lost."""
        return max(20.0 * self.scale, 2.0)

    @property
    def look_lease(self) -> float:
        return 90.0 * self.scale

    @property
    def first_look(self) -> float:
        return 2.0 * self.scale

    def settle(self, seconds: int) -> float:
        return seconds * self.scale

    def back_off(self, tries: int) -> float:
        """5 s, doubling to 15 minutes, spread by a quarter so that a crowd does not return at once."""
        return min(5.0 * (1 << min(tries, 10)), 900.0) * self.scale * random.uniform(0.75, 1.25)  # noqa: S311

    def call_deadline(self, seconds: float) -> float:
        """A call is bounded in real time; chaos shortens it, but never below `least_call`."""
        return seconds if self.scale >= 1 else max(self.least_call, seconds * self.scale)


PREPARE_BOUND_S = 180.0
"""Reversible work of one step may take so long, uploads aside."""

SLOWEST_UPLOAD_BYTES_A_SECOND = 125_000
"""One megabit a second, as in a valley without fibre: what is slower will not get there today."""


def prepare_bound(bytes_to_upload: int) -> float:
    """In seconds. A film of a gigabyte is given over two hours, a photo not much more than without."""
    return PREPARE_BOUND_S + bytes_to_upload / SLOWEST_UPLOAD_BYTES_A_SECOND


MEDIA_LOOK_S = 3.0
"""How soon we look again whether a film is ready."""

MOST_ABSENT = 5
"""So many attempts at a step that turned out not to be there, and a person is asked instead."""

GIVE_UP_SETTLING_S = 24 * 3600.0
"""A network that could not be asked for so long: a person decides."""

LIVE_CHECKS_S = (3600.0, 24 * 3600.0, 7 * 24 * 3600.0)
"""How long after it was first seen a post is read again, to notice that it was taken down."""
