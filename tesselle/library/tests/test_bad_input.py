"""What cannot be used is said in one sentence, in both languages, and nothing of it is kept."""

from pathlib import Path
from unittest.mock import patch

import pytest
import pyvips
from django.test import Client
from django.utils import translation

from tesselle.library import refusals
from tesselle.library.models import Asset
from tesselle.library.tests import documents, films
from tesselle.library.tests.pictures import heic, picture, upload
from tesselle.web.sentences import say

HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def bomb() -> bytes:
    data: bytes = pyvips.Image.black(20_000, 6_000).pngsave_buffer(compression=9)
    return data


def photo_of_100_megabytes() -> bytes:
    return picture() + b"\x00" * 100_000_000


def cut_film() -> bytes:
    data = films.plain_film()
    return data[: len(data) // 2]


def without_index() -> bytes:
    """A film whose recording was cut off: its index comes last, and never came."""
    return b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  \x00\x00\x20\x00mdat" + b"\x01" * 8000


BAD = {
    "nothing in it": (b"", "is empty"),
    "a page named .jpg": (HTML, "is a web page"),
    "an SVG with script": (SVG, "is an SVG drawing"),
    "an SVG that begins as XML does": (b"<?xml version='1.0'?>\n" + SVG, "is an SVG drawing"),
    "something else": (b"PK\x03\x04 an archive", "neither a picture nor a film"),
    "a locked PDF": (documents.locked_pdf(), "locked with a password"),
    "a PDF of too many pages": (documents.page_of(300, 400, 101), "more than 100 pages"),
    "a PDF without pages": (documents.page_of(300, 400, 0), "damaged or cut off"),
    "a PDF with a strip of a page": (documents.page_of(10, 900), "a mere strip"),
    "a cut PDF": (b"%PDF-1.7\n1 0 obj <</Type/Catalog", "damaged or cut off"),
    "a cut photo": (picture(400, 400)[:600], "damaged or cut off"),
    "only the first bytes right": (b"\xff\xd8\xff\xe0 not really", "damaged or cut off"),
    "a cut HEIC": (heic()[:300], "damaged or cut off"),
    "a cut film": (cut_film(), "damaged or cut off"),
    "a film without its end": (without_index(), "damaged or cut off"),
    "only sound": (films.only_sound(), "sound but no picture"),
    "a bomb": (bomb(), "too many pixels"),
    "an absurd film": (films.absurd_film(), "too many pixels"),
}


@pytest.mark.parametrize(("data", "words"), BAD.values(), ids=BAD.keys())
def test_it_is_said_and_nothing_is_kept(
    as_alice: Client, media_folder: Path, data: bytes, words: str
) -> None:
    answer = as_alice.post(
        "/media/upload",
        {"files": upload(data, "photo.jpg")},
        headers={"X-Upload": "one", "Accept-Language": "en"},
    )

    assert answer.status_code == 422
    with translation.override("en"):
        assert words in answer.content.decode() or _french(words) in answer.content.decode()
    assert not Asset.objects.exists()
    assert not [path for path in media_folder.rglob("*") if path.is_file()]


def _french(words: str) -> str:
    sentence = next(text for text in refusals.SENTENCES.values() if words in text)
    with translation.override("fr"):
        return say(sentence).partition("%(name)s")[2][2:40]


def test_a_photo_of_100_megabytes_is_refused_with_both_numbers(as_alice: Client, media_folder: Path) -> None:
    answer = as_alice.post(
        "/media/upload", {"files": upload(photo_of_100_megabytes(), "photo.jpg")}, headers={"X-Upload": "one"}
    )

    assert answer.status_code == 422
    assert "100" in answer.content.decode() and "60" in answer.content.decode()
    assert not Asset.objects.exists()


def test_what_arrives_shorter_than_it_was_is_not_kept(as_alice: Client) -> None:
    data = picture()
    answer = as_alice.post(
        "/media/upload",
        {"files": upload(data[:-5], "photo.jpg")},
        headers={"X-Upload": "one", "X-File-Size": str(len(data))},
    )

    assert answer.status_code == 422
    assert not Asset.objects.exists()


def test_the_good_ones_of_several_are_kept_and_the_bad_ones_named(as_alice: Client) -> None:
    answer = as_alice.post(
        "/media/upload", {"files": [upload(picture(), "good.jpg"), upload(HTML, "bad.jpg")]}
    )

    assert answer.status_code == 422
    assert "bad.jpg" in answer.content.decode()
    assert [asset.original_name for asset in Asset.objects.all()] == ["good.jpg"]


def test_a_full_disk_is_named(as_alice: Client) -> None:
    with patch("tesselle.library.services.uploading._written", side_effect=OSError(28, "No space left")):
        answer = as_alice.post(
            "/media/upload", {"files": upload(picture(), "photo.jpg")}, headers={"X-Upload": "one"}
        )

    assert answer.status_code == 422
    assert not Asset.objects.exists()


@pytest.mark.parametrize("sentence", [*refusals.SENTENCES.values(), refusals.TOO_BIG])
def test_every_sentence_is_there_in_french(sentence: str) -> None:
    with translation.override("fr"):
        assert say(sentence) != sentence
