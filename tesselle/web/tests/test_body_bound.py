"""What is too large is refused before it is read."""

from collections.abc import MutableMapping
from typing import Any

from tesselle.web.body_bound import with_bounded_bodies

Message = MutableMapping[str, Any]


class Caller:
    """One request to an application that reads to the end and says what it read."""

    def __init__(self, *blocks: bytes, headers: dict[str, str] | None = None) -> None:
        self.blocks = list(blocks)
        self.read: list[Message] = []
        self.answers: list[Message] = []
        told = {name.encode(): value.encode() for name, value in (headers or {}).items()}
        self.scope = {"type": "http", "headers": list(told.items())}

    async def receive(self) -> Message:
        block = self.blocks.pop(0)
        return {"type": "http.request", "body": block, "more_body": bool(self.blocks)}

    async def send(self, message: Message) -> None:
        self.answers.append(message)

    async def application(self, scope: Any, receive: Any, send: Any) -> None:
        while True:
            message = await receive()
            self.read.append(message)
            if message["type"] != "http.request" or not message["more_body"]:
                return

    async def call(self, most_bytes: int) -> None:
        await with_bounded_bodies(self.application, most_bytes)(self.scope, self.receive, self.send)


async def test_a_claim_of_two_gigabytes_is_answered_without_reading_a_byte() -> None:
    caller = Caller(b"x", headers={"content-length": "2147483648", "accept-language": "en"})

    await caller.call(1_001_000_000)

    assert caller.read == []
    assert caller.answers[0]["status"] == 413
    assert b"1001 MB" in caller.answers[1]["body"]


async def test_the_sentence_is_in_the_readers_language() -> None:
    bodies = []
    for language in ("fr-CH,fr;q=0.9", "en", "xx"):
        caller = Caller(headers={"content-length": "5000000", "accept-language": language})
        await caller.call(1_000_000)
        bodies.append(caller.answers[1]["body"])

    assert bodies[0] == bodies[2] != bodies[1]


async def test_what_does_not_say_its_length_is_cut_off_at_the_bound() -> None:
    caller = Caller(b"x" * 60, b"x" * 60, b"x" * 60)

    await caller.call(100)

    assert [message["type"] for message in caller.read] == ["http.request", "http.disconnect"]


async def test_everything_else_passes() -> None:
    caller = Caller(b"x" * 60, b"x" * 40, headers={"content-length": "100"})

    await caller.call(100)

    assert [len(message["body"]) for message in caller.read] == [60, 40]
