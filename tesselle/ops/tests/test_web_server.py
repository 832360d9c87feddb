"""The socket that the pages are served on."""

import asyncio
import socket

from tesselle.ops.web_server import listening


async def test_what_is_written_on_a_connection_leaves_at_once():
    """Held back until the head of a page was acknowledged, its body came 40 ms later."""
    told: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def ask(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = writer.get_extra_info("socket")
        told.set_result(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    listener = listening("127.0.0.1", 0)
    async with await asyncio.start_server(ask, sock=listener):
        _, writer = await asyncio.open_connection(*listener.getsockname())

        assert await told != 0

        writer.close()
