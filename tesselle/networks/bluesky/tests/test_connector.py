"""The real connector against the sandbox, in process."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tesselle.connectors.protocols import Account
from tesselle.connectors.tests.stage import START, Stage
from tesselle.domain.content import Content
from tesselle.domain.errors import BlockedError, NotSentError, RejectedError, TryLaterError
from tesselle.domain.verdicts import (
    Absent,
    Accepted,
    Duplicate,
    Later,
    Present,
    Refused,
    Remote,
    Seen,
    Silent,
)
from tesselle.simulation.faults import Effect


async def test_a_post_goes_out_with_language_key_and_the_instant_it_was_prepared_at(stage: Stage):
    remote = await stage.publish(Content(text="Nouveau carrelage", language="fr"))

    (post,) = await stage.public()
    assert post.id == remote.id
    assert post.data["record"]["langs"] == ["fr"]
    assert post.data["record"]["createdAt"] == "2026-11-23T09:30:00.000Z"
    assert remote.url == f"https://bsky.app/profile/{stage.account.remote_id}/post/{remote.id[-13:]}"


async def test_every_attempt_sends_the_same_bytes_even_when_the_frozen_form_came_back_in_another_order(
    stage: Stage,
):
    call = await stage.prepared(stage.step(Content(text="Une fois, #joint", media=(stage.image(),))))
    first = await stage.request_for(call)
    mixed = json.loads(json.dumps(call.frozen, sort_keys=True))
    stage.clock.forward(7)

    again = await stage.request_for(await stage.prepared(replace(call, frozen=mixed)))

    assert again.body == first.body


async def test_a_step_prepared_again_from_nothing_later_on_is_the_same_record(stage: Stage):
    call = stage.step(Content(text="Préparée, puis oubliée avant d'être gardée"))
    first = await stage.prepared(call)
    stage.clock.forward(90)

    assert (await stage.prepared(call)).frozen == first.frozen


async def test_a_second_put_with_other_words_under_the_same_key_is_a_duplicate_and_overwrites_nothing(
    stage: Stage,
):
    call = await stage.prepared(stage.step(Content(text="The first")))
    await stage.send(call)
    other = {**call.frozen, "record": {**call.frozen["record"], "text": "The second"}}

    verdict = await stage.send(replace(call, frozen=other))

    assert isinstance(verdict, Duplicate)
    assert [post.text for post in await stage.public()] == ["The first"]


async def test_other_content_under_our_key_is_not_taken_for_ours(stage: Stage):
    call = await stage.prepared(stage.step(Content(text="Ours")))
    await stage.send(call)
    other = {**call.frozen, "record": {**call.frozen["record"], "text": "Theirs"}}

    assert await stage.found(replace(call, frozen=other)) == ()


async def test_mentions_become_the_account_behind_the_handle_and_unknown_ones_stay_text(stage: Stage):
    friend = await stage.plugin.sandbox.open_account(stage.network, "https://x.example", "joint.test", "J")

    await stage.publish(
        Content(text="✨ avec @joint.test et @personne.test sur https://tuiles.example/a #faïence")
    )

    (post,) = await stage.public()
    facets = post.data["record"]["facets"]
    text = post.text.encode()
    marked = [
        (text[f["index"]["byteStart"] : f["index"]["byteEnd"]].decode(), f["features"][0]) for f in facets
    ]
    assert [(words, feature["$type"].partition("#")[2]) for words, feature in marked] == [
        ("@joint.test", "mention"),
        ("https://tuiles.example/a", "link"),
        ("#faïence", "tag"),
    ]
    assert marked[0][1]["did"] == friend.id


async def test_images_carry_their_alternative_text_ratio_and_the_type_the_server_saw(stage: Stage):
    declared = replace(stage.image(), mime="image/jpeg", width_px=3, height_px=2)

    await stage.publish(Content(text="Avant, après", media=(declared, stage.image("b.png", alt=""))))

    (post,) = await stage.public()
    first, second = post.data["record"]["embed"]["images"]
    assert first["alt"] == "Blue tiles"
    assert first["aspectRatio"] == {"width": 3, "height": 2}
    assert first["image"]["mimeType"] == "image/png"
    assert second["alt"] == ""


async def test_a_link_becomes_a_card(stage: Stage):
    await stage.publish(Content(text="À lire", link="https://tuiles.example/blog", title="Poser un sol"))

    (post,) = await stage.public()
    assert post.data["record"]["embed"]["external"] == {
        "uri": "https://tuiles.example/blog",
        "title": "Poser un sol",
        "description": "",
    }


async def test_a_film_is_embedded_as_video(stage: Stage):
    (stage.folder / "film.mp4").write_bytes(b"\x00\x00\x00\x18ftypmp42" + bytes(64))
    film = replace(stage.image(), kind="video", mime="video/mp4", asset="film.mp4", alt="Pose d'un carreau")

    await stage.publish(Content(text="Le film", media=(film,)))

    (post,) = await stage.public()
    embed = post.data["record"]["embed"]
    assert (embed["$type"], embed["video"]["mimeType"]) == ("app.bsky.embed.video", "video/mp4")


async def test_a_thread_points_at_its_first_post_and_at_the_one_before(stage: Stage):
    content = Content(text="1", parts=("2", "3"))
    kinds = stage.plugin.connector.steps("post", content, stage.account)
    remotes: list[Remote] = []
    for position, kind in enumerate(kinds):
        call = stage.step(content, kind, position=position, earlier=tuple(remotes))
        verdict = await stage.send(await stage.prepared(call))
        assert isinstance(verdict, Accepted)
        remotes.append(verdict.remote)

    posts = {post.text: post for post in await stage.public()}
    assert kinds == ("post", "part", "part")
    assert posts["3"].data["record"]["reply"] == {
        "root": {"uri": remotes[0].id, "cid": remotes[0].extra["cid"]},
        "parent": {"uri": remotes[1].id, "cid": remotes[1].extra["cid"]},
    }


async def test_an_answer_keeps_the_root_of_its_thread(stage: Stage):
    root = await stage.publish(Content(text="Question ?"))
    first = await stage.send(await stage.prepared(stage.step(Content(text="Oui"), "answer", target=root)))
    assert isinstance(first, Accepted)
    bare = Remote(first.remote.id)  # what a person pasted: no cid is known

    second = await stage.send(await stage.prepared(stage.step(Content(text="Merci"), "answer", target=bare)))

    assert isinstance(second, Accepted)
    (post,) = [post for post in await stage.public() if post.text == "Merci"]
    assert post.data["record"]["reply"]["root"]["uri"] == root.id
    assert post.data["record"]["reply"]["parent"]["uri"] == first.remote.id


async def test_answering_what_is_gone_says_so(stage: Stage):
    gone = Remote(f"at://{stage.account.remote_id}/app.bsky.feed.post/3khuwc44c2222")

    with pytest.raises(RejectedError, match="no longer on Bluesky"):
        await stage.prepared(stage.step(Content(text="Oui"), "answer", target=gone))


async def test_deleting_twice_is_one_deletion_and_the_look_up_sees_it(stage: Stage):
    remote = await stage.publish(Content(text="Erreur"))
    call = await stage.prepared(stage.step(Content(), "delete", target=remote))
    assert await stage.found(call) == ()

    verdicts = [await stage.send(call), await stage.send(call)]

    assert all(isinstance(verdict, Accepted) for verdict in verdicts)
    assert len(await stage.found(call)) == 1
    assert isinstance(await stage.verify(remote), Absent)


async def test_a_look_that_fails_says_nothing_and_one_that_works_says_it_is_not_there(stage: Stage):
    call = await stage.prepared(stage.step(Content(text="Parti")))
    stage.fault("read", Effect.FAIL_5XX)

    assert isinstance(await stage.look_up(call), Silent)
    assert await stage.look_up(call) == Seen()


async def test_a_lost_file_is_uploaded_again_and_the_same_record_goes_out(stage: Stage):
    call = await stage.prepared(stage.step(Content(text="Photo", media=(stage.image(),))))
    cid = call.frozen["record"]["embed"]["images"][0]["image"]["ref"]["$link"]
    await stage.network.forget("blobs", cid)

    first = await stage.send(call)
    second = await stage.send(await stage.prepared(call))

    assert isinstance(first, Later)
    assert isinstance(second, Accepted)


async def test_a_refused_file_says_so_before_anything_is_sent(stage: Stage):
    stage.fault("upload", Effect.REFUSE_MEDIA)

    with pytest.raises(RejectedError, match="refuses a file"):
        await stage.prepared(stage.step(Content(text="Photo", media=(stage.image(),))))


async def test_301_graphemes_are_refused_as_too_long(stage: Stage):
    verdict = await stage.send(await stage.prepared(stage.step(Content(text="a" * 301))))

    assert isinstance(verdict, Refused)
    assert verdict.code == "text_too_long"
    assert "maximum 300, got 301" in str(verdict.message)


async def test_the_session_is_kept_renewed_before_its_end_and_never_opened_per_post(stage: Stage):
    await stage.publish(Content(text="un"))
    first = dict(stage.session.saved)
    await stage.publish(Content(text="deux"))
    assert stage.session.saved == first

    stage.clock.forward(2 * 3600 - 59)
    await stage.publish(Content(text="trois"))

    assert stage.session.saved["access"] != first["access"]
    signed_in = await stage.network.kept("sign_ins", stage.account.remote_id)
    assert signed_in is not None
    assert len(signed_in["at"]) == 2  # connecting, then the first post


async def test_a_revoked_session_is_opened_anew_with_the_app_password(stage: Stage):
    await stage.publish(Content(text="un"))
    for jti in ("1", "2"):
        await stage.network.keep("sessions", jti, {"successor": "", "revoked_at": "x", "replaced_at": ""})
    stage.clock.forward(3 * 3600)

    await stage.publish(Content(text="deux"))

    assert len(await stage.public()) == 2


async def test_a_withdrawn_app_password_blocks_the_channel_and_says_where_to_make_another(stage: Stage):
    stage.account = replace(
        stage.account, credentials={"identifier": stage.account.remote_id, "password": "no"}
    )

    with pytest.raises(BlockedError, match="app password") as caught:
        await stage.api().session()

    assert caught.value.reason == "sign_in"


async def test_connecting_accepts_an_at_sign_and_finds_name_home_and_limits(stage: Stage):
    answers = {**stage.opened.answers, "handle": " @Carrelage.Bluesky.Example "}
    await stage.network.keep(
        "records",
        f"at://{stage.opened.id}/app.bsky.actor.profile/self",
        {"uri": "x", "cid": "y", "value": {"displayName": "Carrelage Dubois"}},
    )

    identity = await stage.plugin.connector.identify(answers, stage.api(Account("", "", "", "", {}, answers)))

    assert identity.display_name == "Carrelage Dubois"
    assert identity.account.remote_id == stage.opened.id
    assert identity.account.server == "https://bluesky.example"
    assert identity.account.facts["blob_upload_limit"] == 50_000_000
    assert answers["app_password"] not in repr(identity)
    assert await stage.public() == []


@pytest.mark.parametrize(
    ("answers", "error", "words"),
    [
        ({"app_password": "abcd-abcd-abcd-abcd"}, BlockedError, "does not accept this handle"),
        ({"handle": "nobody.bluesky.example"}, BlockedError, "does not accept this handle"),
        ({"app_password": ""}, BlockedError, "Type your handle"),
        (
            {"server": "https://nowhere.example"},
            NotSentError,
            "No Bluesky server answers at https://nowhere.example",
        ),
    ],
)
async def test_a_wrong_answer_in_the_wizard_is_named_in_words(stage: Stage, answers, error, words):
    typed = {**stage.opened.answers, **answers}

    with pytest.raises(error, match=words):
        await stage.plugin.connector.identify(typed, stage.api(Account("", "", "", "", {}, typed)))


async def test_verifying_shows_what_is_there_and_fails_silently_when_the_server_stumbles(stage: Stage):
    remote = await stage.publish(Content(text="Là"))

    assert await stage.verify(remote) == Present(remote)
    stage.fault("read", Effect.THROTTLE, seconds=30)
    silent = await stage.verify(remote)
    assert isinstance(silent, Silent)
    assert silent.until is not None
    assert silent.until > stage.clock.now


async def test_replies_come_with_author_parent_and_what_answering_them_needs(stage: Stage):
    remote = await stage.publish(Content(text="Nos horaires"))
    await stage.network.add_post(stage.network.new_post("c1", "anna", "Ouvert samedi ?", parent_id=remote.id))
    answer = await stage.send(await stage.prepared(stage.step(Content(text="Oui"), "answer", target=remote)))
    assert isinstance(answer, Accepted)

    theirs, ours = await stage.plugin.connector.replies(remote, stage.api())

    assert (theirs.author, theirs.text, theirs.parent_id) == (
        "anna.bluesky.example",
        "Ouvert samedi ?",
        remote.id,
    )
    assert theirs.remote.extra["cid"]
    assert (theirs.mine, ours.mine) == (False, True)


async def test_history_walks_all_pages_back_to_the_day_asked_and_leaves_answers_out(stage: Stage):
    for number in range(103):
        stage.clock.forward(86400)
        await stage.publish(Content(text=f"Jour {number}"))
    root = Remote("at://did:plc:x/app.bsky.feed.post/3khuwc44c2222", extra={"cid": "bafyx"})
    await stage.send(await stage.prepared(stage.step(Content(text="Réponse"), "answer", target=root)))

    since = stage.clock.now - timedelta(days=101)
    past = await stage.plugin.connector.history(stage.api(), since)

    assert [post.text for post in past[:2]] == ["Jour 102", "Jour 101"]
    assert len(past) == 102
    assert past[-1].posted_at >= since
    assert past[0].figures == {"reactions": 0, "comments": 0, "shares": 0, "saves": 0}


async def test_a_throttle_while_uploading_says_when_to_come_back(stage: Stage):
    stage.fault("upload", Effect.THROTTLE, seconds=90)

    with pytest.raises(TryLaterError) as caught:
        await stage.prepared(stage.step(Content(text="Photo", media=(stage.image(),))))

    assert caught.value.until >= START + timedelta(seconds=90)


def test_it_offers_no_edit(stage: Stage):
    with pytest.raises(ValueError, match="no 'edit'"):
        stage.plugin.connector.steps("edit", Content(text="x"), stage.account)
