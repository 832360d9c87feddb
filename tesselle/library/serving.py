"""Answering with a file: in pieces where asked for (a film is jumped about in), never read whole."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import IO
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

BLOCK_BYTES = 256 * 1024
POLICY = "default-src 'none'; sandbox"
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


class _Slice:
    """A part of an open file, closed with the answer."""

    def __init__(self, file: IO[bytes], start: int, length: int) -> None:
        file.seek(start)
        self._file = file
        self._left = length

    def read(self) -> bytes:
        block = self._file.read(min(BLOCK_BYTES, self._left))
        self._left -= len(block)
        return block

    def close(self) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[bytes]:
        while block := self.read():
            yield block


class FileAnswer(StreamingHttpResponse):
    """Django's own would read the whole file into memory under ASGI: its iterators are not awaited."""

    def __init__(self, part: _Slice, **more: object) -> None:
        super().__init__(part, **more)
        self._part = part

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            while block := await asyncio.to_thread(self._part.read):
                yield block
        finally:
            self._part.close()


def file_answer(
    request: HttpRequest, path: Path, *, mime: str, shown_as: str, attachment: bool = False
) -> HttpResponseBase:
    """The file, or the one range of it that was asked for. Raises FileNotFoundError."""
    file = path.open("rb")
    size = path.stat().st_size
    wanted = _wanted(request.headers.get("Range", ""), size)
    if wanted is None:
        file.close()
        return _harmless(HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"}))
    start, length = wanted
    partial = length < size
    answer = FileAnswer(_Slice(file, start, length), status=206 if partial else 200, content_type=mime)
    answer.headers["Content-Length"] = str(length)
    answer.headers["Accept-Ranges"] = "bytes"
    if partial:
        answer.headers["Content-Range"] = f"bytes {start}-{start + length - 1}/{size}"
    how = "attachment" if attachment else "inline"
    answer.headers["Content-Disposition"] = f"{how}; filename*=utf-8''{quote(shown_as)}"
    return _harmless(answer)


def _harmless(answer: HttpResponseBase) -> HttpResponseBase:
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _wanted(header: str, size: int) -> tuple[int, int] | None:
    """Start and length; the whole for anything but one plain range; None: it lies outside."""
    found = _RANGE.fullmatch(header.strip())
    if found is None or not any(found.groups()):
        return 0, size
    first, last = found.groups()
    if not first:  # the last so many bytes
        length = min(int(last), size)
        return (size - length, length) if length else None
    start = int(first)
    end = min(int(last), size - 1) if last else size - 1
    return (start, end - start + 1) if start <= end else None
