"""Visiting pages of a running server: signed in like a person, several at once, every answer read."""

import asyncio
import html
import re
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

import aiohttp

SIGN_IN = "/account/login/"
PATIENCE_S = 60.0

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_MAIN = re.compile(r"<main\b.*?</main>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
LEAST_WORDS = 3


class PageFailedError(Exception):
    """A page answered with an error, elsewhere, or without what it should show."""


@dataclass(frozen=True, slots=True)
class Page:
    """`shows`: words of our data that must stand in its main part; empty: any words will do."""

    name: str
    url: str
    shows: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


class Sending(Protocol):
    """Something that is sent again and again, each time with other values."""

    @property
    def url(self) -> str: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    def form(self, number: int) -> dict[str, str]: ...
    def check(self, answer: Answer) -> None: ...


@dataclass(frozen=True, slots=True)
class Visits:
    """Of one page: the seconds of each answer, sorted, and the size of one."""

    seconds: tuple[float, ...]
    bytes: int

    def percentile_ms(self, share: float) -> float:
        place = min(len(self.seconds) - 1, int(len(self.seconds) * share))
        return round(self.seconds[place] * 1000, 1)


class Visitor:
    """One browser's cookies over so many connections."""

    def __init__(self, base: str, connections: int) -> None:
        self._base = base
        self.connections = connections
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=connections),
            cookie_jar=aiohttp.CookieJar(unsafe=True),  # an address is no name, but has cookies too
            timeout=aiohttp.ClientTimeout(total=PATIENCE_S),
            headers={"Accept-Language": "fr"},
        )

    async def close(self) -> None:
        await self._session.close()

    async def wait_for_server(self) -> None:
        end = time.monotonic() + PATIENCE_S
        while True:
            try:
                async with self._session.get(self._base + SIGN_IN) as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientConnectionError:
                if time.monotonic() > end:
                    raise
            await asyncio.sleep(0.05)

    async def sign_in(self, email: str, password: str) -> str:
        """Through the form, like anybody; returns the session's key."""
        async with self._session.get(self._base + SIGN_IN) as answer:
            token = _TOKEN.search(await answer.text())
        if token is None:
            raise PageFailedError("the sign-in page has no form")
        form = {"login": email, "password": password, "csrfmiddlewaretoken": token[1]}
        async with self._session.post(self._base + SIGN_IN, data=form, allow_redirects=False) as answer:
            if answer.status != 302:
                raise PageFailedError(f"signing in was answered with {answer.status}")
        cookies = {cookie.key: cookie.value for cookie in self._session.cookie_jar}
        return cookies["sessionid"]

    async def read(self, url: str) -> str:
        async with self._session.get(self._base + url, allow_redirects=False) as answer:
            return await answer.text()

    async def visit(self, page: Page, times: int) -> Visits:
        """So often, over all connections at once."""
        seen, answers = await self._repeat(
            range(times), lambda _number: self._session.get(self._base + page.url, allow_redirects=False)
        )
        for answer in answers:
            check(page, answer.status, answer.text)
        return seen

    async def send(self, what: Sending, numbers: range) -> Visits:
        """Once for each number, over all connections at once."""
        headers = {"Referer": self._base + "/", "Origin": self._base, **what.headers}
        seen, answers = await self._repeat(
            numbers,
            lambda number: self._session.post(
                self._base + what.url, data=what.form(number), headers=headers, allow_redirects=False
            ),
        )
        for answer in answers:
            what.check(answer)
        return seen

    async def _repeat(
        self,
        numbers: range,
        ask: Callable[[int], AbstractAsyncContextManager[aiohttp.ClientResponse]],
    ) -> tuple[Visits, list[Answer]]:
        """The answers are judged when all have come: a visitor who thinks in between would take the processor
        from the pages that are measured."""
        left = iter(numbers)
        seconds: list[float] = []
        answers: list[Answer] = []

        async def one_connection() -> None:
            for number in left:
                begun = time.perf_counter()
                async with ask(number) as answer:
                    body = await answer.read()
                seconds.append(time.perf_counter() - begun)
                answers.append(Answer(answer.status, body))

        lines = [asyncio.create_task(one_connection()) for _ in range(self.connections)]
        try:
            await asyncio.gather(*lines)
        finally:
            # One that failed ends the others, and leaves none behind.
            for line in lines:
                line.cancel()
            await asyncio.gather(*lines, return_exceptions=True)
        return Visits(tuple(sorted(seconds)), max(len(answer.body) for answer in answers)), answers


def check(page: Page, status: int, body: str) -> None:
    """Raises:
    PageFailedError: what came is not this page with something in it.
    """
    if status != 200:
        raise PageFailedError(f"{page.name} ({page.url}) was answered with {status}")
    main = _MAIN.search(body)
    words = html.unescape(_TAG.sub(" ", main[0])) if main else ""
    if len(words.split()) < LEAST_WORDS:
        raise PageFailedError(f"{page.name} ({page.url}) is empty")
    if page.shows not in words:
        raise PageFailedError(f"{page.name} ({page.url}) does not show “{page.shows}”")
