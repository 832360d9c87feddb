"""Eight connections to two processes become four and four, and nobody's answer is lost on the way."""

import asyncio
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import aiohttp
import uvicorn

from tesselle.ops.spreading import Shares, spreading


def test_a_difference_of_one_is_let_be() -> None:
    shares = Shares(3)
    for place, held in enumerate((4, 3, 5)):
        shares.note(place, held)

    assert not shares.is_over(0, 4)
    assert not shares.is_over(1, 3)
    assert shares.is_over(2, 5)


def test_one_process_alone_keeps_all() -> None:
    assert not Shares(1).is_over(0, 100)


async def says_its_name(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": scope["path"].encode()})


@contextmanager
def serving(listener: socket.socket, shares: Shares, place: int) -> Iterator[uvicorn.Server]:
    """A server in a thread, in place of a process."""

    def holds_too_many() -> bool:
        return shares.is_over(place, len(server.server_state.connections))

    pages = spreading(says_its_name, holds_too_many)
    server = uvicorn.Server(uvicorn.Config(pages, log_config=None, lifespan="off", timeout_keep_alive=600))
    # A copy of its own, as a forked process has: each closes what it was given.
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener.dup()]})
    thread.start()
    try:
        yield server
    finally:
        server.should_exit = True
        thread.join()


MOST_ROUNDS = 2000


async def until_shared(port: int, servers: Sequence[uvicorn.Server]) -> int:
    """Eight ask at once, again and again, each over a connection that it keeps; how many rounds it takes."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=8)) as session:

        async def one(number: int) -> str:
            async with session.get(f"http://127.0.0.1:{port}/{number}") as answer:
                return await answer.text()

        for rounds in range(1, MOST_ROUNDS):
            answers = await asyncio.gather(*(one(number) for number in range(8)))
            assert answers == [f"/{number}" for number in range(8)]
            if [len(server.server_state.connections) for server in servers] == [4, 4]:
                return rounds
    return MOST_ROUNDS


def test_eight_connections_become_four_and_four_and_no_answer_is_lost() -> None:
    shares = Shares(2)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with serving(listener, shares, 0) as first, serving(listener, shares, 1) as second:
            assert asyncio.run(until_shared(port, (first, second))) < MOST_ROUNDS
