"""The connector on its own sandbox: what goes out, is read back, changed and taken away."""

import json
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from tesselle.connectors.protocols import Account
from tesselle.connectors.tests.stage import open_stage
from tesselle.domain.content import Content, Media
from tesselle.domain.errors import BlockedError, RejectedError
from tesselle.domain.verdicts import Absent, Accepted, Doubtful, Present, Refused, Silent, Verdict
from tesselle.networks import plugin
from tesselle.simulation.faults import Effect

LINK = "https://carrelage.example/collection"


async def done(stage, content: Content, kind: str = "", **more: Any) -> Verdict:
    return await stage.send(await stage.prepared(stage.step(content, kind, **more)))


async def payload(stage, content: Content) -> dict[str, Any]:
    return (await stage.prepared(stage.step(content))).frozen["payload"]


async def identify(stage, **typed: str):
    answers = {**stage.opened.answers, **typed}
    return await stage.plugin.connector.identify(answers, stage.api(Account("", "", "", "")))


@pytest.fixture
async def forum(tmp_path):
    here = plugin("discord")
    opened = partial(here.sandbox.open_account, forum=True)
    return await open_stage(replace(here, sandbox=replace(here.sandbox, open_account=opened)), tmp_path)


async def test_a_message_goes_out_with_its_address_and_is_read_back(stage):
    remote = await stage.publish(Content(text="  Nouvelle collection 🧱 "))

    channel = stage.account.facts["channel"]
    assert remote.url == f"https://discord.example/channels/1100000000000000001/{channel}/{remote.id}"
    assert [post.text for post in await stage.public()] == ["Nouvelle collection 🧱"]
    assert await stage.verify(remote) == Present(remote)


async def test_nobody_is_called_unless_somebody_chose_so(stage):
    quiet = await payload(stage, Content(text="@everyone"))
    loud = await payload(stage, Content(text="@everyone", options={"mentions": "everyone"}))

    assert quiet["allowed_mentions"] == {"parse": []}
    assert loud["allowed_mentions"] == {"parse": ["users", "roles", "everyone"]}
    assert "flags" not in quiet


async def test_options_become_flags(stage):
    sent = await payload(stage, Content(text="Chut", options={"silent": "on", "previews": "none"}))

    assert sent["flags"] == 4 | 4096


async def test_a_link_ends_the_text_or_travels_as_an_embed(stage):
    short = await payload(stage, Content(text="À voir", link=LINK))
    full = Content(text="a" * 2000, link=LINK, options={"previews": "none"})

    assert short["content"] == f"À voir\n\n{LINK}"
    assert (await payload(stage, full))["embeds"] == [{"title": LINK, "url": LINK}]
    assert "flags" not in await payload(stage, full)
    assert isinstance(await done(stage, full), Accepted)


async def test_pictures_and_a_film_go_out_with_their_alternative_texts(stage):
    (stage.folder / "pose.mp4").write_bytes(b"\x00\x00\x00\x18ftypmp42film")
    film = Media("video", "video/mp4", 16, 1280, 720, asset="pose.mp4")
    media = (stage.image("a.png", alt="Mur « bleu »"), film)

    remote = await stage.publish(Content(text="Deux vues", media=media))

    (post,) = await stage.public()
    assert [(one["mime"], one["alt"]) for one in post.media] == [
        ("image/png", "Mur « bleu »"),
        ("video/mp4", ""),
    ]
    assert len(remote.extra["files"].split(",")) == 2


async def test_an_edit_keeps_the_files(stage):
    remote = await stage.publish(Content(text="Carelage", media=(stage.image(),)))

    verdict = await done(stage, Content(text="Carrelage", media=(stage.image(),)), "edit", target=remote)

    (post,) = await stage.public()
    assert verdict == Accepted(remote)
    assert (post.text, len(post.media)) == ("Carrelage", 1)


async def test_files_that_an_edit_does_not_name_are_taken_away(stage):
    """Why their numbers are kept with the post."""
    remote = await stage.publish(Content(text="Carelage", media=(stage.image(),)))

    await done(stage, Content(text="Carrelage"), "edit", target=replace(remote, extra={}))

    assert (await stage.public())[0].media == ()


async def test_deleting_twice_is_done_and_editing_what_is_gone_is_refused(stage):
    remote = await stage.publish(Content(text="Un mot"))

    deletes = [await done(stage, Content(), "delete", target=remote) for _ in range(2)]
    edit = await done(stage, Content(text="Trop tard"), "edit", target=remote)

    assert deletes == [Accepted(remote)] * 2
    assert isinstance(edit, Refused)
    assert await stage.verify(remote) == Absent()


async def test_a_forum_wants_a_title_and_its_post_is_found_in_its_thread(forum):
    without = await done(forum, Content(text="Bonjour"))
    remote = await forum.publish(Content(text="Bonjour", options={"thread_name": "Conseils"}))

    assert isinstance(without, Refused)
    assert remote.extra["thread"] != forum.account.facts["channel"]
    assert await forum.verify(remote) == Present(remote)
    assert await forum.verify(replace(remote, extra={})) == Absent()
    assert await done(forum, Content(), "delete", target=remote) == Accepted(remote)


async def test_a_title_is_for_forums_and_not_beside_a_threads_number(stage, forum):
    named = await done(stage, Content(text="Bonjour", options={"thread_name": "Conseils"}))
    both = await done(forum, Content(text="Bonjour", options={"thread_name": "Conseils", "thread": "7"}))

    assert [verdict.code for verdict in (named, both)] == ["thread", "thread"]


async def test_a_message_into_a_thread_keeps_its_place(stage):
    remote = await stage.publish(Content(text="Suite", options={"thread": "1300000000000000001"}))

    assert remote.extra == {"thread": "1300000000000000001"}
    assert isinstance(await stage.verify(remote), Present)


async def test_a_lost_answer_cannot_be_looked_for(stage):
    call = await stage.prepared(stage.step(Content(text="Qui sait")))
    stage.fault("create", Effect.ACCEPT_CUT)

    assert isinstance(await stage.send(call), Doubtful)
    assert isinstance(await stage.look_up(call), Silent)


@pytest.mark.parametrize("effect", [Effect.EXPIRED, Effect.THROTTLE, Effect.FAIL_5XX, Effect.HANG])
async def test_a_reading_that_fails_says_nothing(stage, effect):
    remote = await stage.publish(Content(text="Bonjour"))
    stage.fault("read", effect)

    assert isinstance(await stage.verify(remote), Silent)


async def test_what_is_frozen_is_sent_again_byte_for_byte_and_holds_no_address(stage):
    call = await stage.prepared(stage.step(Content(text="Une fois", media=(stage.image(),))))
    again = await stage.prepared(call)
    request = await stage.request_for(call)
    token = stage.opened.answers["address"].rpartition("/")[2]

    assert await stage.request_for(again) == request
    assert request.fresh_connection
    assert token in request.url
    assert token not in json.dumps(dict(call.frozen)) + repr(request) + repr(stage.account)


async def test_a_file_that_this_machine_does_not_have_is_fetched_anew(stage):
    call = await stage.prepared(stage.step(Content(text="Une fois", media=(stage.image(),))))
    elsewhere = [{**file, "path": "/nowhere/tiles.png"} for file in call.frozen["files"]]

    again = await stage.prepared(replace(call, frozen={**call.frozen, "files": elsewhere}))

    assert again.frozen == call.frozen


@pytest.mark.parametrize("path", ["/api/webhooks", "/api/v9/webhooks", "/api/v10/webhooks"])
async def test_any_form_of_the_address_is_understood(stage, path):
    address = stage.opened.answers["address"].replace("/api/webhooks", path)

    identity = await identify(stage, address=f"{address}/")

    assert identity.account.remote_id == stage.opened.id
    assert identity.account.credentials["address"].startswith("https://discord.example/api/v10/webhooks/")
    assert identity.display_name == "Carrelage Dubois"


async def test_what_is_no_webhook_is_said(stage):
    with pytest.raises(RejectedError) as told:
        await identify(stage, address="https://discord.com/channels/1/2")
    assert told.value.reason == "not_a_webhook"

    with pytest.raises(BlockedError, match="no longer knows"):
        await identify(stage, address=stage.opened.answers["address"] + "x")


async def test_a_follower_takes_no_messages(stage):
    account = await stage.network.account(stage.opened.id)
    await stage.network.add_account(replace(account, facts={**account.facts, "type": 2}))

    with pytest.raises(RejectedError, match="follows another channel"):
        await identify(stage)
