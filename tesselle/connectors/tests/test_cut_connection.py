import asyncio

import pytest

from tesselle.connectors.http.aiohttp_transport import AiohttpTransport
from tesselle.connectors.http.exchange import Request


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_an_irreversible_call_whose_connection_is_cut_is_sent_once(method: str):
    seen: list[bytes] = []
    handlers: list[asyncio.Task[None] | None] = []

    async def cut(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        handlers.append(asyncio.current_task())
        seen.append(await reader.readline())
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(cut, "127.0.0.1", 0)
    transport = AiohttpTransport()
    port = server.sockets[0].getsockname()[1]
    try:
        request = Request(method, f"http://127.0.0.1:{port}/thing", deadline_seconds=5)
        exchange = await transport.exchange(request, gate=lambda: None)
    finally:
        await transport.close()
        server.close()
        await asyncio.gather(*(task for task in handlers if task is not None))

    assert [line for line in seen if line] == [f"{method} /thing HTTP/1.1\r\n".encode()]
    assert exchange.written
    assert exchange.response is None
