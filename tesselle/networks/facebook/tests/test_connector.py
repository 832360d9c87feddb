"""What is the Page's own; the promises that every network keeps are in tests/contracts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tesselle.connectors.tests.stage import Stage
from tesselle.domain.content import Content
from tesselle.domain.errors import RejectedError, TryLaterError
from tesselle.domain.verdicts import (
    Absent,
    Accepted,
    Blocked,
    BlockReason,
    Doubtful,
    Duplicate,
    Present,
    ProcessingFailed,
    ReconciliationKind,
    Refused,
    Seen,
    Silent,
    StillProcessing,
)
from tesselle.networks.facebook.sandbox.feed import MADE_BUT_CODE_2
from tesselle.simulation.faults import Effect


def film(stage: Stage, format: str = "", text: str = "Laying", **options: str) -> Content:
    chosen = {**({"format": format} if format else {}), **options}
    return Content(text=text, media=(stage.film(),), options=chosen)


async def only(stage: Stage):
    (post,) = await stage.public()
    return post


# posts


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


# doubt


@pytest.mark.parametrize("has_picture", [False, True])
@pytest.mark.parametrize("effect", [Effect.ACCEPT_CUT, Effect.ACCEPT_5XX, Effect.GARBAGE, Effect.CUT_UNREAD])
async def test_a_doubtful_post_ends_as_one_post(stage, effect, has_picture):
    media = (stage.image(),) if has_picture else ()
    call = await stage.prepared(stage.step(Content(text="Tiles", media=media)))
    stage.fault("create", effect)

    await stage.send_until_settled(call)

    assert [post.text for post in await stage.public()] == ["Tiles"]


async def test_code_2_does_not_mean_that_nothing_was_made(stage):
    call = await stage.prepared(stage.step(Content(text="Tiles")))
    stage.network.flags.add(MADE_BUT_CODE_2)

    verdict = await stage.send(call)

    assert isinstance(verdict, Doubtful)
    assert len(await stage.found(call)) == 1


async def test_the_same_words_again_are_a_reason_to_look(stage):
    call = await stage.prepared(stage.step(Content(text="Tiles")))

    first, second = await stage.send(call), await stage.send(call)

    assert isinstance(first, Accepted)
    assert isinstance(second, Duplicate)
    assert [one.remote.id for one in await stage.found(call)] == [first.remote.id]


async def test_words_typed_by_hand_are_no_certain_find(stage):
    call = await stage.prepared(stage.step(Content(text="Tiles")))
    by_hand = stage.network.new_post(f"{stage.account.remote_id}_9", stage.account.remote_id, "Tiles")
    await stage.network.add_post(replace(by_hand, data={"kind": "post", "link": ""}))

    (candidate,) = await stage.found(call)

    assert not candidate.certain


async def test_a_look_that_fails_says_nothing(stage):
    call = await stage.prepared(stage.step(Content(text="Tiles")))
    stage.fault("list", Effect.THROTTLE, seconds=120)

    sighting = await stage.look_up(call)

    assert isinstance(sighting, Silent)
    assert sighting.until == stage.clock.now + timedelta(minutes=2)


# films


@pytest.mark.parametrize("format", ["", "reel", "story"])
async def test_a_film_is_public_once_it_was_worked_on(stage, format):
    content = film(stage, format, text="" if format == "story" else "Laying")
    verdict = await stage.send(await stage.prepared(stage.step(content)))
    assert isinstance(verdict, Accepted)
    assert not verdict.visible

    before = await stage.verify(verdict.remote)
    stage.clock.forward(60)
    after = await stage.verify(verdict.remote)

    assert isinstance(before, StillProcessing)
    assert isinstance(after, Present)
    assert after.remote.url.startswith("https://www.facebook.com/")


async def test_a_big_film_goes_up_in_pieces(stage):
    data = b"\x00\x00\x00\x18ftypmp42" + bytes(2_500_000)
    (stage.folder / "big.mp4").write_bytes(data)
    big = replace(stage.film(), asset="big.mp4", size_bytes=len(data))

    call = await stage.prepared(stage.step(Content(text="Laying", media=(big,))))

    kept = await stage.network.kept("videos", call.frozen["video"])
    assert kept["got"] == len(data)


@pytest.mark.parametrize("effect", [Effect.ACCEPT_CUT, Effect.ACCEPT_5XX, Effect.CUT_UNREAD, Effect.GARBAGE])
@pytest.mark.parametrize("format", ["", "reel", "story"])
async def test_a_doubtful_film_ends_as_one_film(stage, format, effect):
    content = film(stage, format, text="" if format == "story" else "Laying")
    call = await stage.prepared(stage.step(content))
    stage.fault("prepare", effect)
    await stage.send(call)
    stage.clock.forward(60)

    await stage.send_until_settled(call)

    assert len(await stage.public()) == 1


async def test_the_film_tells_nothing_while_it_is_worked_on(stage):
    call = await stage.prepared(stage.step(film(stage)))
    unfinished = await stage.look_up(call)
    await stage.send(call)
    at_once = await stage.look_up(call)

    assert unfinished == Seen()
    assert isinstance(at_once, Silent)


async def test_a_film_finished_twice_is_one_film(stage):
    call = await stage.prepared(stage.step(film(stage, "reel")))

    await stage.send(call)
    second = await stage.send(call)

    assert isinstance(second, Duplicate)
    assert len(await stage.public()) == 1


async def test_a_film_that_facebook_cannot_read_is_said_to_be_so(stage):
    stage.network.flags.add("unreadable_films")
    verdict = await stage.send(await stage.prepared(stage.step(film(stage))))

    presence = await stage.verify(verdict.remote)

    assert isinstance(presence, ProcessingFailed)
    assert "format" in str(presence.message)


async def test_a_film_that_failed_goes_up_anew(stage):
    stage.network.flags.add("unreadable_films")
    call = await stage.prepared(stage.step(film(stage)))
    await stage.send(call)

    again = await stage.prepared(call)

    assert again.frozen["video"] != call.frozen["video"]


async def test_the_bytes_go_nowhere_but_to_facebook(stage, monkeypatch):
    from tesselle.networks.facebook.sandbox.films import Films

    async def elsewhere(self, request, kind):
        from starlette.responses import JSONResponse

        return JSONResponse({"video_id": "1", "upload_url": "https://elsewhere.example/1"})

    monkeypatch.setattr(Films, "_door", elsewhere)

    with pytest.raises(Exception, match="not its own"):
        await stage.prepared(stage.step(film(stage, "reel")))


# stories and reels


async def test_a_picture_story_is_seen_for_a_day(stage):
    content = Content(media=(stage.image(),), options={"format": "story"})
    remote = await stage.publish(content)

    assert isinstance(await stage.verify(remote), Present)
    stage.clock.forward(86_400)
    assert isinstance(await stage.verify(remote), Silent)


@pytest.mark.parametrize("effect", [Effect.ACCEPT_CUT, Effect.CUT_UNREAD])
async def test_a_doubtful_picture_story_ends_as_one(stage, effect):
    content = Content(media=(stage.image(),), options={"format": "story"})
    call = await stage.prepared(stage.step(content))
    stage.fault("create", effect)

    await stage.send_until_settled(call)

    assert len(await stage.public()) == 1


async def test_words_are_not_dropped_from_a_story_in_silence(stage):
    with pytest.raises(RejectedError, match="no words"):
        await stage.prepared(stage.step(film(stage, "story")))


async def test_the_thirty_first_reel_of_a_day_has_to_wait(stage):
    for number in range(30):
        verdict = await stage.send(await stage.prepared(stage.step(film(stage, "reel", f"Reel {number}"))))
        assert isinstance(verdict, Accepted)

    with pytest.raises(Exception, match="pause"):
        await stage.prepared(stage.step(film(stage, "reel", "One more")))


# comments


async def test_the_first_comment_stands_below_the_post(stage):
    content = Content(text="Tiles", options={"first_comment": "Made in Jura"})
    remote = await stage.publish(content)
    comment = stage.step(content, "comment", position=1, earlier=(remote,))

    verdict = await stage.send(await stage.prepared(comment))

    assert isinstance(verdict, Accepted)
    (reply,) = await stage.plugin.connector.replies(remote, stage.api())
    assert (reply.text, reply.mine) == ("Made in Jura", True)


@pytest.mark.parametrize("effect", [Effect.ACCEPT_CUT, Effect.CUT_UNREAD])
async def test_a_doubtful_first_comment_ends_as_one(stage, effect):
    content = Content(text="Tiles", options={"first_comment": "Made in Jura"})
    remote = await stage.publish(content)
    call = await stage.prepared(stage.step(content, "comment", position=1, earlier=(remote,)))
    stage.fault("create", effect)

    await stage.send_until_settled(call)

    assert len(await stage.plugin.connector.replies(remote, stage.api())) == 1


async def test_the_first_comment_waits_for_the_film(stage):
    content = film(stage, first_comment="Made in Jura")
    verdict = await stage.send(await stage.prepared(stage.step(content)))
    comment = stage.step(content, "comment", position=1, earlier=(verdict.remote,))

    with pytest.raises(TryLaterError):
        await stage.prepared(comment)
    stage.clock.forward(60)
    second = await stage.send(await stage.prepared(comment))

    assert isinstance(second, Accepted)


async def test_an_answer_to_an_answer_goes_to_its_parent(stage):
    remote = await stage.publish(Content(text="Tiles"))
    asked = await stage.send(
        await stage.prepared(stage.step(Content(text="Which glue?"), "answer", target=remote))
    )
    await stage.send(
        await stage.prepared(stage.step(Content(text="The grey one"), "answer", target=asked.remote))
    )
    deep = (await stage.plugin.connector.replies(remote, stage.api()))[1]
    assert deep.parent_id == asked.remote.id

    verdict = await stage.send(
        await stage.prepared(stage.step(Content(text="Thanks"), "answer", target=deep.remote))
    )

    assert isinstance(verdict, Accepted)
    assert [one.parent_id for one in await stage.plugin.connector.replies(remote, stage.api())][1:] == [
        asked.remote.id,
        asked.remote.id,
    ]


async def test_a_comment_is_never_asked_back_in_its_own_answer(stage):
    """With `fields` Facebook makes the comment and then answers an error."""
    content = Content(text="Tiles", options={"first_comment": "Made in Jura"})
    remote = await stage.publish(content)
    call = await stage.prepared(stage.step(content, "comment", position=1, earlier=(remote,)))

    request = await stage.request_for(call)

    assert b"fields" not in request.body
    assert "fields" not in request.url


# changes


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


# who we are


def test_how_doubt_is_settled_depends_on_the_step(stage):
    kinds = {
        step: stage.plugin.connector.reconciliation(step, stage.account).kind
        for step in (
            "post",
            "film",
            "reel",
            "film_story",
            "photo_story",
            "comment",
            "answer",
            "edit",
            "delete",
        )
    }

    assert {kinds["film"], kinds["reel"], kinds["film_story"]} == {ReconciliationKind.WITNESS}
    assert {kinds["post"], kinds["photo_story"], kinds["comment"], kinds["answer"]} == {
        ReconciliationKind.LOOKUP
    }
    assert {kinds["edit"], kinds["delete"]} == {ReconciliationKind.KEY}


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
