"""Reviews are read with their stars, and answered once."""

import pytest

from tesselle.connectors.card import Discussed
from tesselle.domain.content import Content
from tesselle.domain.errors import RejectedError
from tesselle.domain.verdicts import (
    Absent,
    Accepted,
    Doubtful,
    Present,
    ProcessingFailed,
    Remote,
    StillProcessing,
)
from tesselle.networks.google_business.sandbox.reviews import Reviews
from tesselle.simulation.faults import Effect


async def reviewed(stage, author="Ana", stars=4, text="Très soigné") -> Remote:
    place = await stage.network.account(stage.account.remote_id)
    await Reviews(stage.network).write(place, author, stars, text)
    (newest, *_) = await stage.plugin.connector.received(Discussed.REVIEWS, stage.api())
    return newest.remote


async def test_reviews_are_read_with_their_stars_which_may_be_all_there_is(stage):
    await reviewed(stage)
    stage.clock.forward(60)
    await reviewed(stage, "", 2, "")

    quiet, spoken = await stage.plugin.connector.received(Discussed.REVIEWS, stage.api())

    assert (spoken.author, spoken.text) == ("Ana", "★★★★☆\nTrès soigné")
    assert (quiet.author, quiet.text) == ("", "★★☆☆☆")


async def test_what_the_public_of_a_practice_world_says_becomes_a_review(stage):
    post = await stage.publish(Content(text="Sol"))
    comment = stage.network.new_post(f"{post.id}~1", "visitor", "Bravo", parent_id=post.id)
    await stage.network.add_post(comment)
    (review,) = await stage.plugin.connector.received(Discussed.REVIEWS, stage.api())
    assert review.text.endswith("\nBravo")
    assert review.text[0] == "★"

    call = await stage.prepared(stage.step(Content(text="Merci"), "answer", target=review.remote))
    verdict = await stage.send(call)

    assert isinstance(verdict, Accepted)
    assert isinstance(await stage.verify(verdict.remote), Present)


async def test_a_review_is_answered_once_and_answered_again_it_is_changed(stage):
    review = await reviewed(stage)
    call = await stage.prepared(stage.step(Content(text="Merci"), "answer", target=review))
    assert await stage.found(call) == ()
    stage.fault("create", Effect.ACCEPT_CUT)
    assert isinstance(await stage.send(call), Doubtful)
    assert (await stage.found(call))[0].certain
    await stage.send(call)
    below = Remote(f"{review.id}/reply")
    verdict = await stage.send(
        await stage.prepared(stage.step(Content(text="Merci !"), "answer", target=below))
    )

    said = await stage.plugin.connector.received(Discussed.REVIEWS, stage.api())

    assert verdict == Accepted(below, visible=False)
    assert [(one.text, one.parent_id, one.mine) for one in said[1:]] == [("Merci !", review.id, True)]
    assert await stage.verify(below) == Present(below)


async def test_an_answer_is_public_only_when_google_has_looked_at_it(stage):
    review = await reviewed(stage)
    for flag, kind in (("slow_processing", StillProcessing), ("rejects", ProcessingFailed)):
        stage.network.flags = {flag}
        call = await stage.prepared(stage.step(Content(text=flag), "answer", target=review))
        verdict = await stage.send(call)
        assert isinstance(verdict, Accepted)
        assert isinstance(await stage.verify(verdict.remote), kind)


async def test_an_answer_can_be_taken_back(stage):
    review = await reviewed(stage)
    answer = await stage.prepared(stage.step(Content(text="Merci"), "answer", target=review))
    verdict = await stage.send(answer)
    call = await stage.prepared(stage.step(Content(), "delete", target=verdict.remote))
    assert await stage.found(call) == ()

    verdicts = [await stage.send(call), await stage.send(call)]

    assert verdicts == [Accepted(verdict.remote)] * 2
    assert await stage.verify(verdict.remote) == Absent()
    assert (await stage.found(call))[0].certain


@pytest.mark.parametrize(
    ("text", "target", "code"),
    [("é" * 2049, "", "answer_too_long"), ("Merci", "a/localPosts/1", "no_comments")],
)
async def test_an_answer_that_cannot_be_is_not_sent(stage, text, target, code):
    remote = Remote(target) if target else await reviewed(stage)

    with pytest.raises(RejectedError) as refused:
        await stage.prepared(stage.step(Content(text=text), "answer", target=remote))

    assert refused.value.reason == code
