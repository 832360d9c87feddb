"""At most so many calls in so many seconds, for each caller, in this process."""

import time
from collections import OrderedDict
from threading import Lock

MOST_CALLERS = 10_000


class Bound:
    """Counts in fixed windows; the callers that were seen longest ago are forgotten first."""

    def __init__(self, calls: int, *, seconds: float) -> None:
        self._calls = calls
        self._seconds = seconds
        self._seen: OrderedDict[str, tuple[int, int]] = OrderedDict()
        self._lock = Lock()

    def allows(self, caller: str, now: float | None = None) -> bool:
        window = int((time.monotonic() if now is None else now) // self._seconds)
        with self._lock:
            known, count = self._seen.pop(caller, (window, 0))
            count = count + 1 if known == window else 1
            self._seen[caller] = (window, count)
            if len(self._seen) > MOST_CALLERS:
                self._seen.popitem(last=False)
        return count <= self._calls
