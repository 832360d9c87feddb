"""Django's way in, with one hop: everything a request needs happens in one thread that stays.

Django's own ASGI handler gives each request a new thread (and another to end it), crosses between that
thread and the event loop at every middleware, and so needs a database session for each request. Here
a few threads stay, each with its session; a request waits for one of them, in order.

Threads of one process share one processor: four pages at once are each ready when the last is. So they are drawn one
after the other, the first in a quarter of the time and the last no later, unless the one at it takes long.
"""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, cast

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix

THREADS = 8
"""Requests at once in one process, and its sessions at the database; more wait, in order."""

PATIENCE_S = 0.05
"""A page is drawn within it. Who is not ready by then waits for something (a network, a lock, a large file), and the
next one begins beside it."""


class Turns:
    """One after the other, in order. A turn ends with the work, or when it has lasted `patience_s`."""

    def __init__(self, patience_s: float) -> None:
        self._patience_s = patience_s
        self._free = asyncio.Semaphore(1)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        await self._free.acquire()
        over = False

        def end() -> None:
            nonlocal over
            if not over:
                over = True
                self._free.release()

        timer = asyncio.get_running_loop().call_later(self._patience_s, end)
        try:
            yield
        finally:
            timer.cancel()
            end()


class PagesHandler(ASGIHandler):
    """An ASGI application. All our views are ordinary ones; what streams does so by itself."""

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        super().__init__()
        self._turns = Turns(patience_s)
        self._idle: asyncio.LifoQueue[Executor] | None = None

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def handle(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        async with self._turns.turn(), self._thread() as thread, ThreadSensitiveContext(executor=thread):
            response = await sync_to_async(self._answer)(scope, body)
        try:
            await self.send_response(response, send)
        finally:
            if response.streaming:
                await asyncio.to_thread(response.close)
            body.close()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        assert scope["type"] == "http"
        await self.handle(scope, receive, send)

    @asynccontextmanager
    async def _thread(self) -> AsyncIterator[Executor]:
        """One that is free: the one used last, which is still warm."""
        if self._idle is None:  # made in the process that serves, not in the one it was forked from
            self._idle = asyncio.LifoQueue()
            for number in range(THREADS):
                self._idle.put_nowait(ThreadPoolExecutor(1, thread_name_prefix=f"pages-{number}"))
        thread = await self._idle.get()
        try:
            yield thread
        finally:
            self._idle.put_nowait(thread)

    def _answer(self, scope: Any, body: Any) -> HttpResponseBase:
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, refusal = self.create_request(scope, body)
        response = cast(HttpResponse, refusal) if request is None else self.get_response(request)
        response._handler_class = self.__class__  # type: ignore[attr-defined]
        if not response.streaming:
            response.close()
        return response
