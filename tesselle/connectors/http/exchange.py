"""A request, its answer, and whether a byte of it left.

The class of an exception never decides what happened to a call: HTTP libraries report a refused
connection, a failed DNS look-up, a cut after the body and a reset after writing in overlapping
classes. A transport says one thing for sure: was anything written?
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class FilePart:
    """A file in a multipart form, streamed from disk; or `data` when it is at hand."""

    name: str
    filename: str
    mime: str
    path: Path | None = None
    data: bytes = b""

    def read(self) -> bytes:
        return self.path.read_bytes() if self.path is not None else self.data


@dataclass(frozen=True, slots=True)
class Multipart:
    fields: Mapping[str, str] = field(default_factory=dict)
    files: tuple[FilePart, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Request:
    """One HTTP request. `body`: bytes, a file to stream, or a multipart form.

    Some networks take their token in the address: its repr shows no more of it than the server.
    `deadline_seconds` bounds the whole exchange. `fresh_connection` is for irreversible calls
    that can neither be repeated nor looked up.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | Path | Multipart | None = None
    deadline_seconds: float = 30.0
    fresh_connection: bool = False

    @classmethod
    def json(cls, method: str, url: str, data: Any, headers: Mapping[str, str] | None = None) -> "Request":
        body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
        return cls(method, url, {**(headers or {}), "Content-Type": "application/json"}, body)

    def __repr__(self) -> str:
        return f"Request({self.method} {self.origin})"

    @property
    def origin(self) -> str:
        """The server it goes to: scheme, host and port."""
        address = urlsplit(self.url)
        return f"{address.scheme}://{address.netloc.rpartition('@')[2]}"

    def without_address(self, text: str) -> str:
        """The text with this request's address cut down to its origin, for logs and evidence."""
        address = urlsplit(self.url)
        text = re.sub(rf"{re.escape(address.netloc)}[^\s'\"]*", address.netloc.rpartition("@")[2], text)
        for secret in (address.query, address.path.strip("/")):
            text = text.replace(secret, "...") if secret else text
        return text

    def with_deadline(self, seconds: float) -> "Request":
        return replace(self, deadline_seconds=seconds)


@dataclass(frozen=True, slots=True)
class Response:
    """An answer read to its end. Header names are lower-cased; of a header that came more than once, `headers`
    keeps the last and `lines` them all."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    lines: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @classmethod
    def of_lines(cls, status: int, lines: Iterable[tuple[str, str]], body: bytes) -> "Response":
        kept = tuple((name.lower(), value) for name, value in lines)
        return cls(status, dict(kept), body, kept)

    def all_of(self, name: str) -> tuple[str, ...]:
        """Every value of a header, in the order they came: cookies are set one a line."""
        return tuple(value for one, value in self.lines or self.headers.items() if one == name)

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> Any:
        """The parsed body, or None when it is not JSON (proxies like to answer in HTML)."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    def mapping(self) -> dict[str, Any]:
        """The parsed body if it is a JSON object, else an empty one."""
        data = self.json()
        return data if isinstance(data, dict) else {}


@dataclass(frozen=True, slots=True)
class Exchange:
    """What is known about one call. Exactly one of `response` and `cause` is set."""

    written: bool
    response: Response | None = None
    cause: str = ""


LONG_WORD = re.compile(r"[\w-]{16,}")


def without_secrets(exchange: Exchange, secrets: Iterable[str]) -> Exchange:
    """The exchange as it may be kept: some servers quote in their answer what signs in. Long words of
    a secret are blotted out as well, since a part of an address can be all one needs."""
    if exchange.response is None:
        return exchange
    body = exchange.response.body
    for secret in secrets:
        for word in {secret, *LONG_WORD.findall(secret)}:
            body = body.replace(word.encode(), b"...") if word else body
    return replace(exchange, response=replace(exchange.response, body=body))


Gate = Callable[[], None]
"""Called synchronously just before the first byte; raises `GateClosedError` to abort unsent."""


class GateClosedError(Exception):
    """The sender may no longer send: its lock is gone or its deadline has passed."""


class Transport(Protocol):
    async def exchange(self, request: Request, gate: Gate | None = None) -> Exchange:
        """Send once, never again by itself, follow no redirect, raise nothing but cancellation."""
        ...
