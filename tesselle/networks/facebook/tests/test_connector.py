"""What is the Page's own of posts, changes and history; the promises of every network are in tests/contracts."""

from datetime import timedelta

import pytest

from tesselle.domain.content import Content
from tesselle.domain.errors import RejectedError
from tesselle.domain.verdicts import (
    Absent,
    Accepted,
    Blocked,
    BlockReason,
    Refused,
    Silent,
)
from tesselle.networks.facebook.tests.making import film, only
from tesselle.simulation.faults import Effect


async def test_a_link_goes_out_beside_the_words(stage):
    await stage.publish(Content(text="Tiles", link="https://example.com/tiles"))

    post = await only(stage)
    assert (post.text, post.data["link"]) == ("Tiles", "https://example.com/tiles")


async def test_beside_pictures_a_link_stands_in_the_text(stage):
    await stage.publish(Content(text="Tiles", link="https://example.com", media=(stage.image(),)))

    post = await only(stage)
    assert (post.text, post.data["link"]) == ("Tiles\n\nhttps://example.com", "")


async def test_an_album_keeps_its_order_and_its_alternative_texts(stage):
    album = tuple(stage.image(f"{alt}.png", alt=alt) for alt in ("First", "Second", "Third"))

    await stage.publish(Content(text="Tiles", media=album))

    assert [item["alt"] for item in (await only(stage)).media] == ["First", "Second", "Third"]


async def test_pictures_that_went_up_are_used_again_by_a_later_attempt(stage):
    call = await stage.prepared(stage.step(Content(text="Tiles", media=(stage.image(),))))

    again = await stage.prepared(call)

    assert again.frozen == call.frozen


async def test_pictures_that_are_gone_go_up_again(stage):
    call = await stage.prepared(stage.step(Content(text="Tiles", media=(stage.image(),))))
    await stage.network.forget("photos", call.frozen["photos"][0])

    again = await stage.prepared(call)

    assert again.frozen["photos"] != call.frozen["photos"]


async def test_the_words_of_a_post_are_changed(stage):
    remote = await stage.publish(Content(text="Tiles"))
    call = await stage.prepared(stage.step(Content(text="Better tiles"), "edit", target=remote))

    verdict = await stage.send(call)

    assert isinstance(verdict, Accepted)
    assert (await only(stage)).text == "Better tiles"
    assert len(await stage.found(call)) == 1


async def test_the_words_of_a_film_are_changed_by_its_own_number(stage):
    sent = await stage.send(await stage.prepared(stage.step(film(stage))))
    stage.clock.forward(60)
    call = await stage.prepared(stage.step(Content(text="Better"), "edit", target=sent.remote))

    assert isinstance(await stage.send(call), Accepted)
    assert (await only(stage)).text == "Better"


async def test_a_story_is_not_changed(stage):
    remote = await stage.publish(Content(media=(stage.image(),), options={"format": "story"}))

    with pytest.raises(RejectedError, match="cannot be changed"):
        await stage.prepared(stage.step(Content(text="x"), "edit", target=remote))


async def test_a_deletion_may_be_said_twice(stage):
    remote = await stage.publish(Content(text="Tiles"))
    call = await stage.prepared(stage.step(Content(), "delete", target=remote))

    first, second = await stage.send(call), await stage.send(call)

    assert isinstance(first, Accepted)
    assert isinstance(second, Accepted)
    assert isinstance(await stage.verify(remote), Absent)
    assert len(await stage.found(call)) == 1


async def test_a_post_that_we_may_not_see_is_not_called_absent(stage):
    """Facebook has one answer for both: the Page itself is asked."""
    remote = await stage.publish(Content(text="Tiles"))
    await stage.network.remove_post(remote.id)
    stage.fault("read", Effect.EXPIRED, skip=1)

    assert isinstance(await stage.verify(remote), Silent)


async def test_a_right_that_was_taken_away_blocks(stage):
    token = stage.account.credentials["access_token"]
    kept = await stage.network.kept("tokens", token)
    call = await stage.prepared(stage.step(Content(text="Tiles")))
    await stage.network.keep("tokens", token, {**kept, "scopes": "pages_read_engagement"})

    verdict = await stage.send(call)

    assert isinstance(verdict, Blocked)
    assert verdict.reason is BlockReason.ROLE


async def test_history_tells_three_months_of_posts_and_no_stories(stage):
    await stage.publish(Content(text="Old tiles"))
    stage.clock.forward(100 * 86_400)
    await stage.publish(Content(text="Tiles", media=(stage.image("a.png"), stage.image("b.png"))))
    await stage.publish(Content(media=(stage.image("c.png"),), options={"format": "story"}))

    past = await stage.plugin.connector.history(stage.api(), stage.clock.now - timedelta(days=90))

    assert [(one.text, one.media_count) for one in past] == [("Tiles", 2)]
    assert past[0].figures["reactions"] == 0


async def test_lists_of_many_pages_are_read_to_their_end(stage):
    for number in range(60):
        await stage.publish(Content(text=f"Tile {number}"))

    past = await stage.plugin.connector.history(stage.api(), stage.clock.now - timedelta(days=90))

    assert len(past) == 60


async def test_too_many_letters_are_refused(stage):
    verdict = await stage.send(await stage.prepared(stage.step(Content(text="a" * 63_207))))

    assert isinstance(verdict, Refused)
    assert verdict.code == "invalid"
