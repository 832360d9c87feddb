from datetime import timedelta

import pytest

from tesselle.connectors.protocols import Window
from tesselle.domain.content import Content
from tesselle.domain.verdicts import Accepted, Doubtful, Duplicate, Silent
from tesselle.simulation.faults import Effect

IN_DOUBT = [Effect.ACCEPT_CUT, Effect.ACCEPT_5XX, Effect.GARBAGE, Effect.CUT_UNREAD, Effect.FAIL_5XX]


@pytest.mark.parametrize("effect", IN_DOUBT)
@pytest.mark.parametrize("with_picture", [False, True])
async def test_a_doubtful_post_ends_as_one_post(stage, effect, with_picture):
    media = (stage.image(),) if with_picture else ()
    call = await stage.prepared(stage.step(Content(text="Tiles (new)", media=media)))
    stage.fault("create", effect)

    await stage.send_until_settled(call)

    assert [post.text for post in await stage.public()] == ["Tiles (new)"]


@pytest.mark.parametrize("effect", IN_DOUBT)
async def test_a_doubtful_comment_ends_as_one_comment(stage, effect):
    content = Content(text="Tiles", options={"first_comment": "Prix (TTC)"})
    post = await stage.publish(content)
    call = await stage.prepared(stage.step(content, "comment", position=1, earlier=(post,)))
    stage.fault("create", effect)

    await stage.send_until_settled(call)

    assert [one.text for one in await stage.public()] == ["Tiles", "Prix (TTC)"]


async def test_a_doubtful_answer_is_found_below_what_it_answers_and_nowhere_else(stage):
    post = await stage.publish(Content(text="Tiles"))
    first = await stage.send(await stage.prepared(stage.step(Content(text="40"), "answer", target=post)))
    call = stage.step(Content(text="40"), "answer", target=first.remote)
    call = await stage.prepared(call)

    assert await stage.found(call) == ()
    verdict = await stage.send(call)
    (candidate,) = await stage.found(call)

    assert candidate.remote == verdict.remote


async def test_a_repeat_is_called_a_duplicate_and_then_looked_for(stage):
    call = await stage.prepared(stage.step(Content(text="Tiles")))

    first, second = await stage.send(call), await stage.send(call)

    assert isinstance(second, Duplicate)
    assert [one.remote for one in await stage.found(call)] == [first.remote]


async def test_the_same_words_can_be_said_again_later(stage):
    first = await stage.publish(Content(text="Tiles"))
    stage.clock.forward(660)

    second = await stage.publish(Content(text="Tiles"))

    assert first.id != second.id


async def test_other_words_files_links_polls_and_times_are_not_ours(stage):
    link, picture = "https://carrelage.example/a", stage.image()
    poll = {"poll": "Oui\nNon", "poll_question": "Mat ?", "poll_seconds": "86400"}
    published = (
        Content(text="Tiles", media=(picture,)),
        Content(text="Tiles", link=link),
        Content(text="Tiles", options=poll),
        Content(text="Other tiles"),
    )
    for content in published:
        await stage.publish(content)

    call = await stage.prepared(stage.step(Content(text="Tiles")))
    assert await stage.found(call) == ()

    remote = await stage.publish(Content(text="Tiles"))
    assert [one.remote.id for one in await stage.found(call)] == [remote.id]
    window = stage.window(call)
    late = Window(window.end + timedelta(hours=1), window.end + timedelta(hours=2))
    taken = Window(window.start, window.end, frozenset({remote.id}))
    for other in (late, taken):
        assert (await stage.plugin.connector.look_up(call, stage.api(), other)).candidates == ()


async def test_an_edit_and_a_deletion_are_seen(stage):
    post = await stage.publish(Content(text="Tiles"))
    edit = await stage.prepared(stage.step(Content(text="Better (tiles)"), "edit", target=post))
    delete = await stage.prepared(stage.step(Content(), "delete", target=post))

    assert await stage.found(edit) == ()
    assert isinstance(await stage.send(edit), Accepted)
    assert len(await stage.found(edit)) == 1
    assert await stage.found(delete) == ()
    assert isinstance(await stage.send(delete), Accepted)
    assert len(await stage.found(delete)) == 1


@pytest.mark.parametrize(
    "effect", [Effect.THROTTLE, Effect.EXPIRED, Effect.FAIL_5XX, Effect.HANG, Effect.GARBAGE]
)
async def test_a_look_up_that_fails_says_nothing(stage, effect):
    call = await stage.prepared(stage.step(Content(text="Tiles")))
    stage.fault("list", effect)

    assert isinstance(await stage.look_up(call), Silent)


async def test_a_post_that_no_list_shows_yet_is_found_later(stage):
    call = await stage.prepared(stage.step(Content(text="Tiles")))
    stage.fault("create", Effect.ACCEPT_CUT)
    assert isinstance(await stage.send(call), Doubtful)
    stage.network.flags.add("partial_listing")
    assert await stage.found(call) == ()

    stage.network.flags.clear()

    assert len(await stage.found(call)) == 1
