"""Connections spread evenly over the processes that serve pages.

A browser or a proxy keeps its connections open, so whoever accepted five of eight at the beginning answers five
eighths of all requests, while the other processor waits: the slow ones of a crowd took a quarter longer. Who holds
more than a fair share says `Connection: close` with an answer; the visitor comes back at once, and the less busy
process is the quicker to accept.
"""

import mmap
from collections.abc import Awaitable, Callable
from typing import Any

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

_CLOSE = (b"connection", b"close")


class Shares:
    """How many connections each process holds, in memory that all of them see. Made before they are forked."""

    def __init__(self, processes: int) -> None:
        self._held = memoryview(mmap.mmap(-1, mmap.PAGESIZE)).cast("I")[:processes]

    def note(self, place: int, held: int) -> None:
        """The process at this place (from 0) holds so many now."""
        self._held[place] = held

    def is_over(self, place: int, held: int) -> bool:
        """Whether another would be better off with one of them. A difference of one cannot be mended."""
        self.note(place, held)
        return held > min(self._held.tolist()) + 1


def spreading(pages: Application, holds_too_many: Callable[[], bool]) -> Application:
    """An ASGI application around `pages` that gives a connection up with the answer when it holds too many."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        async def giving_up(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start" and holds_too_many():
                message = {**message, "headers": [*message.get("headers", ()), _CLOSE]}
            await send(message)

        await pages(scope, receive, giving_up if scope["type"] == "http" else send)

    return application
