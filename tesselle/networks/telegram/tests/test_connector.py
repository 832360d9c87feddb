"""The connector on its own sandbox: what goes out, is changed, is taken away."""

import json
from dataclasses import replace
from typing import Any

from tesselle.connectors.http.exchange import Request
from tesselle.connectors.tests.stage import Stage
from tesselle.domain.content import Content, Media
from tesselle.domain.verdicts import Accepted, Blocked, BlockReason, Doubtful, Later, Refused, Verdict
from tesselle.simulation.faults import Effect


def fields_of(request: Request) -> dict[str, Any]:
    assert isinstance(request.body, bytes)
    fields: dict[str, Any] = json.loads(request.body)
    return fields


async def published(stage: Stage, content: Content, kind: str = "", **more: Any) -> Verdict:
    return await stage.send(await stage.prepared(stage.step(content, kind, **more)))


async def test_a_text_goes_out_with_its_public_address(stage):
    remote = await stage.publish(Content(text="  Nouvelle collection 🧱  "))

    (post,) = await stage.public()
    assert post.text == "Nouvelle collection 🧱"
    assert remote.url == f"https://t.me/carrelage/{remote.id}"


async def test_a_private_channel_has_an_address_for_its_members(stage):
    stage.account = replace(stage.account, facts={**stage.account.facts, "username": ""})

    remote = await stage.publish(Content(text="Entre nous"))

    assert remote.url == f"https://t.me/c/{stage.account.remote_id[4:]}/{remote.id}"


async def test_a_long_emoji_text_fits_exactly_and_not_one_sign_more(stage):
    fits = await published(stage, Content(text="🧱" * 2048))
    too_long = await published(stage, Content(text="🧱" * 2048 + "a"))

    assert isinstance(fits, Accepted)
    assert isinstance(too_long, Refused)
    assert too_long.code == "text_too_long"


async def test_a_caption_is_shorter_than_a_text(stage):
    fits = await published(stage, Content(text="a" * 1024, media=(stage.image(),)))
    too_long = await published(stage, Content(text="a" * 1025, media=(stage.image(),)))

    assert isinstance(fits, Accepted)
    assert isinstance(too_long, Refused)


async def test_an_album_keeps_all_its_numbers_and_is_deleted_whole(stage):
    content = Content(text="Trois vues", media=tuple(stage.image(f"{i}.png") for i in range(3)))
    remote = await stage.publish(content)
    assert len(remote.extra["ids"].split(",")) == 3
    assert [item["mime"] for item in (await stage.public())[0].media] == ["image/png"] * 3

    deleted = await published(stage, content, "delete", target=remote)

    assert isinstance(deleted, Accepted)
    assert await stage.public() == []


async def test_the_first_picture_alone_would_leave_the_rest_of_an_album(stage):
    content = Content(text="Deux vues", media=(stage.image("a.png"), stage.image("b.png")))
    remote = await stage.publish(content)

    await published(stage, content, "delete", target=replace(remote, extra={}))

    assert len(await stage.public()) == 1


async def test_a_film_goes_out_with_its_shape(stage):
    (stage.folder / "pose.mp4").write_bytes(b"\x00\x00\x00\x18ftypmp42film")
    film = Media("video", "video/mp4", 16, 1280, 720, seconds=12.4, asset="pose.mp4")
    call = await stage.prepared(stage.step(Content(text="La pose", media=(film,))))

    request = await stage.request_for(call)
    verdict = await stage.send(call)

    assert request.url.endswith("/sendVideo")
    assert request.body.fields["duration"] == "12"
    assert request.body.fields["supports_streaming"] == "true"
    assert isinstance(verdict, Accepted)
    assert (await stage.public())[0].media[0]["mime"] == "video/mp4"


async def test_a_heavy_film_is_given_time_to_arrive(stage):
    (stage.folder / "long.mp4").write_bytes(b"x" * 5_000_000)
    film = Media("video", "video/mp4", 5_000_000, 1280, 720, asset="long.mp4")

    request = await stage.request_for(await stage.prepared(stage.step(Content(media=(film,)))))

    assert request.deadline_seconds == 50


async def test_options_reach_telegram(stage):
    content = Content(text="Chut", options={"silent": "on", "protect": "true", "preview": "none"})
    call = await stage.prepared(stage.step(content))

    fields = fields_of(await stage.request_for(call))
    await stage.send(call)

    assert fields["disable_notification"] is True
    assert fields["protect_content"] is True
    assert fields["link_preview_options"] == {"is_disabled": True}
    assert (await stage.public())[0].data["silent"] is True


async def test_without_options_nothing_of_them_is_sent(stage):
    fields = fields_of(await stage.request_for(await stage.prepared(stage.step(Content(text="Bonjour")))))

    assert set(fields) == {"chat_id", "text"}


async def test_a_link_ends_the_text_and_makes_the_preview(stage):
    link = "https://carrelage.example/collection"
    call = await stage.prepared(stage.step(Content(text="À voir", link=link, options={"preview": "large"})))

    fields = fields_of(await stage.request_for(call))

    assert fields["text"] == f"À voir\n\n{link}"
    assert fields["link_preview_options"] == {"url": link, "prefer_large_media": True}


async def test_a_link_that_stands_in_the_text_is_not_repeated(stage):
    link = "https://carrelage.example/collection"
    call = await stage.prepared(stage.step(Content(text=f"À voir : {link} !", link=link)))

    assert fields_of(await stage.request_for(call))["text"] == f"À voir : {link} !"


async def test_a_link_without_room_in_the_text_is_left_to_the_preview(stage):
    link = "https://carrelage.example/collection"
    call = await stage.prepared(stage.step(Content(text="a" * 4096, link=link)))

    assert isinstance(await stage.send(call), Accepted)
    assert fields_of(await stage.request_for(call))["link_preview_options"] == {"url": link}


async def test_the_parts_of_a_thread_answer_one_another(stage):
    content = Content(text="Un", parts=("Deux", "Trois"))
    assert stage.plugin.connector.steps("post", content, stage.account) == ("post", "part", "part")
    first = await stage.publish(content)
    second = await published(stage, content, "part", position=1, earlier=(first,))
    assert isinstance(second, Accepted)

    call = await stage.prepared(stage.step(content, "part", position=2, earlier=(first, second.remote)))
    await stage.send(call)

    reply = fields_of(await stage.request_for(call))["reply_parameters"]
    assert reply == {"message_id": int(second.remote.id), "allow_sending_without_reply": True}
    assert [post.text for post in await stage.public()] == ["Un", "Deux", "Trois"]


async def test_a_text_and_a_caption_can_be_corrected(stage):
    words = await stage.publish(Content(text="Carelage"))
    picture = await stage.publish(Content(text="Carelage bleu", media=(stage.image(),)))

    for remote, text in ((words, "Carrelage"), (picture, "Carrelage bleu")):
        assert isinstance(await published(stage, Content(text=text), "edit", target=remote), Accepted)

    assert [post.text for post in await stage.public()] == ["Carrelage", "Carrelage bleu"]


async def test_correcting_twice_and_deleting_twice_is_done_not_refused(stage):
    remote = await stage.publish(Content(text="Un mot"))
    same = Content(text="Un autre mot")

    edits = [await published(stage, same, "edit", target=remote) for _ in range(2)]
    deletes = [await published(stage, same, "delete", target=remote) for _ in range(2)]

    assert edits == [Accepted(remote)] * 2
    assert deletes == [Accepted(remote)] * 2


async def test_correcting_what_is_gone_is_refused(stage):
    remote = await stage.publish(Content(text="Un mot"))
    await published(stage, Content(text="Un mot"), "delete", target=remote)

    verdict = await published(stage, Content(text="Trop tard"), "edit", target=remote)

    assert isinstance(verdict, Refused)
    assert verdict.code == "target_gone"


async def test_a_throttle_says_when_to_come_back(stage):
    stage.fault("create", Effect.THROTTLE, seconds=7)

    verdict = await published(stage, Content(text="Vite"))

    assert isinstance(verdict, Later)
    assert (verdict.until - stage.clock.now).total_seconds() == 7


async def test_a_revoked_token_asks_for_a_new_one(stage):
    stage.fault("create", Effect.EXPIRED)

    verdict = await published(stage, Content(text="Bonjour"))

    assert isinstance(verdict, Blocked)
    assert verdict.reason is BlockReason.SIGN_IN


async def test_a_proxys_error_is_doubt(stage):
    stage.fault("create", Effect.ACCEPT_5XX)
    stage.fault("create", Effect.GARBAGE)

    verdicts = [await published(stage, Content(text="Bonjour")) for _ in range(2)]

    assert all(isinstance(verdict, Doubtful) for verdict in verdicts)


async def test_what_is_frozen_is_sent_again_byte_for_byte_and_holds_no_token(stage):
    call = await stage.prepared(stage.step(Content(text="Une fois", media=(stage.image(),))))
    again = await stage.prepared(call)

    assert again.frozen == call.frozen
    assert "AA" not in json.dumps(dict(call.frozen))
    assert await stage.request_for(again) == await stage.request_for(call)


async def test_a_file_that_this_machine_does_not_have_is_fetched_anew(stage):
    call = await stage.prepared(stage.step(Content(text="Une fois", media=(stage.image(),))))
    elsewhere = [{**file, "path": "/nowhere/tiles.png"} for file in call.frozen["files"]]

    again = await stage.prepared(replace(call, frozen={**call.frozen, "files": elsewhere}))

    assert again.frozen == call.frozen


async def test_the_token_shows_nowhere(stage):
    token = stage.account.credentials["token"]
    request = await stage.request_for(await stage.prepared(stage.step(Content(text="Bonjour"))))

    assert token in request.url
    assert token not in repr(request) + repr(stage.account) + repr(stage.api())


async def test_only_a_call_that_cannot_be_looked_for_takes_its_own_connection(stage, quiet):
    for here, alone in ((stage, False), (quiet, True)):
        call = await here.prepared(here.step(Content(text="Bonjour")))
        assert (await here.request_for(call)).fresh_connection is alone
