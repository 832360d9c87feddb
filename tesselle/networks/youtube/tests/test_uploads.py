"""Pieces, breaks and lost numbers: what may happen to a film before anybody can see it."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from tesselle.connectors.tests.contract import content_for
from tesselle.domain.content import Content
from tesselle.domain.errors import NotSentError, RejectedError, TryLaterError
from tesselle.networks.youtube.connector import YouTubeConnector
from tesselle.networks.youtube.limits import CHUNK_STEP, FILM, STEP_UNITS
from tesselle.networks.youtube.uploads import PIECE_BYTES
from tesselle.simulation.faults import Effect
from tesselle.simulation.network import SimPost


def long_film(stage, pieces: float = 2.5):
    film = stage.film("long.mp4")
    size = int(PIECE_BYTES * pieces)
    with (stage.folder / film.asset).open("r+b") as file:
        file.truncate(size)
    return replace(film, size_bytes=size)


def with_film(stage, film):
    return replace(content_for(stage, "Pose"), media=(film,))


async def drafts(stage) -> list[SimPost]:
    return [post for post in await stage.network.truth() if post.draft and not post.removed]


async def test_a_long_film_goes_up_in_pieces_and_once(stage):
    call = await stage.prepared(stage.step(with_film(stage, long_film(stage))))

    (draft,) = await drafts(stage)
    assert draft.id == call.frozen["video"]
    assert draft.data["size"] == int(PIECE_BYTES * 2.5)


@pytest.mark.parametrize("skip", [1, 2, 3])
@pytest.mark.parametrize("effect", [Effect.CUT_UNREAD, Effect.ACCEPT_CUT, Effect.FAIL_5XX])
async def test_a_broken_upload_goes_on_where_it_broke_off(stage, effect, skip):
    film = long_film(stage)
    call = stage.step(with_film(stage, film))
    stage.fault("upload", effect, skip=skip)
    with pytest.raises(NotSentError):
        await stage.prepared(call)

    await stage.prepared(call)

    assert len(await drafts(stage)) == 1
    assert len(await stage.network.all_kept("sessions")) == 1


async def test_what_youtube_kept_counts_and_not_what_was_sent(stage):
    stage.network.flags.add("keeps_a_part")
    film = stage.film("part.mp4")
    with (stage.folder / film.asset).open("r+b") as file:
        file.truncate(3 * CHUNK_STEP + 5)

    await stage.prepared(stage.step(with_film(stage, film)))

    assert [post.data["size"] for post in await drafts(stage)] == [3 * CHUNK_STEP + 5]


async def test_when_nothing_is_kept_it_is_tried_again_later(stage):
    stage.network.flags.add("keeps_nothing")

    with pytest.raises(NotSentError, match="keeps nothing"):
        await stage.prepared(stage.step(content_for(stage, "Pose")))


async def test_a_session_that_was_forgotten_is_opened_anew(stage):
    call = stage.step(with_film(stage, long_film(stage)))
    stage.fault("upload", Effect.CUT_UNREAD, skip=2)
    with pytest.raises(NotSentError):
        await stage.prepared(call)
    (session,) = await stage.network.all_kept("sessions")
    await stage.network.forget("sessions", session["id"])

    await stage.prepared(call)

    assert len(await drafts(stage)) == 1


async def test_a_draft_whose_number_died_with_its_process_is_found_again(stage):
    content = content_for(stage, "Pose")
    call = await stage.prepared(stage.step(content))
    stage.plugin = replace(stage.plugin, connector=YouTubeConnector())

    again = await stage.prepared(replace(call, frozen={}))

    assert again.frozen == call.frozen
    assert len(await stage.network.truth()) == 1


@pytest.mark.parametrize("other", [{"text": "Autre"}, {"title": "Autre"}, {"media": "longer"}])
async def test_another_draft_is_not_taken_for_ours(stage, other):
    content = content_for(stage, "Pose")
    await stage.prepared(stage.step(content))
    if "media" in other:
        other = {"media": (long_film(stage, 0.1),)}

    await stage.prepared(stage.step(replace(content, **other)))

    assert len(await drafts(stage)) == 2


async def test_what_is_public_or_older_than_the_post_is_not_taken_for_ours(stage):
    content = content_for(stage, "Pose")
    await stage.prepared(stage.step(content))
    stage.clock.forward(3_600)
    first = await stage.prepared(stage.step(content))
    assert len(await drafts(stage)) == 2
    await stage.send(first)

    await stage.prepared(stage.step(content))

    assert len(await drafts(stage)) == 2


async def test_a_first_try_looks_for_nothing(stage):
    call = replace(stage.step(content_for(stage, "Pose")), untried=True)
    stage.fault("list", Effect.FAIL_5XX)

    await stage.prepared(call)

    assert stage.script.fired == {}


async def test_a_draft_that_somebody_deleted_goes_up_again(stage):
    call = await stage.prepared(stage.step(content_for(stage, "Pose")))
    await stage.network.remove_post(call.frozen["video"])
    stage.plugin = replace(stage.plugin, connector=YouTubeConnector())

    again = await stage.prepared(call)

    assert again.frozen["video"] != call.frozen["video"]


async def test_a_film_that_is_none_is_refused_before_anybody_sees_it(stage):
    film = stage.film("none.mp4")
    (stage.folder / film.asset).write_bytes(b"no film at all")

    with pytest.raises(RejectedError, match="invalidFile"):
        await stage.prepared(stage.step(with_film(stage, film)))

    assert await stage.public() == []


async def test_a_slow_film_is_waited_for_and_shown_before_it_is_through_at_last(stage, waited, monkeypatch):
    stage.network.flags.add("slow_processing")
    await stage.prepared(stage.step(content_for(stage, "Pose")))
    assert waited == [2, 5, 10]

    monkeypatch.setattr("tesselle.networks.youtube.sandbox.videos.SLOW_LOOKS", 50)
    await stage.publish(content_for(stage, "Longue pose"))


async def test_a_channels_full_day_waits_a_day(stage):
    stage.network.flags.add("day_is_full")

    with pytest.raises(TryLaterError) as later:
        await stage.prepared(stage.step(content_for(stage, "Pose")))

    assert (later.value.until - stage.clock.now).total_seconds() == 86_400


async def units_spent(stage) -> int:
    day = stage.clock.now.astimezone(ZoneInfo("America/Los_Angeles")).date().isoformat()
    kept = await stage.network.kept("quota", f"units {day}")
    return kept["spent"] if kept else 0


async def test_no_step_takes_more_units_than_it_is_counted_with(stage):
    """As YouTube's own table counts: fifty for each write, one for each read, an upload apart."""
    playlist = (await stage.plugin.connector.choices("playlist", {}, stage.api()))[1].value
    stage.network.flags |= {"counts_quota", "slow_processing"}
    taken = {}

    async def does(purpose, content, **more):
        before = await units_spent(stage)
        (kind,) = stage.plugin.connector.steps(purpose, content, stage.account)
        call = replace(stage.step(content, kind, **more), untried=True)
        verdict = await stage.send(await stage.prepared(call))
        taken[kind] = await units_spent(stage) - before
        return verdict.remote

    film = content_for(stage, "Pose")
    listed, dressed = {**film.options, "playlist": playlist}, (*film.media, stage.image())
    await does("post", film)
    await does("post", replace(film, media=dressed))
    await does("post", replace(film, options=listed))
    post = await does("post", replace(film, media=dressed, options=listed))
    said = await does("answer", Content(text="Merci"), target=post)
    await does("edit", Content(text="Mieux"), target=post)
    await does("delete", Content(), target=said)

    assert taken.keys() == STEP_UNITS.keys() - {"comment"}
    assert [kind for kind, units in taken.items() if units > STEP_UNITS[kind]] == []
    generous = {kind: STEP_UNITS[kind] - units for kind, units in taken.items() if kind != FILM}
    assert max(generous.values()) <= 10 and taken[FILM] <= 60, "counted with a write that it does not take"


def test_no_more_bare_films_are_planned_than_a_project_may_upload(stage):
    film = content_for(stage, "Pose")
    (kind,) = stage.plugin.connector.steps("post", replace(film, media=(stage.film(),)), stage.account)
    (budget,) = stage.plugin.card.budgets

    assert kind == FILM
    assert budget.calls // budget.taken_by((kind,)) == 100


async def test_a_projects_hundredth_film_is_its_last_of_the_day(stage):
    stage.network.flags.add("counts_quota")
    for number in range(100):
        await stage.prepared(replace(stage.step(content_for(stage, f"Pose {number}")), untried=True))

    with pytest.raises(TryLaterError) as later:
        await stage.prepared(replace(stage.step(content_for(stage, "Pose 100")), untried=True))
    stage.clock.now = later.value.until
    stage.session.saved = {}
    await stage.prepared(replace(stage.step(content_for(stage, "Pose 101")), untried=True))

    assert len(await drafts(stage)) == 101
