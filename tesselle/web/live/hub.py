"""One listening session for all streams of a process, and what it hears handed out to them."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import psycopg
from django.db import connection
from psycopg.conninfo import make_conninfo

log = logging.getLogger(__name__)

CHANNEL = "tesselle_changes"
MOST_STREAMS = 500
MOST_WAITING = 200
"""Changes that a slow stream may fall behind; beyond, it is told to read again."""

WHO_MAY = "workspace"
"""The kind of change after which somebody may no longer listen: who belongs to it, whether it is there."""

GRACE_S = 120.0
"""So long the session goes on listening after the last page left: the next one is seldom far."""

_RETRY_S = 2.0


@dataclass(frozen=True, slots=True)
class Change:
    kind: str
    id: int


class TooManyStreamsError(Exception):
    """This process carries as many streams as it may."""


@dataclass(eq=False, slots=True)
class Stream:
    """What one page still has to hear. `must_reread`: more than can be told one by one. `ended`: who may
    listen has changed, so that the browser has to ask again."""

    workspace_id: int
    waiting: dict[Change, None] = field(default_factory=dict)
    must_reread: bool = False
    ended: bool = False
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, change: Change) -> None:
        if len(self.waiting) >= MOST_WAITING:
            self.reread()
            return
        self.waiting[change] = None
        self.woken.set()

    def reread(self) -> None:
        self.waiting.clear()
        self.must_reread = True
        self.woken.set()

    def end(self) -> None:
        self.ended = True
        self.woken.set()

    def take(self) -> tuple[list[Change], bool]:
        """What is to be told, and whether everything must be read again."""
        taken = list(self.waiting), self.must_reread
        self.waiting.clear()
        self.must_reread = False
        self.woken.clear()
        return taken


class Hub:
    """`address`: how to reach the database, asked at each connection."""

    def __init__(self, address: Callable[[], str], grace_s: float = GRACE_S) -> None:
        self._address = address
        self._grace_s = grace_s
        self._streams: set[Stream] = set()
        self._listening: asyncio.Task[None] | None = None
        self._since: float | None = None
        self._last: dict[int, float] = {}
        self._ready = asyncio.Event()
        self.closing = asyncio.Event()

    @property
    def streams(self) -> int:
        return len(self._streams)

    @asynccontextmanager
    async def open(self, workspace_id: int, seen_at: float) -> AsyncIterator[Stream]:
        """A stream that hears of everything after `seen_at` (seconds since the epoch), or is told to
        read again.

        Raises:
            TooManyStreamsError: try again later.
        """
        if len(self._streams) >= MOST_STREAMS:
            raise TooManyStreamsError
        stream = Stream(workspace_id)
        self._streams.add(stream)
        try:
            if self._listening is None:
                self._listening = asyncio.create_task(self._listen())
            await self._until_ready()
            if self._may_have_missed(workspace_id, seen_at):
                stream.reread()
            yield stream
        finally:
            self._streams.discard(stream)

    def close(self) -> None:
        """Every stream ends now; browsers come back by themselves."""
        self.closing.set()
        for stream in self._streams:
            stream.woken.set()
        if self._listening is not None:
            self._listening.cancel()

    async def _until_ready(self) -> None:
        """A database that is away holds no page up: the stream begins, and reads again once it is back."""
        try:
            await asyncio.wait_for(self._ready.wait(), timeout=3.0)
        except TimeoutError:
            log.warning("live_not_ready")

    def _may_have_missed(self, workspace_id: int, seen_at: float) -> bool:
        if self._since is None or seen_at < self._since:
            return True
        return self._last.get(workspace_id, 0.0) >= seen_at

    async def _listen(self) -> None:
        while not self.closing.is_set():
            try:
                if await self._heard_out():
                    break
            except (psycopg.Error, OSError) as error:
                log.warning("live_connection_lost", extra={"error": str(error)[:200]})
                self._deaf()
                await asyncio.sleep(_RETRY_S)
        self._deaf()
        self._listening = None

    def _deaf(self) -> None:
        self._since = None
        self._ready.clear()
        self._last.clear()

    async def _heard_out(self) -> bool:
        """Listen until nobody has been there for the grace; True then."""
        session = await psycopg.AsyncConnection.connect(self._address(), autocommit=True)
        try:
            await session.execute(f"LISTEN {CHANNEL}")
            self._since = time.time()
            self._ready.set()
            for stream in self._streams:
                stream.reread()
            idle_since = time.monotonic()
            while True:
                async for notice in session.notifies(timeout=min(5.0, self._grace_s)):
                    self._hand_out(notice.payload)
                if self._streams:
                    idle_since = time.monotonic()
                elif time.monotonic() - idle_since >= self._grace_s:
                    return True
        finally:
            await session.close()

    def _hand_out(self, payload: str) -> None:
        workspace, kind, number = (*payload.split(" "), "", "")[:3]
        if not workspace.isdecimal():
            return
        self._last[int(workspace)] = time.time()
        change = Change(kind, int(number) if number.isdecimal() else 0)
        for stream in self._streams:
            if stream.workspace_id != int(workspace):
                continue
            if kind == WHO_MAY:
                stream.end()
            else:
                stream.tell(change)


def database_address() -> str:
    """Django's own database, for a session beside its pool."""
    settings = connection.settings_dict
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    given = {name: str(settings[key]) for name, key in named.items() if settings.get(key)}
    options = {key: str(value) for key, value in settings["OPTIONS"].items() if isinstance(value, str | int)}
    return make_conninfo(**{**options, **given, "application_name": "tesselle live"})
