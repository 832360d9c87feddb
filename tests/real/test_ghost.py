"""Ghost itself, asked what `tesselle/networks/ghost/tests` asks of the sandbox."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tesselle.connectors.http.aiohttp_transport import AiohttpTransport
from tesselle.connectors.http.exchange import Request
from tesselle.connectors.tests.stage import png
from tesselle.domain.content import Content
from tesselle.domain.errors import RejectedError
from tesselle.networks.ghost.connector import CONNECTOR
from tesselle.networks.ghost.tests import behaviour, wire
from tesselle.networks.ghost.tests.site import Site
from tests.real.servers.ghost import Ghost


@pytest.fixture
async def site(ghost: Ghost, tmp_path: Path) -> AsyncIterator[Site]:
    transport = AiohttpTransport()
    yield Site(transport, ghost.base_url, ghost.admin_key, tmp_path, lambda: datetime.now(UTC))
    await transport.close()


class TestConnecting(behaviour.Connecting):
    pass


class TestPublishing(behaviour.Publishing):
    pass


class TestChanging(behaviour.Changing):
    pass


class TestWire(wire.Wire):
    pass


class TestFiles:
    async def test_a_picture_that_is_none_is_the_contents_fault(self, site: Site):
        api, picture = await site.connected(), site.image()
        (site.folder / picture.asset).write_bytes(b"no picture")

        with pytest.raises(RejectedError, match="cannot read a picture"):
            await CONNECTOR.prepare(site.step(api, Content(text="Carreaux", media=(picture,))), api)

    async def test_an_uploaded_picture_can_be_seen_by_readers(self, site: Site):
        api = await site.connected()
        remote = await site.done(api, Content(text=behaviour.new(), media=(site.image("Mur"),)))
        url = (await site.post(f"/posts/{remote.id}/"))["feature_image"]

        exchange = await site.transport.exchange(Request("GET", url))

        assert exchange.response is not None
        assert exchange.response.body.startswith(png()[:8])

    async def test_readers_see_the_post_at_its_address(self, site: Site):
        api, text = await site.connected(), behaviour.new()
        remote = await site.done(api, Content(text=text, title="Carreaux & grès"))

        exchange = await site.transport.exchange(Request("GET", remote.url))

        assert exchange.response is not None and exchange.response.ok
        assert text in exchange.response.body.decode()
