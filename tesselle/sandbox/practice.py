"""The world `practice`: every network's sandbox in this process, over a shelf in the database.

Hosts are the sandboxes' own make-believe ones and nothing else: what is meant for a real network
finds no server here, and a real workspace finds no practice world.
"""

import asyncio
from collections.abc import MutableMapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from tesselle.connectors.card import Discussed, discussed_on
from tesselle.connectors.http.asgi_transport import AsgiApp, AsgiTransport, CutError
from tesselle.connectors.http.exchange import Exchange, Gate, Request
from tesselle.connectors.registry import World, register_world
from tesselle.connectors.sandbox.faulty import FaultySandbox
from tesselle.networks import plugin, slugs
from tesselle.sandbox.badday.kinds import Kind, play
from tesselle.sandbox.shelf import PostgresShelf, in_django, waiting_for_the_disk
from tesselle.sandbox.worlds import look
from tesselle.simulation.audience import Audience
from tesselle.simulation.company import SimulatedCompany
from tesselle.simulation.faults import FaultScript
from tesselle.simulation.network import (
    COMMENTS,
    MESSAGES,
    AudienceHook,
    Reaction,
    SimAccount,
    SimPost,
    SimulatedNetwork,
)
from tesselle.simulation.record import Record


class PracticeWorld:
    """One workspace's networks. Scripts of faults live in this process only; a bad day is in a row, and
    played in all of them."""

    def __init__(self, workspace_id: int) -> None:
        self._workspace_id = workspace_id
        self._shift = timedelta(0)
        self._shelf = PostgresShelf(workspace_id)
        self._company: SimulatedCompany | None = None
        self._audiences: dict[str, Audience] = {}
        self._networks: dict[str, SimulatedNetwork] = {}
        self._scripts: dict[str, FaultScript] = {}
        self._bad_days: frozenset[tuple[str, str]] = frozenset()
        self._apps: dict[str, AsgiApp] = {}
        self._inner = AsgiTransport(self._app_for)

    def now(self) -> datetime:
        """The workspace's, as of the last exchange's look at its clock."""
        return timezone.now() + self._shift

    async def look_at_clock(self) -> None:
        """Raises LookupError when there is no practice workspace of that key."""
        seen = await in_django(lambda: look(self._workspace_id))
        self._shift = seen.shift
        self._shelf.trust(seen.shelf_version)
        if seen.company != self._company:
            self._company = seen.company
            self._audiences.clear()
        if seen.bad_days != self._bad_days:
            self._play(seen.bad_days)

    def _play(self, bad_days: frozenset[tuple[str, str]]) -> None:
        for slug in {network for network, _ in bad_days | self._bad_days}:
            kinds = [Kind(kind) for network, kind in bad_days if network == slug]
            play(self.script(slug), plugin(slug).sandbox, kinds)
        self._bad_days = bad_days

    def audience(self, slug: str) -> Audience:
        """Of that network; known once the clock was looked at."""
        if self._company is None:
            raise LookupError("The practice world was not looked at yet.")
        if slug not in self._audiences:
            self._audiences[slug] = Audience(slug, self._company)
        return self._audiences[slug]

    def network(self, slug: str) -> SimulatedNetwork:
        if slug not in self._networks:
            public = _Public(self, slug)
            network = SimulatedNetwork(slug, self._shelf, self.now, public)
            network.hears = partial(_hears, slug)
            self._networks[slug] = network
        return self._networks[slug]

    def script(self, slug: str) -> FaultScript:
        return self._scripts.setdefault(slug, FaultScript())

    async def exchange(self, request: Request, gate: Gate | None = None) -> Exchange:
        try:
            await self.look_at_clock()
        except (DatabaseError, InterfaceError) as error:
            return Exchange(False, cause=f"the practice world's database is away: {error}"[:200])
        # Only what cannot be undone comes with a gate.
        with waiting_for_the_disk(gate is not None):
            return await self._inner.exchange(request, gate)

    def _app_for(self, host: str) -> AsgiApp | None:
        if host not in self._apps:
            slug = next((slug for slug in slugs() if plugin(slug).sandbox.host == host), None)
            if slug is None:
                return None
            sandbox = FaultySandbox(plugin(slug).sandbox, self.network(slug), self.script(slug))
            self._apps[host] = _cut_when_the_database_is_away(sandbox)
        return self._apps[host]


class _Public(AudienceHook):
    """Whatever public the world has now: the network stays, its world may be another."""

    def __init__(self, world: PracticeWorld, slug: str) -> None:
        self._world = world
        self._slug = slug

    def __call__(self, post: SimPost, now: datetime, record: Record | None = None) -> Reaction:
        return self._world.audience(self._slug)(post, now, record)

    def account(self, account_id: str) -> SimAccount | None:
        return self._world.audience(self._slug).account(account_id)

    def followers(self, account: SimAccount, now: datetime, record: Record | None = None) -> int:
        return self._world.audience(self._slug).followers(account, now, record)

    def messages(
        self, account: SimAccount, now: datetime, record: Record | None = None
    ) -> tuple[SimPost, ...]:
        return self._world.audience(self._slug).messages(account, now, record)


def _hears(slug: str, account: SimAccount) -> frozenset[str]:
    """What a person can read and answer there, in the simulation's words: a review is what somebody says below a
    post elsewhere."""
    if not plugin(slug).sandbox.is_spoken_with(account):
        return frozenset()
    words = {Discussed.MESSAGES: MESSAGES, Discussed.COMMENTS: COMMENTS, Discussed.REVIEWS: COMMENTS}
    return frozenset(words[kind] for kind in discussed_on(plugin(slug).card, ""))


def _cut_when_the_database_is_away(app: AsgiApp) -> AsgiApp:
    """Whether the network did its work is then as unknown as over a broken line."""

    async def guarded(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        try:
            await app(scope, receive, send)
        except (DatabaseError, InterfaceError) as error:
            raise CutError(f"the practice world's database is away: {error}"[:200]) from error

    return guarded


# Per event loop: the sandboxes may keep asyncio's locks.
_worlds: "WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, PracticeWorld]]" = WeakKeyDictionary()


def practice_world(world: World) -> PracticeWorld:
    """The same one for every call in a running event loop.

    Raises:
        LookupError: not the key of a practice workspace.
    """
    if world.kind != "practice" or not world.key.isdecimal():
        raise LookupError(f"{world} is no practice world.")
    known = _worlds.setdefault(asyncio.get_running_loop(), {})
    return known.setdefault(world.key, PracticeWorld(int(world.key)))


def register() -> None:
    register_world("practice", practice_world)
