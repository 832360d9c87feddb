"""A request that is too large is refused before it is read: no page could say no any earlier."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


def with_bounded_bodies(application: Application, most_bytes: int) -> Application:
    """What says its length is answered with 413; what does not is cut off once it passes the bound."""

    async def bounded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
        elif _told(scope) > most_bytes:
            await _refuse(scope, send, most_bytes)
        else:
            await application(scope, _counted(receive, most_bytes), send)

    return bounded


def _header(scope: Scope, name: bytes) -> str:
    found = (value for key, value in scope["headers"] if key == name)
    return str(next(found, b"").decode("latin-1"))


def _told(scope: Scope) -> int:
    told = _header(scope, b"content-length")
    return int(told) if told.isascii() and told.isdecimal() else 0


def _counted(receive: Receive, most_bytes: int) -> Receive:
    read = 0

    async def counted() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        return message if read <= most_bytes else {"type": "http.disconnect"}

    return counted


async def _refuse(scope: Scope, send: Send, most_bytes: int) -> None:
    """The connection ends with it: the body that follows is nobody's."""
    with translation.override(_language(scope)):
        sentence = gettext(
            "This is larger than the %(limit)s MB that are taken at once. Nothing was kept: export it smaller, "
            "then add it again."
        )
    body = (sentence % {"limit": most_bytes // 1_000_000}).encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"content-security-policy", b"default-src 'none'"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _language(scope: Scope) -> str:
    for accepted in _header(scope, b"accept-language").split(","):
        try:
            return translation.get_supported_language_variant(accepted.partition(";")[0].strip())
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
