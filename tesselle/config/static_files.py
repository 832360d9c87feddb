"""Serves `/static/` from every application's own folder. What people upload is never served here."""

import os
import re
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.staticfiles import PathLike, StaticFiles
from starlette.types import Scope

from tesselle.web.compression import is_taken, is_words, packed

ASKED_AGAIN = "no-cache"
"""Answered 304 from the ETag: nothing is sent twice."""

KEPT = "public, max-age=31536000, immutable"
"""Below the mark of this release: a page has sixty files, and a phone asks for none of them a second time."""

_MARKED = re.compile(r"(?P<mark>r-[0-9a-f]{12})/(?P<path>.*)")

# A drawing that is opened by itself is a document: it may not run anything either.
_HARMLESS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
}


class Storage(StaticFilesStorage):
    """Named by the setting `STORAGES`: where each file is, worked out once. A page names a hundred.

    `/static/r-0f3a…/web/css/app.css`: what a file names beside itself (`@import`, `import`) lies below the same mark,
    so that all of a release is kept together, and a new one is seen at once. While one changes the files
    (`TESSELLE_DEBUG`) they have plain addresses.
    """

    def url(self, name: str | None) -> str:
        return _address(self, name or "")


@cache
def _address(storage: StaticFilesStorage, name: str) -> str:
    plain = StaticFilesStorage.url(storage, name)
    return (
        plain if settings.DEBUG else plain.replace(settings.STATIC_URL, f"{settings.STATIC_URL}{mark()}/", 1)
    )


@cache
def mark() -> str:
    """What this release's files are told from those of others by: the same on each machine that serves it."""
    return mark_of(folders())


def mark_of(folders: Sequence[str]) -> str:
    told = blake2b(digest_size=6)
    for folder in folders:
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                told.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return f"r-{told.hexdigest()}"


class _AppFolders(StaticFiles):
    def __init__(self, folders: Sequence[PathLike]) -> None:
        super().__init__()
        self.all_directories = list(folders)

    def file_response(
        self, full_path: PathLike, stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = KEPT if scope["is_of_this_release"] else ASKED_AGAIN
        response.headers.update(_HARMLESS)
        response.headers["Vary"] = "Accept-Encoding"
        if not isinstance(response, FileResponse) or not is_words(response.headers["Content-Type"]):
            return response
        if not is_taken(Headers(scope=scope).get("Accept-Encoding", "")):
            return response
        headers = {**response.headers, "content-encoding": "gzip", "etag": f"W/{response.headers['ETag']}"}
        del headers["content-length"]
        return Response(_packed(str(full_path), stat_result.st_mtime_ns), status_code, headers)


@cache
def _packed(path: str, _changed_at: int) -> bytes:
    """A file's bytes, packed once for as long as it stays as it is."""
    return packed(Path(path).read_bytes())


def folders() -> list[str]:
    return [storage.location for finder in get_finders() for _, storage in _storages(finder)]


def _storages(finder: Any) -> list[tuple[str, Any]]:
    return list(getattr(finder, "storages", {}).items())


def with_static_files(pages: Any) -> Any:
    """An ASGI application around `pages`."""
    static = _AppFolders(folders())
    prefix, ours = settings.STATIC_URL, mark()

    async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(prefix):
            await pages(scope, receive, send)
            return
        path = scope["path"].removeprefix(prefix)
        marked = _MARKED.match(path)
        below = {
            **scope,
            "path": "/" + (marked["path"] if marked else path),
            "root_path": "",
            "is_of_this_release": marked is not None and marked["mark"] == ours,
        }
        try:
            await static(below, receive, send)
        except HTTPException as error:
            answer = PlainTextResponse(error.detail, error.status_code, _HARMLESS)
            await answer(scope, receive, send)

    return application
