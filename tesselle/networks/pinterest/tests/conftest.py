from dataclasses import replace
from pathlib import Path

import pytest

from tesselle.connectors.tests.stage import Stage, open_stage
from tesselle.networks import plugin
from tesselle.networks.pinterest.connector import PinterestConnector


@pytest.fixture
def waited() -> list[float]:
    """How long the connector would have waited."""
    return []


@pytest.fixture
async def stage(tmp_path: Path, waited: list[float]) -> Stage:
    """A tile-layer's business account."""

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    return await open_stage(replace(plugin("pinterest"), connector=PinterestConnector(wait)), tmp_path)
