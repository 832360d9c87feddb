"""What a person may type as an address, and where it must not lead."""

import asyncio

import pytest

from tesselle.connectors.http.aiohttp_transport import AiohttpTransport
from tesselle.connectors.http.exchange import Exchange, Request
from tesselle.connectors.http.guarded import REFUSED, Guard, GuardedResolver, GuardedTransport


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(100)
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret")
    await writer.drain()
    writer.close()


async def _asked(host: str, guard: Guard) -> Exchange:
    """Over real sockets: a server of this machine, asked under that name."""
    server = await asyncio.start_server(_answer, "127.0.0.1", 0)
    inner = AiohttpTransport(resolver=GuardedResolver(guard))
    port = server.sockets[0].getsockname()[1]
    try:
        async with server:
            request = Request("GET", f"http://{host}:{port}/", deadline_seconds=10.0)
            return await GuardedTransport(inner, guard).exchange(request)
    finally:
        await inner.close()


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "127.1",
        "2130706433",
        "0x7f000001",
        "①②⑦.⓪.⓪.①",
        "127。0。0。1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
    ],
)
async def test_however_it_is_written_our_own_machine_is_not_spoken_to(host: str):
    exchange = await _asked(host, Guard())

    assert exchange.response is None
    assert not exchange.written


async def test_what_the_operator_allows_is_spoken_to():
    exchange = await _asked("127.0.0.1", Guard(["127.0.0.0/8"]))

    assert exchange.response is not None


@pytest.mark.parametrize(
    "address",
    ["10.0.0.1", "169.254.169.254", "fec0::1", "fd00::1", "2002:a00:1::", "64:ff9b::a9fe:a9fe", "240.0.0.1"],
)
def test_an_address_that_leads_inside_is_refused_in_every_form(address: str):
    assert not Guard().allows("example.org", address)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"])
def test_an_address_that_leads_outside_is_allowed(address: str):
    assert Guard().allows("example.org", address)


async def test_a_refused_number_says_why():
    assert (await _asked("127.0.0.1", Guard())).cause == REFUSED
