"""Captions: read as people write them, kept as files, burnt into a film of their own."""

import asyncio
from pathlib import Path

import av
import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tesselle.domain.errors import RuleError
from tesselle.library import storage
from tesselle.library.captions import Cue, as_srt, as_vtt, read
from tesselle.library.decoding import prepare
from tesselle.library.models import Asset, Rendition
from tesselle.library.services import add_upload
from tesselle.library.services.captioning import captions_of
from tesselle.library.tests.films import plain_film
from tesselle.library.tests.pictures import upload
from tesselle.workspaces.models import User, Workspace

TYPED = "0:00 Le sol d’avant\n0:01 Et celui d’après <3"
CUES = (Cue(0.0, 1.0, "Le sol d’avant"), Cue(1.0, 2.0, "Et celui d’après <3"))


def test_typed_lines_last_until_the_next_one() -> None:
    assert read(TYPED, 2.0) == CUES


def test_what_is_written_is_read_again_the_same() -> None:
    assert read(as_srt(CUES), 2.0) == CUES
    assert [cue.start for cue in read(as_vtt(CUES), 2.0)] == [0.0, 1.0]
    assert "&lt;3" in as_vtt(CUES) and as_vtt(CUES).startswith("WEBVTT\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Le sol", "no time in front"),
        ("0:01 Deux\n0:00 Un", "before the line above"),
        ("0:09 Trop tard", "after the film has ended"),
        ("1\n00:00:01,000 --> 00:00:00,500\nà l’envers", "ends before it begins"),
    ],
)
def test_what_makes_no_sense_is_said_with_its_words(words: str, said: str) -> None:
    with pytest.raises(RuleError, match=said):
        read(words, 2.0)


@pytest.fixture
def film(workspace: Workspace) -> Asset:
    """Ready, as a worker leaves it."""
    asset = add_upload(workspace=workspace, file=upload(plain_film(), "pose.mp4"), by=None)
    storage.current().put(asset.path, _copied(storage.current().local(asset.original)))
    Rendition.objects.filter(asset=asset).update(state="ready")
    Asset.objects.filter(pk=asset.pk).update(state="ready")
    asset.refresh_from_db()
    return asset


def _copied(path: Path) -> Path:
    copy = path.with_name("copy.mp4")
    copy.write_bytes(path.read_bytes())
    return copy


def test_they_are_kept_shown_and_taken_away(as_alice: Client, film: Asset) -> None:
    as_alice.post(f"/media/{film.pk}/captions", {"words": TYPED})

    film.refresh_from_db()
    assert captions_of(film) == CUES
    assert f"/media/{film.pk}/captions.vtt" in as_alice.get(f"/media/{film.pk}/captions").content.decode()
    answer = as_alice.get(f"/media/{film.pk}/captions.srt")
    assert answer.content.decode() == as_srt(CUES)
    assert as_alice.get(f"/media/{film.pk}/captions.exe").status_code == 404


def test_a_file_stands_in_place_of_what_was_typed(as_alice: Client, film: Asset) -> None:
    srt = SimpleUploadedFile("a.srt", as_srt(CUES).encode("utf-8-sig"))
    as_alice.post(f"/media/{film.pk}/captions", {"words": "", "file": srt})
    latin = SimpleUploadedFile("a.srt", "1\n00:00:00,0 --> 00:00:01,0\nété".encode("latin-1"))
    refused = as_alice.post(f"/media/{film.pk}/captions", {"words": TYPED, "file": latin})

    film.refresh_from_db()
    assert refused.status_code == 422
    assert captions_of(film) == CUES


async def _nothing(_percent: int) -> None:
    pass


def _lowest_fifth(path: Path, seconds: float) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            if frame.time is not None and frame.time >= seconds:
                grey = frame.to_ndarray(format="gray8")
                return np.asarray(grey[-grey.shape[0] // 5 :])
    raise AssertionError("the film is shorter")


def test_burnt_in_they_are_in_the_picture_of_a_new_film(
    as_alice: Client, film: Asset, tmp_path: Path
) -> None:
    as_alice.post(f"/media/{film.pk}/captions", {"words": "0:01 Après"})
    answer = as_alice.post(f"/media/{film.pk}/captions/burn")

    made = film.became.get()
    assert answer.headers["Location"] == f"/media/{made.pk}"
    assert (made.state, made.kind, made.seconds) == ("preparing", "video", film.seconds)
    job = Rendition.objects.get(asset=made, key="")
    source = storage.current().local(made.original)
    decoded = asyncio.run(prepare(source, tmp_path, None, _nothing, job.recipe["captions"]))
    changed = [
        np.abs(_lowest_fifth(decoded.path, at).astype(int) - _lowest_fifth(source, at)).mean()
        for at in (0.4, 1.4)
    ]
    assert changed[1] > changed[0] + 2


def test_without_captions_nothing_is_burnt(as_alice: Client, film: Asset) -> None:
    assert as_alice.post(f"/media/{film.pk}/captions/burn").status_code == 422
    assert not film.became.exists()


def test_mallory_reads_and_writes_no_captions(client: Client, mallory: User, film: Asset) -> None:
    client.force_login(mallory)

    for rest in ("captions", "captions/burn"):
        assert client.post(f"/media/{film.pk}/{rest}", {"words": TYPED}).status_code == 404
    assert client.get(f"/media/{film.pk}/captions.srt").status_code == 404
