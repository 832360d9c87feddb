"""What a connector builds is what goes over the wire, sign by sign."""

import asyncio

import pytest

from tesselle.connectors.http.aiohttp_transport import AiohttpTransport
from tesselle.connectors.http.exchange import Request


@pytest.mark.parametrize(
    ("built", "sent"),
    [
        ("/rest/posts/urn%3Ali%3Ashare%3A1", "/rest/posts/urn%3Ali%3Ashare%3A1"),
        ("/rest/x?shares=List(urn%3Ali%3A1,urn%3Ali%3A2)", "/rest/x?shares=List(urn%3Ali%3A1,urn%3Ali%3A2)"),
        ("/a%2Fb?q=a%20b+c%2Bd&e=%C3%A9", "/a%2Fb?q=a%20b+c%2Bd&e=%C3%A9"),
        ("", "/"),
        ("?q=1", "/?q=1"),
        ("/été", "/%C3%A9t%C3%A9"),
    ],
)
async def test_an_address_goes_out_as_it_was_built(built: str, sent: str):
    heard: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    transport = AiohttpTransport()
    async with server:
        exchange = await transport.exchange(Request("GET", f"http://127.0.0.1:{port}{built}"))
    await transport.close()

    assert exchange.response is not None, exchange.cause
    assert heard[0].split(b" ")[1].decode() == sent
