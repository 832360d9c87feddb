"""A header may come more than once: cookies are set one a line, and none of them may be lost on the way."""

import asyncio

from tesselle.connectors.http.aiohttp_transport import AiohttpTransport
from tesselle.connectors.http.exchange import Request, Response


async def test_every_line_of_a_header_is_kept_in_its_order():
    async def two_cookies(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 204 No Content\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(two_cookies, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    transport = AiohttpTransport()

    async with server:
        exchange = await transport.exchange(Request("GET", f"http://127.0.0.1:{port}/"))
    await transport.close()

    assert exchange.response is not None
    assert exchange.response.all_of("set-cookie") == ("a=1", "b=2")
    assert exchange.response.headers["set-cookie"] == "b=2"


def test_an_answer_made_by_hand_has_its_headers_once():
    assert Response(200, {"retry-after": "5"}, b"").all_of("retry-after") == ("5",)
