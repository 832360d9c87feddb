"""Some networks take their token in the address of a call; it must not travel any further."""

import asyncio

import pytest

from tesselle.connectors.http.aiohttp_transport import AiohttpTransport
from tesselle.connectors.http.exchange import Exchange, Request, Response, without_secrets

TOKEN = "123456:AAsecretsecretsecret"


@pytest.mark.parametrize(
    "url",
    [
        f"https://api.example/bot{TOKEN}/sendMessage",
        f"https://api.example/me?access_token={TOKEN}",
        f"https://user:{TOKEN}@api.example/me",
    ],
)
def test_a_request_shows_its_server_and_nothing_else_of_its_address(url):
    shown = repr(Request("POST", url, {"Authorization": TOKEN}, TOKEN.encode()))

    assert shown == "Request(POST https://api.example)"


async def test_the_cause_of_a_failed_call_does_not_quote_the_address():
    async def garbage(reader, writer):
        await reader.read(10)
        writer.write(b"no HTTP at all\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(garbage, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    transport = AiohttpTransport()

    async with server:
        exchange = await transport.exchange(
            Request("POST", f"http://127.0.0.1:{port}/bot{TOKEN}/sendMessage?key={TOKEN}", body=b"{}")
        )
    await transport.close()

    assert exchange.written
    assert exchange.response is None
    assert "127.0.0.1" in exchange.cause
    assert "secret" not in exchange.cause


@pytest.mark.parametrize(
    ("secret", "answer"),
    [
        (f"https://chat.example/hooks/{'k' * 26}", f"no such webhook: {'k' * 26}"),
        (f"https://chat.example/hooks/{'k' * 26}", f"https://chat.example/hooks/{'k' * 26} is gone"),
        (TOKEN, f"token {TOKEN} expired"),
        ("short", "short is no password"),
    ],
)
def test_an_answer_that_quotes_the_secret_is_kept_without_it(secret, answer):
    exchange = Exchange(True, Response(400, {}, answer.encode()))

    kept = without_secrets(exchange, [secret, ""]).response

    assert kept is not None
    assert secret not in kept.body.decode()
    assert "k" * 26 not in kept.body.decode()
    assert kept.status == 400
