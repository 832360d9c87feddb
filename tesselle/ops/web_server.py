"""The pages: two processes on one listening socket, so that one slow page does not stop the other."""

import asyncio
import gc
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn
from django.conf import settings
from django.utils import translation
from django.utils.module_loading import import_string

from tesselle.domain.messages import N_, Message
from tesselle.ops.errors import ListenError
from tesselle.ops.spreading import Shares, spreading
from tesselle.ops.supervisor import Forked
from tesselle.web.live.process import close as close_streams

PROCESSES = 2
WAITING = 512
"""Connections that the system holds until a process takes them."""

ACCEPTED_AT_ONCE = 1
"""A loop takes as many as its backlog says at one go: the process that wakes first would take all that a
browser opens, and the other would idle."""

COLLECT_AFTER = (20_000, 20, 20)
"""A page makes and drops thousands of objects: looking for circles after every 700 cost a tenth of it."""


def listening(host: str, port: int) -> socket.socket:
    """A socket that takes connections from now on; they wait until a process accepts them.

    Raises:
        ListenError: the port is taken, or the address is not ours.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, for else the loop does not tell its connections to send at once: a page's head would go out, and
    # its body wait 40 ms for the other side to say that the head has come.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        sentence = N_(
            "The pages cannot be served on %(host)s, port %(port)d (%(reason)s). "
            "Choose another port with --port."
        )
        params: dict[str, str | int] = {"host": host, "port": port, "reason": error.strerror or str(error)}
        raise ListenError(Message(sentence, params)) from error
    listener.listen(WAITING)
    return listener


class _Server(uvicorn.Server):
    """Ends with status 0 when asked to; the original raises the signal again. Live streams end first:
    they would never be finished. Ten times a second the others learn how many connections it holds."""

    def __init__(self, config: uvicorn.Config, shares: Shares, place: int) -> None:
        super().__init__(config)
        self._shares, self._place = shares, place

    def holds_too_many(self) -> bool:
        return self._shares.is_over(self._place, len(self.server_state.connections))

    async def on_tick(self, counter: int) -> bool:
        self._shares.note(self._place, len(self.server_state.connections))
        return await super().on_tick(counter)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listener in sockets or ():
            listener.listen(WAITING)  # the loop has shortened it to its own backlog

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        close_streams()
        super().handle_exit(sig, frame)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield


def serve_pages(listener: socket.socket, shares: Shares, place: int) -> None:
    """Until SIGTERM: then takes nothing new and finishes what it holds. `place`: among those who share."""
    gc.set_threshold(*COLLECT_AFTER)
    _keep_sessions()
    pages = import_string(settings.ASGI_APPLICATION)

    config = uvicorn.Config(
        spreading(pages, lambda: server.holds_too_many()),
        loop="asyncio",
        backlog=ACCEPTED_AT_ONCE,
        http="httptools",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        # Behind a proxy on this machine the visitor's address and scheme are the proxy's to tell.
        proxy_headers=True,
        forwarded_allow_ips="127.0.0.1,::1",
        timeout_graceful_shutdown=10,
    )
    server = _Server(config, shares, place)
    asyncio.run(server.serve(sockets=[listener]))


def page_servers(listener: socket.socket, processes: int = PROCESSES) -> list[Forked]:
    """The processes that serve pages, for a supervisor."""
    shares = Shares(processes)

    def at(place: int) -> Callable[[], None]:
        return lambda: serve_pages(listener, shares, place)

    return [Forked("web", at(place)) for place in range(processes)]


def _keep_sessions() -> None:
    """Each thread that answers keeps its database session (`config/handler.py`)."""
    from django.db import connections

    connections.settings["default"]["CONN_MAX_AGE"] = None


def preload() -> None:
    """Import what every process needs before they are forked: their memory is then shared."""
    from django.urls import get_resolver

    from tesselle.networks import plugin, slugs

    import_string(settings.ASGI_APPLICATION)
    for slug in slugs():
        plugin(slug)
    _ = get_resolver().url_patterns
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            pass  # the words of all folders are read now
