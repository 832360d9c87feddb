"""What can be found again, and what cannot be told."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tesselle.connectors.protocols import StepCall, Window
from tesselle.connectors.tests.stage import Stage
from tesselle.domain.content import Content
from tesselle.domain.verdicts import (
    Accepted,
    Doubtful,
    Present,
    ReconciliationKind,
    Remote,
    Seen,
    Silent,
)
from tesselle.networks.telegram.updates import PAGE
from tesselle.simulation.faults import Effect
from tesselle.simulation.network import SimPost

WORDS = Content(text="Nouvelle collection de carrelage")


async def lost(
    stage: Stage, content: Content = WORDS, effect: Effect = Effect.ACCEPT_CUT, kind: str = "", **more: Any
) -> StepCall:
    """A step whose answer did not arrive."""
    stage.fault("create", effect)
    call = await stage.prepared(stage.step(content, kind, **more))
    assert isinstance(await stage.send(call), Doubtful)
    return call


async def by_hand(stage: Stage, text: str, **data: Any) -> SimPost:
    number = str(await stage.network.next_id("messages"))
    post = stage.network.new_post(number, stage.account.remote_id, text, data=data)
    await stage.network.add_post(post)
    return post


async def chatter(stage: Stage, count: int) -> None:
    """So many comments under a post."""
    post = await by_hand(stage, "De quoi parler")
    for index in range(count):
        comment = stage.network.new_post(f"c{index}", "reader", "Bravo", parent_id=post.id)
        await stage.network.add_post(comment)
    await stage.plugin.connector.replies(Remote(post.id), stage.api())  # Telegram queues them now


@pytest.mark.parametrize("effect", [Effect.ACCEPT_CUT, Effect.ACCEPT_5XX, Effect.GARBAGE])
async def test_a_post_whose_answer_was_lost_is_found_in_the_discussion_group(stage, effect):
    call = await lost(stage, effect=effect)

    (candidate,) = await stage.found(call)

    (post,) = await stage.public()
    assert candidate.certain
    assert candidate.remote.id == post.id
    assert candidate.remote.url == f"https://t.me/carrelage/{post.id}"


async def test_what_never_arrived_is_not_there_and_goes_out_once(stage):
    stage.fault("create", Effect.CUT_UNREAD)
    call = await stage.prepared(stage.step(WORDS))

    await stage.send_until_settled(call)

    assert len(await stage.public()) == 1


async def test_what_comes_to_light_late_is_found_then(stage):
    stage.fault("create", Effect.ACCEPT_LATE, seconds=90)
    call = await stage.prepared(stage.step(WORDS))
    await stage.send(call)
    before = await stage.found(call)

    stage.clock.forward(91)

    assert before == ()
    assert len(await stage.found(call)) == 1


async def test_an_album_is_found_with_all_its_numbers(stage):
    call = await lost(stage, replace(WORDS, media=(stage.image("a.png"), stage.image("b.png"))))

    (candidate,) = await stage.found(call)

    assert candidate.certain
    assert len(candidate.remote.extra["ids"].split(",")) == 2


async def test_a_part_of_a_thread_is_found(stage):
    content = replace(WORDS, parts=("La suite",))
    first = await stage.publish(content)
    call = await lost(stage, content, kind="part", position=1, earlier=(first,))

    (candidate,) = await stage.found(call)

    assert candidate.certain
    assert candidate.text == "La suite"


async def test_other_words_other_media_or_another_hour_are_no_candidates(stage):
    await by_hand(stage, "Autre chose")
    await stage.publish(replace(WORDS, media=(stage.image(),)))
    await by_hand(stage, WORDS.text)
    stage.clock.forward(1800)
    call = stage.step(WORDS)

    assert await stage.found(call) == ()


async def test_what_belongs_to_another_delivery_is_no_candidate(stage):
    remote = await stage.publish(WORDS)
    call = stage.step(WORDS)
    window = replace(stage.window(call), adopted=frozenset({remote.id}))

    assert await stage.plugin.connector.look_up(call, stage.api(), window) == Seen()


async def test_a_post_signed_by_somebody_else_is_shown_but_not_taken(stage):
    await by_hand(stage, WORDS.text, signature="Chloé")

    (candidate,) = await stage.found(stage.step(WORDS))

    assert not candidate.certain


async def test_the_same_words_by_hand_are_never_taken_for_ours_where_nobody_signs(unsigned):
    await by_hand(unsigned, WORDS.text)

    (candidate,) = await unsigned.found(unsigned.step(WORDS))

    assert not candidate.certain
    assert candidate.remote.url


async def test_a_lost_answer_of_a_channel_that_does_not_sign_is_shown_to_a_person(unsigned):
    call = await lost(unsigned)

    (candidate,) = await unsigned.found(call)

    assert not candidate.certain


async def test_the_same_words_twice_are_two_candidates(stage):
    call = await lost(stage)
    await by_hand(stage, WORDS.text)

    assert len(await stage.found(call)) == 2


async def test_a_picture_without_words_is_never_certain(stage):
    call = await lost(stage, Content(media=(stage.image(),)))

    (candidate,) = await stage.found(call)

    assert not candidate.certain


async def test_looking_again_and_again_reads_the_same_and_confirms_nothing(stage):
    call = await lost(stage)

    looks = [await stage.found(call) for _ in range(5)]

    assert looks == [looks[0]] * 5


async def test_an_answer_cut_to_one_update_does_not_hide_the_post(stage):
    await by_hand(stage, "Un autre message, plus ancien")
    call = await lost(stage)
    await stage.found(call)

    # The sandbox, like Telegram, gives one update to whoever repeats a question at once.
    again = await stage.found(call)

    assert len(again) == 1


async def test_more_updates_than_can_be_read_say_nothing(stage):
    await chatter(stage, PAGE)
    call = await lost(stage)

    assert isinstance(await stage.look_up(call), Silent)


async def test_the_queue_is_made_readable_again_by_the_figures_an_hour_later(stage):
    await chatter(stage, PAGE)
    call = await lost(stage)
    stage.clock.forward(3700)
    call = replace(call, instant=stage.clock.now)
    await stage.publish(WORDS)

    await stage.plugin.connector.channel_figures(stage.api())

    assert len(await stage.found(call)) == 1


async def test_the_figures_leave_a_queue_alone_that_can_be_read_whole(stage):
    call = await lost(stage)
    stage.clock.forward(7200)

    await stage.plugin.connector.channel_figures(stage.api())

    window = Window(call.instant - timedelta(seconds=60), call.instant + timedelta(seconds=60))
    sighting = await stage.plugin.connector.look_up(call, stage.api(), window)
    assert isinstance(sighting, Seen)
    assert len(sighting.candidates) == 1


async def test_a_window_older_than_what_is_kept_says_nothing(stage):
    call = stage.step(WORDS)
    stage.clock.forward(7200)
    window = Window(call.instant - timedelta(seconds=60), call.instant + timedelta(seconds=60))

    assert isinstance(await stage.plugin.connector.look_up(call, stage.api(), window), Silent)


@pytest.mark.parametrize("effect", [Effect.THROTTLE, Effect.EXPIRED, Effect.FAIL_5XX, Effect.HANG])
async def test_a_look_that_fails_itself_says_nothing(stage, effect):
    call = await lost(stage)
    stage.fault("list", effect, seconds=30)

    sighting = await stage.look_up(call)

    assert isinstance(sighting, Silent)
    assert (sighting.until is not None) == (effect is Effect.THROTTLE)


async def test_another_program_reading_the_bot_says_nothing(stage):
    call = await lost(stage)
    stage.network.flags.add("webhook")

    assert isinstance(await stage.look_up(call), Silent)


async def test_without_a_discussion_group_doubt_is_for_a_person(quiet):
    connector = quiet.plugin.connector
    call = await lost(quiet)

    assert connector.reconciliation("post", quiet.account).kind is ReconciliationKind.NONE
    assert not connector.reads_back(quiet.account)
    assert isinstance(await quiet.look_up(call), Silent)


async def test_with_one_a_post_can_be_looked_for_but_an_answer_cannot(stage):
    kinds = {
        step: stage.plugin.connector.reconciliation(step, stage.account).kind
        for step in ("post", "part", "answer", "edit", "delete")
    }

    assert kinds == {
        "post": ReconciliationKind.LOOKUP,
        "part": ReconciliationKind.LOOKUP,
        "answer": ReconciliationKind.NONE,
        "edit": ReconciliationKind.KEY,
        "delete": ReconciliationKind.KEY,
    }


async def test_a_post_is_read_back_where_the_group_shows_it(stage, quiet):
    seen = await stage.verify(await stage.publish(WORDS))
    unseen = await quiet.verify(await quiet.publish(WORDS))

    assert isinstance(seen, Present)
    assert isinstance(unseen, Silent)


async def test_not_being_seen_yet_is_not_being_gone(stage):
    stage.network.hide_new_for = 30
    remote = await stage.publish(WORDS)
    early = await stage.verify(remote)

    stage.clock.forward(31)

    assert isinstance(early, Silent)
    assert isinstance(await stage.verify(remote), Present)


async def test_a_correction_whose_answer_was_lost_is_simply_repeated(stage):
    remote = await stage.publish(WORDS)
    call = await stage.prepared(stage.step(Content(text="Corrigé"), "edit", target=remote))
    stage.fault("edit", Effect.ACCEPT_CUT)

    verdicts = [await stage.send(call), await stage.send(call)]

    assert isinstance(verdicts[0], Doubtful)
    assert verdicts[1] == Accepted(remote)


async def test_what_is_younger_than_an_hour_is_never_thrown_away(stage):
    await chatter(stage, PAGE)

    await stage.plugin.connector.channel_figures(stage.api())

    assert len(await stage.network.all_kept(f"updates.{stage.account.credentials['token']}")) == PAGE + 1


async def test_an_answer_and_a_deletion_are_not_awaited_where_nobody_can_see_them(stage):
    reads_back = stage.plugin.connector.reads_back

    assert [reads_back(stage.account, purpose) for purpose in ("post", "edit", "answer", "delete")] == [
        True,
        True,
        False,
        False,
    ]
