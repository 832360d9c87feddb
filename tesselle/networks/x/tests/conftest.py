from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tesselle.connectors.tests.stage import Stage, open_stage
from tesselle.networks import plugin
from tesselle.networks.x.connector import XConnector
from tesselle.networks.x.sandbox.app import open_account


@pytest.fixture
def waited() -> list[float]:
    """How long the connector would have waited."""
    return []


@pytest.fixture
async def stage(tmp_path: Path, waited: list[float]) -> Stage:
    """A tile-layer's account, connected to the sandbox in process."""

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    return await open_stage(replace(plugin("x"), connector=XConnector(wait)), tmp_path)


@pytest.fixture
async def premium(tmp_path: Path) -> Stage:
    whole = plugin("x")
    sandbox = replace(whole.sandbox, open_account=partial(open_account, kind="premium"))
    return await open_stage(replace(whole, sandbox=sandbox), tmp_path)
