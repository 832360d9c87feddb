"""Pages sent packed: a month of the calendar is 174 kB of words and marks, of which 18 go over the line.

What is packed together, a secret and words that a stranger chose, can be guessed from its length (the attack called
BREACH). So our tokens differ in each answer, and each packed answer carries a number of bytes that chance chose, as
Django's own middleware does. That one would also pack pictures and films, and takes three times as long.
"""

import re
from collections.abc import Callable
from gzip import GzipFile
from io import BytesIO
from secrets import randbelow

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

SMALLEST = 1_000
"""Bytes. Less goes in one packet anyhow."""

MOST_CHANCE = 100
"""Bytes put in by chance, at most."""

QUICKEST = 1
"""1 ms for a month of the calendar; higher levels take up to three for a tenth less."""

_WORDS = re.compile(
    r"text/(html|plain|css|javascript|csv|calendar)|application/(json|javascript|manifest\+json)|image/svg\+xml"
)
_TAKEN = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))", re.IGNORECASE)


def is_taken(accept_encoding: str) -> bool:
    """Whether the other side unpacks gzip, by what it says of itself."""
    return bool(_TAKEN.search(accept_encoding))


def is_words(content_type: str) -> bool:
    """Pictures, films and documents are packed already."""
    return bool(_WORDS.match(content_type))


def packed(body: bytes) -> bytes:
    """With a name of file whose length is chance: the format has a place for one, and nobody reads it."""
    buffer = BytesIO()
    name = "x" * (1 + randbelow(MOST_CHANCE))
    with GzipFile(filename=name, mode="wb", compresslevel=QUICKEST, fileobj=buffer, mtime=0) as file:
        file.write(body)
    return buffer.getvalue()


class CompressionMiddleware:
    """The outermost: what it has packed, nobody changes any more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if (
            response.streaming
            or not is_words(response.headers.get("Content-Type", ""))
            or response.has_header("Content-Encoding")
            or len(response.content) < SMALLEST
        ):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if is_taken(request.headers.get("Accept-Encoding", "")):
            response.content = packed(response.content)
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Length"] = str(len(response.content))
        return response
