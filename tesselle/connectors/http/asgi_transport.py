"""The transport of a practice world: the network's sandbox, called in this process.

Faults answer at once here: nothing waits on a real clock. `written` is told by the sandbox's
fault script through the `tesselle.cut` extension.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from aiohttp import FormData
from aiohttp.abc import AbstractStreamWriter

from tesselle.connectors.http.exchange import (
    Exchange,
    Gate,
    GateClosedError,
    Multipart,
    Request,
    Response,
)

AsgiApp = Callable[
    [
        MutableMapping[str, Any],
        Callable[[], Awaitable[MutableMapping[str, Any]]],
        Callable[[MutableMapping[str, Any]], Awaitable[None]],
    ],
    Awaitable[None],
]


class CutError(Exception):
    """The sandbox cuts the connection. `written` False: before the request was read."""

    def __init__(self, why: str, *, written: bool = True) -> None:
        super().__init__(why)
        self.written = written


class AsgiTransport:
    """`app_for` names the application that answers for a host, None for a host that is not there."""

    def __init__(self, app_for: Callable[[str], AsgiApp | None]) -> None:
        self._app_for = app_for

    async def exchange(self, request: Request, gate: Gate | None = None) -> Exchange:
        address = urlsplit(request.url)
        app = self._app_for(address.netloc)
        if app is None:
            return Exchange(False, cause=f"no such server in this practice world: {address.netloc}")
        headers, body = await _encoded(request)
        if gate is not None:
            try:
                gate()
            except GateClosedError as closed:
                return Exchange(False, cause=str(closed))
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": request.method,
            "scheme": address.scheme,
            "path": unquote(address.path) or "/",
            "raw_path": (address.path or "/").encode(),
            "query_string": address.query.encode(),
            "root_path": "",
            "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
            "server": (address.hostname or "", address.port or 443),
            "client": ("127.0.0.1", 0),
            "extensions": {"tesselle.in_process": {}},
        }
        return await _run(app, scope, body)


async def _run(app: AsgiApp, scope: MutableMapping[str, Any], body: bytes) -> Exchange:
    status, chunks = 0, []
    lines: list[tuple[str, str]] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        nonlocal status, lines
        if message["type"] == "http.response.start":
            status = message["status"]
            lines = [(name.decode(), value.decode()) for name, value in message["headers"]]
        elif message["type"] == "http.response.body":
            chunks.append(message.get("body", b""))

    try:
        await app(scope, receive, send)
    except CutError as cut:
        return Exchange(cut.written, cause=str(cut))
    return Exchange(True, Response.of_lines(status, lines, b"".join(chunks)))


class _Collector(AbstractStreamWriter):
    """Takes what aiohttp would have written to a socket."""

    def __init__(self) -> None:
        self.data = bytearray()

    async def write(self, chunk: bytes | bytearray | memoryview) -> None:
        self.data += chunk

    async def write_eof(self, chunk: bytes = b"") -> None:
        self.data += chunk

    async def drain(self) -> None: ...

    def enable_compression(self, encoding: str = "deflate", strategy: int | None = None) -> None: ...

    def enable_chunking(self) -> None: ...

    async def write_headers(self, status_line: str, headers: Any) -> None: ...


async def _encoded(request: Request) -> tuple[dict[str, str], bytes]:
    """The headers and bytes that would go over the wire; forms are encoded by aiohttp itself."""
    headers = {"host": urlsplit(request.url).netloc, **request.headers}
    if isinstance(request.body, Path):
        return headers, request.body.read_bytes()
    if not isinstance(request.body, Multipart):
        return headers, request.body or b""
    form = FormData(quote_fields=True)
    for name, value in request.body.fields.items():
        form.add_field(name, value)
    for part in request.body.files:
        form.add_field(part.name, BytesIO(part.read()), filename=part.filename, content_type=part.mime)
    payload = form()
    collector = _Collector()
    await payload.write(collector)
    return {**headers, **dict(payload.headers)}, bytes(collector.data)
