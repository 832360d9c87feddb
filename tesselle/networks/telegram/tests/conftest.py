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
    return await _open(tmp_path, discussion=False)


@pytest.fixture
async def unsigned(tmp_path):
    """With a discussion group; the channel does not sign its posts."""
    return await _open(tmp_path, signs=False)


async def _open(tmp_path, **options):
    here = plugin("telegram")

    async def opened(network, base, handle, name):
        return await here.sandbox.open_account(network, base, handle, name, **options)

    return await open_stage(replace(here, sandbox=replace(here.sandbox, open_account=opened)), tmp_path)
