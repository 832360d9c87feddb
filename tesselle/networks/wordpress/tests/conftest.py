from pathlib import Path

import pytest

from tesselle.connectors.http.asgi_transport import AsgiTransport
from tesselle.connectors.sandbox.faulty import FaultySandbox
from tesselle.connectors.tests.stage import Clock, Stage, open_stage
from tesselle.networks import plugin
from tesselle.networks.wordpress.sandbox import SANDBOX
from tesselle.networks.wordpress.sandbox.app import open_account
from tesselle.networks.wordpress.tests.site import Site
from tesselle.simulation.faults import FaultScript
from tesselle.simulation.network import SimulatedNetwork
from tesselle.simulation.shelf import MemoryShelf


@pytest.fixture
async def stage(tmp_path: Path) -> Stage:
    """A tile-layer's site, connected to the sandbox in process."""
    return await open_stage(plugin("wordpress"), tmp_path)


@pytest.fixture
async def site(tmp_path: Path) -> Site:
    """The sandbox with one user of each role."""
    clock, base = Clock(), f"https://{SANDBOX.host}"
    network = SimulatedNetwork("wordpress", MemoryShelf(), clock)
    app = FaultySandbox(SANDBOX, network, FaultScript())
    transport = AsgiTransport(lambda host: app if host == SANDBOX.host else None)
    logins = {}
    for role in ("editor", "author", "contributor"):
        opened = await open_account(network, base, role, role.title(), role)
        logins[role] = (opened.answers["username"], opened.answers["password"])
    return Site(transport, base, logins, tmp_path, clock)
