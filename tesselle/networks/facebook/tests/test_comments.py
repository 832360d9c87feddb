"""The first comment, and answers to those of others."""

import pytest

from tesselle.domain.content import Content
from tesselle.domain.errors import TryLaterError
from tesselle.domain.verdicts import (
    Accepted,
)
from tesselle.networks.facebook.tests.making import film
from tesselle.simulation.faults import Effect


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
