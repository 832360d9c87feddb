from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tesselle.connectors.protocols import Account
from tesselle.connectors.tests.contract import content_for
from tesselle.domain.content import Content
from tesselle.domain.errors import BlockedError, RejectedError
from tesselle.domain.verdicts import (
    Absent,
    Accepted,
    Blocked,
    BlockReason,
    Doubtful,
    Present,
    ProcessingFailed,
    Refused,
    Remote,
    Seen,
    Silent,
    StillProcessing,
)
from tesselle.networks.youtube import NEEDED
from tesselle.simulation.faults import Effect


def film(stage, text="Pose", **more: Any) -> Content:
    options = {**stage.options, **more.pop("options", {})}
    base = {"text": text, "title": text, "media": (stage.film(),), **more}
    return Content(**base, options=options)


# --- what goes out -----------------------------------------------------------------------------------


async def test_a_film_has_its_words_its_thumbnail_and_its_place(stage):
    connector = stage.plugin.connector
    playlist = (await connector.choices("playlist", {}, stage.api()))[1]
    content = film(
        stage,
        "Grès cérame\n#carrelage",
        title="Poser une terrasse",
        media=(stage.image(), stage.film()),
        language="fr",
        options={
            "playlist": playlist.value,
            "tags": "sol, salle de bains",
            "category": "26",
            "synthetic": "on",
        },
    )

    await stage.publish(content)

    (post,) = await stage.public()
    assert (post.title, post.text) == ("Poser une terrasse", "Grès cérame\n#carrelage")
    assert [one["mime"] for one in post.media] == ["video/mp4", "image/png"]
    assert (post.data["category"], post.data["tags"]) == ("26", ["sol", "salle de bains"])
    assert (post.data["privacy"], post.data["kids"], post.data["synthetic"]) == ("public", False, True)
    assert post.data["defaultLanguage"] == "fr"
    (item,) = await stage.network.all_kept("playlist items")
    assert (item["playlist"], item["video"]) == (playlist.value, post.id)


async def test_until_the_one_call_that_shows_it_nobody_sees_the_film(stage):
    call = await stage.prepared(stage.step(film(stage)))
    assert await stage.public() == []

    verdict = await stage.send(call)

    assert isinstance(verdict, Accepted)
    assert [post.id for post in await stage.public()] == [call.frozen["video"]]


@pytest.mark.parametrize(
    ("width", "height", "seconds", "path"),
    [
        (1080, 1920, 60, "shorts/"),
        (1080, 1080, 180, "shorts/"),
        (1080, 1920, 181, "watch?v="),
        (1920, 1080, 60, "watch?v="),
    ],
)
async def test_upright_and_short_is_a_short(stage, width, height, seconds, path):
    media = replace(stage.film(), width_px=width, height_px=height, seconds=seconds)

    remote = await stage.publish(film(stage, media=(media,)))

    assert remote.url == f"https://www.youtube.com/{path}{remote.id}"


@pytest.mark.parametrize("privacy", ["unlisted", "private"])
async def test_a_film_that_not_everybody_is_to_see_is_there_all_the_same(stage, privacy):
    remote = await stage.publish(film(stage, options={"privacy": privacy}))

    assert (await stage.network.stored_post(remote.id)).data["privacy"] == privacy
    assert isinstance(await stage.verify(remote), Present)


async def test_a_film_goes_into_its_playlist_once_however_often_it_is_prepared(stage):
    playlist = (await stage.plugin.connector.choices("playlist", {}, stage.api()))[0].value
    step = stage.step(film(stage, options={"playlist": playlist}))
    await stage.prepared(step)
    await stage.prepared(step)

    assert len(await stage.network.all_kept("playlist items")) == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"options": {"made_for_kids": ""}}, "made_for_kids_missing"),
        ({"title": " "}, "title_missing"),
        ({"options": {"tags": "t" * 501}}, "tags_too_long"),
        ({"options": {"made_for_kids": "yes", "first_comment": "Questions ?"}}, "comments_off"),
        ({"options": {"privacy": "private", "first_comment": "Questions ?"}}, "comments_off"),
        ({"media": ()}, "one_film"),
    ],
)
async def test_what_youtube_would_refuse_for_sure_is_said_before_anything_goes_up(stage, change, code):
    with pytest.raises(RejectedError) as refused:
        await stage.prepared(stage.step(film(stage, **change)))

    assert refused.value.reason == code
    assert await stage.network.truth() == []


async def test_a_playlist_that_is_gone_is_named(stage):
    with pytest.raises(RejectedError) as refused:
        await stage.prepared(stage.step(film(stage, options={"playlist": "PLgone"})))

    assert refused.value.reason == "playlist_gone"
    assert await stage.public() == []


async def test_a_thumbnail_of_a_channel_that_was_never_verified_blocks_and_refuses_nothing(stage):
    stage.network.flags.add("not_verified")

    with pytest.raises(BlockedError) as blocked:
        await stage.prepared(stage.step(film(stage, media=(stage.film(), stage.image()))))

    assert blocked.value.reason == BlockReason.ROLE


async def test_a_film_that_youtube_keeps_private_waits_for_whoever_runs_the_project(stage):
    stage.network.flags.add("locks_films")

    verdict = await stage.send(await stage.prepared(stage.step(film(stage))))

    assert isinstance(verdict, Blocked)
    assert verdict.reason == BlockReason.ADMISSION


async def test_an_edit_changes_the_words_and_loses_nothing_else(stage):
    options = {"tags": "sol, mur", "category": "26"}
    remote = await stage.publish(film(stage, "Avant", language="fr", options=options))
    call = await stage.prepared(stage.step(Content(text="Après"), "edit", target=remote))
    assert await stage.found(call) == ()

    verdicts = [await stage.send(call), await stage.send(call)]

    (post,) = await stage.public()
    assert verdicts == [Accepted(remote), Accepted(remote)]
    assert (post.title, post.text, post.data["tags"]) == ("Avant", "Après", ["sol", "mur"])
    assert (post.data["category"], post.data["defaultLanguage"]) == ("26", "fr")
    assert (await stage.found(call))[0].certain


async def test_an_edit_of_the_title_alone_is_found_by_it(stage):
    remote = await stage.publish(film(stage, "Avant"))
    call = await stage.prepared(stage.step(Content(title="Après", text=""), "edit", target=remote))
    assert await stage.found(call) == ()

    await stage.send(call)

    assert (await stage.found(call))[0].certain


async def test_deleting_twice_is_done_once_and_no_refusal(stage):
    remote = await stage.publish(film(stage))
    call = await stage.prepared(stage.step(Content(), "delete", target=remote))
    assert await stage.found(call) == ()

    verdicts = [await stage.send(call), await stage.send(call)]

    assert verdicts == [Accepted(remote), Accepted(remote)]
    assert await stage.verify(remote) == Absent()
    assert (await stage.found(call))[0].certain


# --- once ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("effect", [Effect.ACCEPT_CUT, Effect.ACCEPT_5XX, Effect.GARBAGE])
async def test_whether_it_is_shown_is_asked_of_the_films_own_number(stage, effect):
    call = await stage.prepared(stage.step(film(stage)))
    assert await stage.found(call) == ()
    stage.fault("create", effect)
    assert isinstance(await stage.send(call), Doubtful)

    (candidate,) = await stage.found(call)

    assert candidate.certain
    assert candidate.remote.id == call.frozen["video"]


@pytest.mark.parametrize(
    "effect", [Effect.THROTTLE, Effect.EXPIRED, Effect.FAIL_5XX, Effect.HANG, Effect.GARBAGE]
)
async def test_a_look_up_that_fails_says_nothing(stage, effect):
    call = await stage.prepared(stage.step(film(stage)))
    stage.fault("list", effect, seconds=60)

    assert isinstance(await stage.look_up(call), Silent)


async def test_a_step_that_never_came_as_far_as_a_request_left_nothing(stage):
    assert await stage.look_up(stage.step(film(stage))) == Seen()


async def test_it_is_live_only_when_it_is_worked_on_and_shown(stage, monkeypatch):
    monkeypatch.setattr("tesselle.networks.youtube.sandbox.videos.SLOW_LOOKS", 7)
    stage.network.flags.add("slow_processing")
    remote = await stage.publish(film(stage))
    assert await stage.verify(remote) == StillProcessing()
    assert await stage.verify(remote) == StillProcessing()

    assert isinstance(await stage.verify(remote), Present)

    stage.network.hide_new_for = 60
    late = await stage.publish(film(stage, "Plus tard"))
    stage.network.flags.clear()
    post = await stage.network.stored_post(late.id)
    await stage.network.save_post(replace(post, data={**post.data, "looks": 0}))
    assert await stage.verify(late) == StillProcessing()
    stage.clock.forward(61)
    assert isinstance(await stage.verify(late), Present)


async def test_a_film_that_youtube_rejects_afterwards_is_told_with_its_reason(stage):
    remote = await stage.publish(film(stage))
    post = await stage.network.stored_post(remote.id)
    await stage.network.save_post(replace(post, data={**post.data, "ends": "failed"}))

    presence = await stage.verify(remote)

    assert isinstance(presence, ProcessingFailed)
    assert presence.message.params["why"] == "invalidFile"


# --- conversations -----------------------------------------------------------------------------------


async def said(stage, text, below, **more):
    call = await stage.prepared(stage.step(Content(text=text), "answer", target=below, **more))
    verdict = await stage.send(call)
    assert isinstance(verdict, Accepted), verdict
    return verdict.remote, call


async def test_the_first_comment_is_a_step_of_its_own_below_the_film(stage):
    content = film(stage, options={"first_comment": "Questions ?"})
    remote = await stage.publish(content)
    call = stage.step(content, "comment", position=1, earlier=(remote,))

    verdict = await stage.send(await stage.prepared(call))

    assert isinstance(verdict, Accepted)
    (reply,) = await stage.plugin.connector.replies(remote, stage.api())
    assert (reply.text, reply.mine, reply.parent_id) == ("Questions ?", True, "")
    assert isinstance(await stage.verify(verdict.remote), Present)


async def test_conversations_have_two_levels_and_an_answer_to_an_answer_stays_on_the_second(stage):
    remote = await stage.publish(film(stage))
    top, _ = await said(stage, "Combien de jours ?", remote)
    answer, _ = await said(stage, "Trois.", top)
    await said(stage, "Avec la colle ?", answer)

    replies = await stage.plugin.connector.replies(remote, stage.api())

    assert [(one.text, one.parent_id) for one in replies] == [
        ("Combien de jours ?", ""),
        ("Trois.", top.id),
        ("Avec la colle ?", top.id),
    ]
    assert replies[1].remote.extra["thread"] == top.id


async def test_more_answers_than_a_thread_brings_along_are_asked_for(stage):
    remote = await stage.publish(film(stage))
    top, _ = await said(stage, "Bravo", remote)
    for number in range(8):
        await said(stage, f"Merci {number}", top)

    assert len(await stage.plugin.connector.replies(remote, stage.api())) == 9


async def test_films_without_comments_have_an_empty_conversation(stage):
    remote = await stage.publish(film(stage, options={"made_for_kids": "yes"}))

    assert await stage.plugin.connector.replies(remote, stage.api()) == ()
    call = await stage.prepared(stage.step(Content(text="Bravo"), "answer", target=remote))
    verdict = await stage.send(call)
    assert isinstance(verdict, Refused)
    assert verdict.code == "comments_off"


async def test_a_lost_answer_shows_what_could_be_ours_and_claims_nothing(stage):
    remote = await stage.publish(film(stage))
    call = await stage.prepared(stage.step(Content(text="Merci"), "answer", target=remote))
    stage.fault("create", Effect.ACCEPT_CUT)
    await stage.send(call)

    (candidate,) = await stage.found(call)

    assert not candidate.certain
    other = await stage.prepared(stage.step(Content(text="Bravo"), "answer", target=remote))
    assert await stage.found(other) == ()


async def test_a_comment_can_be_taken_down(stage):
    remote = await stage.publish(film(stage))
    top, _ = await said(stage, "Merci", remote)
    call = await stage.prepared(stage.step(Content(), "delete", target=top))

    verdicts = [await stage.send(call), await stage.send(call)]

    assert verdicts == [Accepted(top), Accepted(top)]
    assert await stage.verify(top) == Absent()
    assert (await stage.found(call))[0].certain


# --- lists, the past, who it is ----------------------------------------------------------------------


async def test_history_has_the_public_films_of_the_time_with_their_figures(stage):
    await stage.publish(film(stage, "Il y a longtemps"))
    stage.clock.forward(100 * 86_400)
    stage.session.saved = {}
    await stage.publish(film(stage, "Grès", title="Terrasse"))
    await stage.publish(film(stage, "Caché", options={"privacy": "unlisted"}))
    await stage.prepared(stage.step(film(stage, "Brouillon")))

    past = await stage.plugin.connector.history(stage.api(), stage.clock.now - timedelta(days=90))

    assert [(one.text, one.media_count) for one in past] == [("Terrasse\n\nGrès", 1)]
    assert past[0].figures["video_views"] == 0


async def test_a_google_account_without_a_channel_is_told_so(stage):
    stage.network.flags.add("no_channel")

    with pytest.raises(BlockedError, match="no YouTube channel"):
        await stage.plugin.connector.identify({}, stage.api())


async def test_each_right_that_was_unticked_is_named(stage):
    credentials = {**stage.account.credentials, "scope": NEEDED[1]}
    account = Account("", "", "", stage.account.server, {}, credentials)

    identity = await stage.plugin.connector.identify({}, stage.api(account))

    assert [one.params["right"] for one in identity.missing] == ["youtube.upload", "youtube.force-ssl"]


async def test_a_channel_that_was_never_verified_is_known_and_the_self_test_says_so(stage_for):
    stage = await stage_for(long_uploads="eligible")
    assert stage.account.facts["long_uploads"] is False

    checks = {one.subject: one.state for one in await stage.plugin.connector.self_checks(stage.api())}

    assert checks == {"films": "attention", "figures": "good", "quota": "unknown"}


async def test_an_unreadable_read_back_says_nothing(stage):
    remote = await stage.publish(content_for(stage, "Sol"))
    stage.fault("read", Effect.GARBAGE)

    assert isinstance(await stage.verify(remote), Silent)
    assert await stage.verify(Remote("film9999999")) == Absent()
