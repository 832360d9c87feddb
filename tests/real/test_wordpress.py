"""WordPress itself, asked what `tesselle/networks/wordpress/tests` asks of the sandbox."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tesselle.connectors.http.aiohttp_transport import AiohttpTransport
from tesselle.networks.wordpress.tests import behaviour, wire
from tesselle.networks.wordpress.tests.site import Site
from tests.real.servers.wordpress import WordPress


@pytest.fixture
async def site(wordpress: WordPress, tmp_path: Path) -> AsyncIterator[Site]:
    transport = AiohttpTransport()
    accounts = {
        "editor": wordpress.editor,
        "author": wordpress.author,
        "contributor": wordpress.contributor,
    }
    logins = {role: (account.login, account.app_password) for role, account in accounts.items()}
    yield Site(transport, wordpress.base_url, logins, tmp_path, lambda: datetime.now(UTC))
    await transport.close()


class TestConnecting(behaviour.Connecting):
    pass


class TestPublishing(behaviour.Publishing):
    pass


class TestRoles(behaviour.Roles):
    pass


class TestDiscussing(behaviour.Discussing):
    pass


class TestChanging(behaviour.Changing):
    pass


class TestWire(wire.Wire):
    pass
