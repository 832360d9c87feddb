"""The transport for addresses that begin with smtp.

| address | how it is protected |
| --- | --- |
| `smtp://host:587` | STARTTLS, which the server must offer |
| `smtps://host:465` | TLS from the first byte |
| `smtp-plain://host:25` | not at all: for a server of one's own network |

`POST /mail` sends the body to one recipient; `GET /hello` signs in and asks whether the sender may send, and
sends nothing. Headers: `authorization` (basic), `mail-from`, `rcpt-to`. The answer's status is the mail
server's own code, and `smtp-phase` says what it answered to; no other answer has that header.
"""

import asyncio
import base64
import ssl
from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlsplit

from tesselle.connectors.http.exchange import Exchange, Gate, GateClosedError, Request, Response
from tesselle.connectors.http.guarded import REFUSED, Guard
from tesselle.connectors.smtp.line import Answer, Line

PORTS = {"smtp": 587, "smtps": 465, "smtp-plain": 25}
SCHEMES = frozenset(PORTS)
MAILS_A_LINE = 100
IDLE_SECONDS = 15.0
"""Servers drop a silent line after minutes (RFC 5321, 4.5.3.2); we let go of it long before."""

_NO_TLS = Answer(523, "STARTTLS is not offered here", "starttls")
_NO_SIGN_IN = Answer(503, "signing in is not offered here", "auth")


@dataclass(frozen=True, slots=True)
class Envelope:
    """Whom a mail goes from and to, and who signs in: read from a request's headers."""

    sender: str
    recipient: str
    user: str
    password: str

    @classmethod
    def of(cls, request: Request) -> "Envelope":
        headers = {name.lower(): value for name, value in request.headers.items()}
        signed = base64.b64decode(headers.get("authorization", "").partition(" ")[2]).decode()
        user, _, password = signed.partition(":")
        return cls(headers.get("mail-from", ""), headers.get("rcpt-to", ""), user, password)


class _AnsweredError(Exception):
    """The server said something else than yes."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.text)
        self.answer = answer


@dataclass(slots=True)
class _Sending:
    written: bool = False


Key = tuple[str, str, str]
"""Who one signs in as, and where: a line is used again by nobody else."""


class SmtpTransport:
    """One per event loop. `context`: how servers prove who they are (tests bring their own)."""

    def __init__(
        self, guard: Guard, *, name: str = "localhost", context: ssl.SSLContext | None = None
    ) -> None:
        self._guard = guard
        self._name = name
        self._context = context
        self._idle: dict[Key, list[Line]] = defaultdict(list)

    async def exchange(self, request: Request, gate: Gate | None = None) -> Exchange:
        sending = _Sending()
        try:
            async with asyncio.timeout(request.deadline_seconds):
                answer = await self._conversation(request, sending, gate)
        except TimeoutError:
            return Exchange(sending.written, cause="no answer in time")
        except GateClosedError as closed:
            return Exchange(sending.written, cause=str(closed))
        except Exception as error:  # noqa: BLE001 - the class says nothing; `written` does
            return Exchange(sending.written, cause=f"{type(error).__name__}: {error}"[:300])
        headers = {"smtp-phase": answer.phase, "content-type": "text/plain"}
        return Exchange(True, Response(answer.code, headers, answer.text.encode()))

    async def _conversation(self, request: Request, sending: _Sending, gate: Gate | None) -> Answer:
        envelope = Envelope.of(request)
        key = (request.origin, envelope.user, envelope.password)
        line: Line | None = None
        try:
            line = await self._again(key) or await self._opened(request, envelope)
            _must(await line.sender(envelope.sender))
            if request.method == "GET":
                answer = Answer(250, "ready", "sender")
            else:
                answer = await self._mail(line, envelope, request, sending, gate)
        except _AnsweredError as answered:
            answer = answered.answer
        except BaseException:
            if line is not None:
                line.drop()
            raise
        if line is not None:
            await self._put_back(key, line, answer)
        return answer

    async def _mail(
        self, line: Line, envelope: Envelope, request: Request, sending: _Sending, gate: Gate | None
    ) -> Answer:
        _must(await line.recipient(envelope.recipient))
        _must(await line.begin_data())
        assert isinstance(request.body, bytes)
        await line.words(request.body)
        if gate is not None:
            gate()
        sending.written = True
        line.end_data()
        return await line.taken()

    async def _again(self, key: Key) -> Line | None:
        """A line that was put back, if it still stands. Nothing of the new mail was said on it yet."""
        while self._idle[key]:
            line = self._idle[key].pop()
            try:
                async with asyncio.timeout(5.0):
                    if (await line.reset()).ok:
                        return line
            except Exception:  # noqa: BLE001 - dead, in whatever way: another one is opened
                line.drop()
        return None

    async def _put_back(self, key: Key, line: Line, answer: Answer) -> None:
        """After a yes, or a no that was about one recipient alone; anything else ends the line."""
        is_good = answer.ok or (answer.phase == "recipient" and answer.code != 421)
        if not is_good or line.mails >= MAILS_A_LINE:
            line.drop()
            return
        self._idle[key].append(line)
        asyncio.get_running_loop().call_later(IDLE_SECONDS, self._let_go, key, line)

    def _let_go(self, key: Key, line: Line) -> None:
        if line in self._idle[key]:
            self._idle[key].remove(line)
            line.drop()

    async def _opened(self, request: Request, envelope: Envelope) -> Line:
        """Connected, protected and signed in. Raises _AnsweredError: it said no."""
        address = urlsplit(request.url)
        host, scheme = address.hostname or "", address.scheme
        line = await self._connected(host, address.port or PORTS[scheme], protected=scheme == "smtps")
        try:
            _must(await line.greeting())
            _must(await line.hello(self._name))
            if scheme == "smtp":
                if "STARTTLS" not in line.offers:
                    raise _AnsweredError(_NO_TLS)
                _must(await line.protect(self._tls(), host))
                _must(await line.hello(self._name))
            if envelope.user:
                if "AUTH" not in line.offers:
                    raise _AnsweredError(_NO_SIGN_IN)
                _must(await line.sign_in(envelope.user, envelope.password))
        except BaseException:
            line.drop()
            raise
        return line

    async def _connected(self, host: str, port: int, *, protected: bool) -> Line:
        """To an address that may be spoken to, resolved once (see `http.guarded`)."""
        found = await asyncio.get_running_loop().getaddrinfo(host, port, proto=6)
        allowed = [str(place[4][0]) for place in found if self._guard.allows(host, str(place[4][0]))]
        if not allowed:
            raise OSError(REFUSED)
        context, name = (self._tls(), host) if protected else (None, None)
        last: OSError | None = None
        for address in dict.fromkeys(allowed):
            try:
                return Line(*await asyncio.open_connection(address, port, ssl=context, server_hostname=name))
            except OSError as error:
                last = error
        assert last is not None
        raise last

    def _tls(self) -> ssl.SSLContext:
        if self._context is None:
            self._context = ssl.create_default_context()
        return self._context

    async def close(self) -> None:
        lines = [line for some in self._idle.values() for line in some]
        self._idle.clear()
        await asyncio.gather(*(line.quit() for line in lines))


def _must(answer: Answer) -> None:
    if not answer.ok:
        raise _AnsweredError(answer)
