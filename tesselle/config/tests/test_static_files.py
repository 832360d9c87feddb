"""Our own files, as a browser asks for them."""

import gzip
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.files.storage import storages
from django.templatetags.static import static

from tesselle.config.static_files import ASKED_AGAIN, KEPT, mark, mark_of, with_static_files

STYLE = "web/css/app.css"
PICTURE = "web/pwa/icon-192.png"


def on_disk(name: str) -> bytes:
    return Path(str(finders.find(name))).read_bytes()


async def ask(name: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"spec_version": "2.4"},
        "method": "GET",
        "path": f"/static/{name}",
        "headers": [(key.replace("_", "-").encode(), value.encode()) for key, value in headers.items()],
    }
    await with_static_files(None)(scope, None, send)
    told = {key.decode(): value.decode() for key, value in sent[0]["headers"]}
    return sent[0]["status"], told, b"".join(one.get("body", b"") for one in sent[1:])


async def test_words_come_packed_and_with_every_protection():
    _, plain, _ = await ask(STYLE)
    status, headers, body = await ask(STYLE, accept_encoding="gzip")

    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert gzip.decompress(body) == on_disk(STYLE)
    assert int(headers["content-length"]) == len(body) < int(plain["content-length"]) / 2
    for kept in (
        "content-security-policy",
        "x-content-type-options",
        "cache-control",
        "content-type",
        "vary",
    ):
        assert headers[kept] == plain[kept]


async def test_what_is_there_already_is_not_sent_again_packed_or_not():
    for accepted in ("", "gzip"):
        _, headers, _ = await ask(STYLE, accept_encoding=accepted)

        status, _, body = await ask(STYLE, accept_encoding=accepted, if_none_match=headers["etag"])

        assert (status, body) == (304, b"")


async def test_a_picture_comes_as_it_is():
    _, headers, body = await ask(PICTURE, accept_encoding="gzip")

    assert "content-encoding" not in headers
    assert body == on_disk(PICTURE)


async def test_below_the_mark_of_this_release_all_is_kept_for_good():
    """Also what the file names beside itself: a style brings in others by their names alone."""
    for name in (STYLE, "web/css/tokens.css"):
        status, headers, _ = await ask(f"{mark()}/{name}")
        assert (status, headers["cache-control"]) == (200, KEPT)

    page = static(STYLE)
    assert page == f"/static/{mark()}/{STYLE}"


async def test_an_open_page_of_an_older_release_still_finds_its_files_and_keeps_none():
    status, headers, _ = await ask(f"r-0123456789ab/{STYLE}")

    assert (status, headers["cache-control"]) == (200, ASKED_AGAIN)


async def test_a_mark_opens_no_other_door():
    assert (await ask(f"{mark()}/../../settings.py"))[0] == 404
    assert (await ask(f"{mark()}/{mark()}/{STYLE}"))[0] == 404


def test_while_one_changes_the_files_nothing_is_kept(settings: Any):
    settings.DEBUG = True

    assert (
        storages["staticfiles"].url("web/css/unlike-any-other.css") == "/static/web/css/unlike-any-other.css"
    )


def test_every_change_of_a_file_makes_another_mark(tmp_path: Path):
    marks: set[str] = set()
    for name, text in (("a.css", "p{}"), ("a.css", "p{top:0}"), ("b.css", "p{top:0}")):
        folder = tmp_path / str(len(marks))
        folder.mkdir()
        (folder / name).write_text(text)
        marks.add(mark_of([str(folder)]))

    assert len(marks) == 3
