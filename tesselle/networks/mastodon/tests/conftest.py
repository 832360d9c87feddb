from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tesselle.connectors.tests.stage import Stage, open_stage
from tesselle.networks import plugin
from tesselle.networks.mastodon.connector import MastodonConnector
from tesselle.networks.mastodon.sandbox.app import open_account

OpenStage = Callable[[str], Awaitable[Stage]]


@pytest.fixture
def waited() -> list[float]:
    """How long the connector would have waited."""
    return []


@pytest.fixture
def stage_on(tmp_path: Path, waited: list[float]) -> OpenStage:
    """Opens a tile-layer's account on a server that runs the software named."""

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    async def open_on(software: str) -> Stage:
        whole = plugin("mastodon")
        sandbox = replace(whole.sandbox, open_account=partial(open_account, kind=software))
        return await open_stage(replace(whole, connector=MastodonConnector(wait), sandbox=sandbox), tmp_path)

    return open_on


@pytest.fixture
async def stage(stage_on: OpenStage) -> Stage:
    return await stage_on("mastodon")
