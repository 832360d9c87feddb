"""A real mail server over loopback (aiosmtpd), with the moods that mail servers have."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiosmtpd.smtp import SMTP, AuthResult


@dataclass(slots=True)
class Mailbox:
    """`moods`: by recipient, what happens to a mail to them: a code and words at RCPT (`rcpt 450 ...`) or
    for the whole mail (`data 554 ...`); `cut before`, `cut after` its final dot; `garbage`; `silence`."""

    moods: dict[str, str] = field(default_factory=dict)
    mails: list[tuple[str, bytes]] = field(default_factory=list)
    lines: int = 0
    greeting: str = ""
    password: str = "right"

    def addresses(self) -> list[str]:
        return [address for address, _ in self.mails]

    def authenticate(self, _server, _session, _envelope, _mechanism, data) -> AuthResult:
        return AuthResult(success=data.password.decode() == self.password, handled=False)

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        if address.startswith("stranger"):
            return "553 5.7.1 not your address"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        mood = self.moods.get(address, "")
        if mood.startswith("rcpt "):
            return mood.removeprefix("rcpt ")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        (address,) = envelope.rcpt_tos
        mood = self.moods.get(address, "")
        if mood.startswith("data "):
            return mood.removeprefix("data ")
        self.mails.append((address, envelope.content))
        if mood == "cut after":
            server.transport.abort()
        elif mood == "garbage":
            return "%% whatever"
        elif mood == "silence":
            await asyncio.sleep(3600)
        return "250 OK"


class _Server(SMTP):
    """Hangs up in the middle of a mail where the recipient's mood wants it so."""

    async def smtp_DATA(self, arg):  # noqa: N802 - aiosmtpd's name
        mailbox: Mailbox = self.event_handler
        if self.envelope.rcpt_tos and mailbox.moods.get(self.envelope.rcpt_tos[0]) == "cut before":
            await self.push("354 go on")
            await self._reader.readline()
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


@asynccontextmanager
async def mail_server(mailbox: Mailbox, **options):
    """Gives its port."""
    loop = asyncio.get_running_loop()
    open_lines = []

    def line():
        mailbox.lines += 1
        made = _Server(mailbox, loop=loop, hostname="mail.example", **options)
        open_lines.append(made)
        return made

    server = await loop.create_server(line, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for one in open_lines:
            if one.transport is not None:
                one.transport.abort()
            if one._handler_coroutine is not None:
                one._handler_coroutine.cancel()
        await asyncio.gather(
            *(one._handler_coroutine for one in open_lines if one._handler_coroutine), return_exceptions=True
        )
        await server.wait_closed()
