"""One connection to a mail server, in the words of RFC 5321."""

import asyncio
import base64
import contextlib
import re
import ssl
from dataclasses import dataclass

MOST_LINES = 100
_REPLY = re.compile(rb"(?P<code>[2-5]\d\d)(?P<more>[ -])?(?P<text>.*)", re.S)
_BARE_LINE_END = re.compile(rb"\r\n|\r|\n")


class GarbledError(Exception):
    """What came is no answer of a mail server."""


class HungUpError(Exception):
    """The server closed the line."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`phase`: what it answers: connect, hello, starttls, auth, sender, recipient, data, done."""

    code: int
    text: str
    phase: str

    @property
    def ok(self) -> bool:
        return 200 <= self.code < 400


class Line:
    """Every method waits for its answer; deadlines are the caller's."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self.offers: dict[str, str] = {}
        self.mails = 0

    async def greeting(self) -> Answer:
        return await self._answer("connect")

    async def hello(self, name: str) -> Answer:
        """Asks what the server offers: `offers`, by name."""
        answer = await self._say(f"EHLO {name}", "hello")
        self.offers = {
            word.upper(): rest
            for word, _, rest in (line.partition(" ") for line in answer.text.split("\n")[1:])
        }
        return answer

    async def protect(self, context: ssl.SSLContext, host: str) -> Answer:
        """STARTTLS, then TLS. What was read before is forgotten: it may be somebody else's."""
        answer = await self._say("STARTTLS", "starttls")
        if answer.ok:
            await self._writer.start_tls(context, server_hostname=host)
            self.offers = {}
        return answer

    async def sign_in(self, user: str, password: str) -> Answer:
        ways = self.offers.get("AUTH", "").upper().split()
        if "PLAIN" in ways or "LOGIN" not in ways:
            secret = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
            return await self._say(f"AUTH PLAIN {secret}", "auth")
        answer = await self._say("AUTH LOGIN", "auth")
        for word in (user, password):
            if answer.code == 334:
                answer = await self._say(base64.b64encode(word.encode()).decode(), "auth")
        return answer

    async def sender(self, address: str) -> Answer:
        return await self._say(f"MAIL FROM:<{address}>", "sender")

    async def recipient(self, address: str) -> Answer:
        return await self._say(f"RCPT TO:<{address}>", "recipient")

    async def reset(self) -> Answer:
        return await self._say("RSET", "hello")

    async def begin_data(self) -> Answer:
        return await self._say("DATA", "data")

    async def words(self, mail: bytes) -> None:
        """The mail, all but the dot that ends it. Lines that begin with a dot get another one.

        Raises HungUpError: the line is known to be gone, so that the dot need not be tried.
        """
        lines = _BARE_LINE_END.split(mail.rstrip(b"\r\n"))
        self._writer.write(
            b"".join((b"." if line.startswith(b".") else b"") + line + b"\r\n" for line in lines)
        )
        await self._writer.drain()
        if self._reader.at_eof() or self._writer.is_closing():
            raise HungUpError("the mail server hung up in the middle of the mail")

    def end_data(self) -> None:
        """The dot. Not awaited: nothing may come between the gate and this."""
        self._writer.write(b".\r\n")

    async def taken(self) -> Answer:
        """What the server says to the whole mail."""
        await self._writer.drain()
        self.mails += 1
        return await self._answer("done")

    async def quit(self) -> None:
        with contextlib.suppress(Exception):
            async with asyncio.timeout(1.0):
                await self._say("QUIT", "hello")
        self.drop()

    def drop(self) -> None:
        self._writer.transport.abort()

    async def _say(self, command: str, phase: str) -> Answer:
        if "\r" in command or "\n" in command:
            raise ValueError("a command holds a line end")
        self._writer.write(command.encode() + b"\r\n")
        await self._writer.drain()
        return await self._answer(phase)

    async def _answer(self, phase: str) -> Answer:
        texts: list[str] = []
        for _ in range(MOST_LINES):
            found = _REPLY.fullmatch((await self._line()).rstrip(b"\r\n"))
            if found is None:
                raise GarbledError("not the answer of a mail server")
            texts.append(found["text"].decode("utf-8", "replace"))
            if found["more"] != b"-":
                return Answer(int(found["code"]), "\n".join(texts), phase)
        raise GarbledError("an answer without end")

    async def _line(self) -> bytes:
        try:
            line = await self._reader.readline()
        except ValueError:
            raise GarbledError("a line without end") from None
        if not line.endswith(b"\n"):
            raise HungUpError("the mail server hung up")
        return line
