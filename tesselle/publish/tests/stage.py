"""A practice world in memory, a worker in this process, and the database of the test run."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from asgiref.sync import async_to_sync, sync_to_async
from django.db import connection

from tesselle.channels import services as channel_services
from tesselle.channels.choices import first_choices
from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.compose.services import Wording, save_post
from tesselle.connectors.http.asgi_transport import AsgiTransport
from tesselle.connectors.http.exchange import Exchange, Gate, Request, Transport
from tesselle.connectors.registry import register_world
from tesselle.connectors.sandbox.faulty import FaultySandbox
from tesselle.domain.content import Content
from tesselle.ledger.models import Delivery, installation
from tesselle.networks import plugin
from tesselle.plan.services import Slot, plan_post
from tesselle.publish.timing import Timing
from tesselle.publish.worker import PublishingWorker
from tesselle.simulation.faults import FaultScript
from tesselle.simulation.network import SimPost, SimulatedNetwork
from tesselle.simulation.shelf import MemoryShelf
from tesselle.workspaces.models import Workspace

PATIENCE_S = 120.0
"""How long a condition may take on a machine where many others work; only a broken one takes it."""


def database_url() -> str:
    """The test database, as asyncpg wants it."""
    params = connection.get_connection_params()
    host = params.get("host", "")
    return (
        f"postgresql://{quote(params.get('user', ''))}:{quote(params.get('password', ''))}@/"
        f"{params['dbname']}?host={quote(host, safe='')}"
    )


@dataclass(slots=True)
class Simulated:
    network: SimulatedNetwork
    script: FaultScript
    app: FaultySandbox


Hook = Callable[[Request], Awaitable[None]]
"""Run when an irreversible call is about to be made, before its gate is asked."""


@dataclass(frozen=True, slots=True)
class HookedTransport:
    inner: Transport
    hooks: list[Hook]

    async def exchange(self, request: Request, gate: Gate | None = None) -> Exchange:
        if gate is not None:
            for hook in list(self.hooks):
                await hook(request)
        return await self.inner.exchange(request, gate)


@dataclass(slots=True)
class PublishStage:
    """One workspace; channels are opened as a test needs them."""

    workspace: Workspace
    media_folder: Path
    timing: Timing = field(default_factory=lambda: Timing(scale=0.01))
    patience: float = 45.0
    sims: dict[str, Simulated] = field(default_factory=dict)
    hooks: list[Hook] = field(default_factory=list)

    def __post_init__(self) -> None:
        installation()
        inner = AsgiTransport(self._app_for)
        register_world("practice", lambda _world: HookedTransport(inner, self.hooks))

    def sim(self, slug: str) -> Simulated:
        if slug not in self.sims:
            network = SimulatedNetwork(slug, MemoryShelf(), lambda: datetime.now(UTC))
            script = FaultScript()
            self.sims[slug] = Simulated(network, script, FaultySandbox(plugin(slug).sandbox, network, script))
        return self.sims[slug]

    def _app_for(self, host: str) -> Any:
        return next((sim.app for slug, sim in self.sims.items() if plugin(slug).sandbox.host == host), None)

    def channel(self, slug: str, handle: str = "carreaux", **options: Any) -> Channel:
        """`options`: what that network's sandbox lets one choose about an account."""
        sandbox = plugin(slug).sandbox
        opened = async_to_sync(sandbox.open_account)(
            self.sim(slug).network, f"https://{sandbox.host}", handle, "Carreaux du Lac", **options
        )
        identity = channel_services.try_connection(
            workspace=self.workspace, network=slug, answers=opened.answers
        )
        return channel_services.connect(workspace=self.workspace, network=slug, identity=identity, by=None)

    def post(self, text: str, *channels: Channel, **more: Any) -> Post:
        return save_post(
            workspace=self.workspace,
            author=None,
            shared=Content(text=text, **more),
            wordings=tuple(Wording(channel, options=first_choices(channel) or None) for channel in channels),
        )

    def planned(self, text: str, channel: Channel, **more: Any) -> Delivery:
        """A post due at once on one channel."""
        post = self.post(text, channel, **more)
        return plan_post(post=post, slots={channel.pk: Slot.at_once(self.workspace)}, by=None)[0]

    def worker(self) -> PublishingWorker:
        return PublishingWorker(
            database_url(),
            media_folder=self.media_folder,
            spool_folder=self.media_folder / "spool",
            timing=self.timing,
            patience=self.patience,
        )

    def run_until(self, done: Callable[[], bool], *, seconds: float = PATIENCE_S) -> None:
        """Run one worker until `done` says so (asked between its rounds)."""
        self.run_workers_until(done, workers=1, seconds=seconds)

    def run_workers_until(
        self, done: Callable[[], bool], *, workers: int, seconds: float = PATIENCE_S
    ) -> None:
        """Several workers in one loop, racing for the same rows."""

        async def main() -> None:
            crowd = [self.worker() for _ in range(workers)]
            running = [asyncio.create_task(worker.run()) for worker in crowd]
            try:
                async with asyncio.timeout(seconds):
                    while not await asyncio.to_thread(_fresh, done):
                        await asyncio.sleep(0.02)
            finally:
                for worker in crowd:
                    worker.stop()
                await asyncio.gather(*running)

        asyncio.run(main())

    def run_until_state(self, delivery: Delivery, *states: str, seconds: float = PATIENCE_S) -> Delivery:
        """The delivery as it was read in that state: what is stopped a moment later may have gone on."""

        def is_there() -> bool:
            delivery.refresh_from_db()
            return delivery.state in states

        self.run_until(is_there, seconds=seconds)
        return delivery

    def copies(self, slug: str, text: str) -> list[SimPost]:
        """What the simulated network really has, removed things left out."""
        truth = async_to_sync(self.sim(slug).network.truth)()
        return [post for post in truth if text in post.text and not post.removed and not post.draft]


def _fresh(done: Callable[[], bool]) -> bool:
    """Ask in a thread, and leave no connection behind that would outlive the test."""
    try:
        return done()
    finally:
        connection.close()


def in_thread(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Awaitable[Any]:
    """Do something in the database while a worker runs in this loop."""

    def run() -> Any:
        try:
            return function(*args, **kwargs)
        finally:
            connection.close()

    return sync_to_async(run, thread_sensitive=False)()


def state_of(delivery: Delivery) -> str:
    return str(Delivery.objects.values_list("state", flat=True).get(pk=delivery.pk))
