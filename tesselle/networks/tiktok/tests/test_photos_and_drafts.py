"""Photos, which TikTok fetches itself, and drafts, which the person finishes in the app."""

import pytest

from tesselle.domain.content import Content
from tesselle.domain.errors import TryLaterError
from tesselle.domain.verdicts import (
    Blocked,
    BlockReason,
)
from tesselle.networks.tiktok.tests.making import DOUBT, begun, body_of, photos, watched


async def test_photos_go_out_by_their_addresses_with_title_and_description(stage):
    requests = await watched(stage)

    remote = await stage.publish(photos(stage, music="on"))

    asked = body_of(requests[-1])
    assert asked["source_info"]["photo_images"] == [
        "https://media.example/0.jpg",
        "https://media.example/1.jpg",
    ]
    assert (asked["post_info"]["title"], asked["post_info"]["description"]) == ("Floor", "Tiles")
    assert asked["post_info"]["auto_add_music"] is True
    assert "disable_duet" not in asked["post_info"]
    presence = await stage.verify(remote)
    assert "/photo/" in presence.remote.url


async def test_an_address_that_was_not_verified_blocks_the_channel(stage):
    stage.network.flags.add("unverified_address")

    verdict = await stage.send(await stage.prepared(stage.step(photos(stage))))

    assert isinstance(verdict, Blocked)
    assert verdict.reason is BlockReason.ADMISSION


async def test_a_draft_carries_the_film_alone_and_is_not_read_back(stage_of):
    stage = await stage_of("inbox")
    requests = await watched(stage)

    await stage.publish(Content(media=(stage.film(),)))

    assert list(begun(requests)) == ["source_info"]
    assert not any("creator_info" in one.url for one in requests)
    assert not stage.plugin.connector.reads_back(stage.account)


async def test_drafts_of_photos_take_their_words_along(stage_of):
    stage = await stage_of("inbox")
    requests = await watched(stage)

    await stage.publish(photos(stage))

    asked = body_of(requests[-1])
    assert asked["post_mode"] == "MEDIA_UPLOAD"
    assert asked["post_info"] == {"title": "Floor", "description": "Tiles"}


@pytest.mark.parametrize("effect", DOUBT)
async def test_a_doubtful_draft_ends_as_one_draft(stage_of, effect):
    stage = await stage_of("inbox")
    call = await stage.prepared(stage.step(Content(media=(stage.film(),))))
    stage.fault("create", effect)

    await stage.send_until_settled(call)

    assert len(await stage.public()) == 1


async def test_a_sixth_draft_waits(stage_of):
    stage = await stage_of("inbox")
    for _number in range(5):
        await stage.publish(Content(media=(stage.film(),)))

    with pytest.raises(TryLaterError, match="Five drafts"):
        await stage.prepared(stage.step(Content(media=(stage.film(),))))
