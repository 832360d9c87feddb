"""A channel on the make-believe Telegram: with a discussion group, and without."""

from dataclasses import replace

import pytest

from tesselle.connectors.tests.stage import open_stage
from tesselle.networks import plugin


@pytest.fixture
async def stage(tmp_path):
    return await open_stage(plugin("telegram"), tmp_path)


@pytest.fixture
async def quiet(tmp_path):
    """The same without a discussion group."""
    here = plugin("telegram")

    async def without(network, base, handle, name):
        return await here.sandbox.open_account(network, base, handle, name, discussion=False)

    return await open_stage(replace(here, sandbox=replace(here.sandbox, open_account=without)), tmp_path)
