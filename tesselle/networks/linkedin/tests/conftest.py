from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from linkedin_api.common import constants

from tesselle.connectors.sandbox.server import serving
from tesselle.connectors.tests.stage import Stage, open_stage
from tesselle.networks import plugin
from tesselle.networks.linkedin.connector import LinkedInConnector
from tesselle.networks.linkedin.sandbox import SANDBOX
from tesselle.networks.linkedin.tests.driving import Driven

OpenStage = Callable[..., Awaitable[Stage]]


@pytest.fixture
def waited() -> list[float]:
    """How long the connector would have waited."""
    return []


@pytest.fixture
def stage_for(tmp_path: Path, waited: list[float]) -> OpenStage:
    """Opens a tile-layer's page, or the tile-layer."""

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    async def open_for(kind: str = "page", **options: Any) -> Stage:
        here = replace(plugin("linkedin"), connector=LinkedInConnector(wait))
        return await open_stage(here, tmp_path, kind=kind, **options)

    return open_for


@pytest.fixture
async def stage(stage_for: OpenStage) -> Stage:
    return await stage_for()


@pytest.fixture
async def member(stage_for: OpenStage) -> Stage:
    return await stage_for("member")


@pytest.fixture
async def driven(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Driven]:
    async with serving([SANDBOX]) as house:
        base = f"{house.base}/linkedin"
        monkeypatch.setattr(constants, "VERSIONED_BASE_URL", f"{base}/rest")
        monkeypatch.setattr(constants, "NON_VERSIONED_BASE_URL", f"{base}/v2")
        monkeypatch.setattr(constants, "OAUTH_BASE_URL", f"{base}/oauth/v2")
        opened = await SANDBOX.open_account(house.served["linkedin"].network, base, "dubois", "Dubois SA")
        yield Driven(house, opened.answers["access_token"], opened.id)
