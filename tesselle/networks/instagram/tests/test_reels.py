"""What a reel takes along: its cover, its place and its partners."""

from dataclasses import replace

import pytest

from tesselle.domain.content import Content, Media
from tesselle.domain.errors import RejectedError
from tesselle.networks.instagram.preview import facts
from tesselle.networks.instagram.tests.sending import sent_for


async def test_a_reel_takes_its_cover_its_place_and_its_partners(stage):
    options = {
        "format": "reel",
        "cover_second": "2,5",
        "only_in_reels": "on",
        "collaborators": "@jura, dubois",
        "location": "https://www.facebook.com/pages/Geneve/106088856",
    }

    body = await sent_for(stage, Content(text="Laying", media=(stage.film(),), options=options), "/media")

    assert "thumb_offset=2500" in body
    assert "share_to_feed=false" in body
    assert "location_id=106088856" in body
    assert "jura" in body and "dubois" in body and "%40jura" not in body


async def test_a_picture_beside_a_reel_is_its_cover_wherever_it_stands(stage):
    for files in ((stage.film(), stage.image()), (stage.image(), stage.film())):
        reel = Content(text="Laying", media=files, options={"format": "reel", "cover_second": "2"})

        body = await sent_for(stage, reel, "/media")

        assert "media_type=REELS" in body and "video_url=" in body and "cover_url=" in body
        assert "thumb_offset" not in body and "image_url" not in body
    made = (await stage.public())[-1]
    assert made.data["product"] == "REELS" and made.media[0]["cover"].startswith("http")


async def test_a_cover_that_is_no_jpeg_is_refused(stage):
    cover = replace(stage.image("cover.jpg"), asset="cover.png")
    (stage.folder / "cover.png").write_bytes(b"\x89PNG")
    files = (stage.film(), cover)

    with pytest.raises(RejectedError):
        await stage.publish(Content(text="Laying", media=files, options={"format": "reel"}))


def test_the_preview_shows_the_cover_in_the_place_of_the_film():
    film = Media("video", "video/mp4", 1000, 1080, 1920, seconds=30)
    cover = Media("image", "image/jpeg", 1000, 1080, 1920)

    assert facts(Content(media=(film, cover), options={"format": "reel"}), "")["has_cover"]
    assert not facts(Content(media=(film, cover)), "")["has_cover"]
    assert not facts(Content(media=(film,), options={"format": "reel"}), "")["has_cover"]
