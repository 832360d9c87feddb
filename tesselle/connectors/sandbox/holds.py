"""Requests that a sandbox holds still, so that a test can act at exactly that moment."""

import asyncio
from dataclasses import dataclass, field
from typing import Literal

Moment = Literal["before", "after"]


@dataclass(slots=True)
class Hold:
    """Meets the next request of `operation` after letting `skip` of them pass.

    `before`: read, not yet done; `after`: done, not yet answered. `drop` decides at the release
    what becomes of a request held before: it is thrown away instead of being done.
    """

    id: str
    operation: str
    moment: Moment = "before"
    account: str = ""
    skip: int = 0
    drop: bool = False
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    async def wait_here(self, seconds: float) -> None:
        """Nothing is held for ever, should whoever placed the hold have died."""
        self.reached.set()
        try:
            async with asyncio.timeout(seconds):
                await self.released.wait()
        except TimeoutError:
            self.released.set()


class Holds:
    """All holds of one network's sandbox."""

    def __init__(self) -> None:
        self._waiting: list[Hold] = []
        self._all: dict[str, Hold] = {}

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def place(self, operation: str, *, moment: Moment, account: str = "", skip: int = 0) -> Hold:
        hold = Hold(str(len(self._all) + 1), operation, moment, account, skip)
        self._all[hold.id] = hold
        self._waiting.append(hold)
        return hold

    def named(self, hold_id: str) -> Hold | None:
        return self._all.get(hold_id)

    def release(self, hold: Hold, *, drop: bool = False) -> None:
        """Let the held request go on; a hold that met none yet meets none any more."""
        if hold in self._waiting:
            self._waiting.remove(hold)
        hold.drop = drop
        hold.released.set()

    def meet(self, operation: str, account: str) -> Hold | None:
        for hold in self._waiting:
            if hold.operation != operation or (hold.account and hold.account != account):
                continue
            if hold.skip > 0:
                hold.skip -= 1
                return None
            self._waiting.remove(hold)
            return hold
        return None
