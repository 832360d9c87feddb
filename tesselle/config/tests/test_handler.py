"""Pages answered in threads that stay."""

import asyncio
import threading
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from tesselle.config.handler import THREADS, PagesHandler

_all_in = threading.Barrier(THREADS)
_two_in = threading.Barrier(2)


@csrf_exempt
@login_not_required
def told(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{threading.current_thread().name} {request.body.decode()}")


@login_not_required
def together(_request: HttpRequest) -> HttpResponse:
    _all_in.wait(10)  # only where as many are answered at once
    return HttpResponse("all")


@login_not_required
def met(request: HttpRequest) -> HttpResponse:
    try:
        _two_in.wait(float(request.GET["seconds"]))
    except threading.BrokenBarrierError:
        _two_in.reset()
        return HttpResponse("nobody")
    return HttpResponse("another")


@login_not_required
def pieces(_request: HttpRequest) -> StreamingHttpResponse:
    async def parts() -> Any:
        for part in (b"one ", b"two"):
            yield part

    return StreamingHttpResponse(parts())


urlpatterns = [path("told", told), path("together", together), path("met", met), path("pieces", pieces)]


@pytest.fixture(autouse=True)
def addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__


async def ask(handler: PagesHandler, where: str, body: bytes = b"") -> tuple[int, bytes]:
    told = [{"type": "http.request", "body": body, "more_body": False}]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return told.pop(0) if told else await asyncio.Event().wait()  # type: ignore[return-value]

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST" if body else "GET",
        "path": where.partition("?")[0],
        "headers": [(b"host", b"127.0.0.1")],
        "query_string": where.partition("?")[2].encode(),
    }
    await handler(scope, receive, send)
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])


async def test_requests_one_after_the_other_share_a_thread():
    handler = PagesHandler()

    answers = [await ask(handler, "/told") for _ in range(3)]

    assert [status for status, _ in answers] == [200, 200, 200]
    assert len({body for _, body in answers}) == 1


async def test_pages_are_drawn_one_after_the_other():
    """Side by side, each would be ready when the last is: they share one processor."""
    handler = PagesHandler(patience_s=60)

    answers = await asyncio.gather(*(ask(handler, "/met?seconds=0.05") for _ in range(2)))

    assert answers == [(200, b"nobody")] * 2


async def test_one_that_takes_long_lets_the_next_begin_beside_it():
    handler = PagesHandler(patience_s=0)

    answers = await asyncio.gather(*(ask(handler, "/met?seconds=10") for _ in range(2)))

    assert answers == [(200, b"another")] * 2


async def test_as_many_as_there_are_threads_are_answered_at_once():
    handler = PagesHandler()

    answers = await asyncio.gather(*(ask(handler, "/together") for _ in range(THREADS)))

    assert answers == [(200, b"all")] * THREADS


async def test_more_than_there_are_threads_wait_and_are_answered():
    handler = PagesHandler()

    answers = await asyncio.gather(*(ask(handler, "/told") for _ in range(4 * THREADS)))

    assert len(answers) == 4 * THREADS
    assert len({body for _, body in answers}) <= THREADS


async def test_a_body_arrives_and_what_is_told_in_pieces_leaves_whole():
    handler = PagesHandler()

    assert (await ask(handler, "/told", "Zoé".encode()))[1].endswith(" Zoé".encode())
    assert await ask(handler, "/pieces") == (200, b"one two")


async def test_who_goes_away_before_all_is_sent_holds_no_thread():
    handler = PagesHandler()

    async def gone() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(_message: dict[str, Any]) -> None:
        pytest.fail("nobody is there")

    for _ in range(2 * THREADS):
        await handler({"type": "http", "method": "GET", "path": "/told", "headers": []}, gone, send)
    assert (await ask(handler, "/told"))[0] == 200
