"""How long to wait before a child that died is started again."""

FIRST_SECONDS = 0.2
LONGEST_SECONDS = 5.0
HEALTHY_SECONDS = 30.0


class Backoff:
    """0.2 s, doubling with each death up to 5 s; a life of 30 s makes a fresh start."""

    def __init__(self) -> None:
        self._next = FIRST_SECONDS

    def after_life_of(self, seconds: float) -> float:
        """Seconds to wait, given how long the child lived."""
        wait = FIRST_SECONDS if seconds >= HEALTHY_SECONDS else self._next
        self._next = min(wait * 2, LONGEST_SECONDS)
        return wait
