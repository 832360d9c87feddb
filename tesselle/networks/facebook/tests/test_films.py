"""Films, reels and stories: worked on before they are public, and never there twice."""

from dataclasses import replace

import pytest

from tesselle.domain.content import Content
from tesselle.domain.errors import RejectedError
from tesselle.domain.verdicts import (
    Accepted,
    Duplicate,
    Present,
    ProcessingFailed,
    Seen,
    Silent,
    StillProcessing,
)
from tesselle.networks.facebook.tests.making import film
from tesselle.simulation.faults import Effect


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
