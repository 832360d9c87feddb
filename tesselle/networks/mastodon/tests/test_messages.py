"""Private mentions are read by exchange, answered privately, and are nobody else's."""

import pytest

from tesselle.connectors.card import Discussed
from tesselle.domain.content import Content
from tesselle.domain.errors import RejectedError
from tesselle.domain.verdicts import Accepted, Present, Remote
from tesselle.networks.mastodon import messages as reading
from tesselle.networks.mastodon.wire import ask_list
from tesselle.simulation.faults import Effect


async def somebody(stage, name="bob"):
    sandbox = stage.plugin.sandbox
    software = {"kind": stage.account.kind} if stage.account.kind else {}
    return await sandbox.open_account(
        stage.network, f"https://{sandbox.host}", name, name.title(), **software
    )


async def write(stage, who: str, number: str, text="Un devis ?", below="", to: tuple[str, ...] = ()) -> None:
    stage.clock.forward(60)
    message = stage.network.new_post(
        number,
        who,
        text,
        parent_id=below,
        data={"visibility": "direct"},
        to=to or (stage.account.remote_id,),
    )
    await stage.network.add_post(message)


async def received(stage):
    return await stage.plugin.connector.received(Discussed.MESSAGES, stage.api())


async def answered(stage, target: Remote, text="Avec plaisir.") -> Remote:
    stage.clock.forward(60)
    call = await stage.prepared(stage.step(Content(text=text), "answer", target=target))
    verdict = await stage.send(call)
    assert isinstance(verdict, Accepted), verdict
    return verdict.remote


@pytest.mark.parametrize("software", ["mastodon", "gotosocial"])
async def test_a_message_is_read_and_answered_to_its_author_alone(stage_on, software):
    stage = await stage_on(software)
    bob = await somebody(stage)
    await write(stage, bob.id, "501")
    (message,) = await received(stage)
    assert (message.author, message.text, message.mine, message.past) == ("@bob", "Un devis ?", False, False)

    ours = await answered(stage, message.remote)

    kept = await stage.network.stored_post(ours.id)
    assert kept is not None
    assert (kept.text, kept.data["visibility"], kept.to) == ("@bob Avec plaisir.", "direct", (bob.id,))
    assert isinstance(await stage.verify(ours), Present)
    first, last = await received(stage)
    assert (first.remote.id, first.past) == ("501", True)
    assert (last.remote.id, last.mine, last.past) == (ours.id, True, False)


async def test_of_an_exchange_the_last_line_decides_and_no_line_is_lost(stage):
    bob = await somebody(stage)
    await write(stage, bob.id, "501")
    ours = await answered(stage, Remote("501"))
    await write(stage, bob.id, "502", "Combien ?", below=ours.id)
    await write(stage, bob.id, "503", "Et quand ?", below=ours.id)

    said = await received(stage)

    assert {(one.text, one.past) for one in said} == {
        ("Un devis ?", True),
        ("@bob Avec plaisir.", True),
        ("Combien ?", True),
        ("Et quand ?", False),
    }


async def test_what_is_written_privately_below_a_post_is_a_message_and_no_comment(stage):
    post = await stage.publish(Content(text="Sol"))
    bob = await somebody(stage)
    await write(stage, bob.id, "501", below=post.id)
    public = stage.network.new_post(
        "502", bob.id, "Superbe", parent_id=post.id, data={"visibility": "public"}
    )
    await stage.network.add_post(public)

    (comment,) = await stage.plugin.connector.replies(post, stage.api())
    said = await received(stage)

    assert comment.text == "Superbe"
    assert [(one.text, one.past) for one in said] == [("Un devis ?", False)]
    (figures,) = await stage.plugin.connector.post_figures([post], stage.api())
    assert figures.values["comments"] == 1


async def test_where_messages_cannot_be_asked_for_they_stay_comments(stage_on):
    stage = await stage_on("snac")
    post = await stage.publish(Content(text="Sol"))
    bob = await somebody(stage)
    await write(stage, bob.id, "501", below=post.id)

    (comment,) = await stage.plugin.connector.replies(post, stage.api())

    assert comment.text == "Un devis ?"
    assert await ask_list(stage.api(), "/api/v1/conversations") == []


async def test_what_others_write_to_one_another_is_not_ours(stage):
    bob, eve = await somebody(stage), await somebody(stage, "eve")
    await write(stage, bob.id, "501", to=(eve.id,))

    assert await received(stage) == ()
    with pytest.raises(RejectedError):
        await answered(stage, Remote("501"))


async def test_more_exchanges_than_a_page_holds_are_read_on(stage):
    bob = await somebody(stage)
    for number in range(reading.A_PAGE + 3):
        await write(stage, bob.id, str(1000 + number))

    said = await received(stage)

    assert len({one.remote.id for one in said}) == reading.A_PAGE + 3


async def test_an_answer_whose_answer_is_lost_goes_out_once(stage):
    bob = await somebody(stage)
    await write(stage, bob.id, "501")
    call = await stage.prepared(stage.step(Content(text="Avec plaisir."), "answer", target=Remote("501")))
    stage.fault("create", Effect.ACCEPT_CUT)
    await stage.send(call)

    await stage.send(call)  # the same key

    written = [
        one for one in await stage.network.messages(stage.account.remote_id) if one.account_id != bob.id
    ]
    assert len(written) == 1


async def test_where_no_key_protects_the_answer_is_found_again(stage_on):
    stage = await stage_on("gotosocial")
    bob = await somebody(stage)
    await write(stage, bob.id, "501")
    call = await stage.prepared(stage.step(Content(text="Avec plaisir."), "answer", target=Remote("501")))
    stage.fault("create", Effect.ACCEPT_CUT)
    await stage.send(call)

    (found,) = (await stage.look_up(call)).candidates

    kept = await stage.network.stored_post(found.remote.id)
    assert kept is not None and kept.parent_id == "501"
