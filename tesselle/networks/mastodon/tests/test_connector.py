from dataclasses import replace
from datetime import timedelta

import pytest

from tesselle.connectors.protocols import Window
from tesselle.connectors.tests.stage import png
from tesselle.domain.content import Content, Media
from tesselle.domain.verdicts import (
    Absent,
    Accepted,
    Doubtful,
    Later,
    Present,
    ReconciliationKind,
    Refused,
    Remote,
    Seen,
    Silent,
)
from tesselle.simulation.faults import Effect


async def post_as_stranger(stage, text, parent="", **data):
    """Somebody else's post on the same server."""
    opened = await stage.plugin.sandbox.open_account(stage.network, "https://mastodon.example", "bob", "Bob")
    post = stage.network.new_post("500", opened.id, text, parent_id=parent, data=data)
    await stage.network.add_post(post)
    return post


async def test_connecting_learns_the_server_the_application_and_the_limits(stage):
    assert stage.account.kind == "mastodon"
    assert stage.account.handle == "@carrelage@mastodon.example"
    assert stage.account.facts["app"] == "Tesselle"
    assert stage.account.facts["max_characters"] == 500
    assert "pasted-token-1" not in repr(stage.account)


async def test_a_thread_hangs_together_and_its_later_parts_stay_out_of_the_public_timelines(stage):
    content = Content(text="One", parts=("Two", "Three"))
    connector = stage.plugin.connector
    earlier: tuple[Remote, ...] = ()
    for position, kind in enumerate(connector.steps("post", content, stage.account)):
        call = await stage.prepared(stage.step(content, kind, position=position, earlier=earlier))
        verdict = await stage.send(call)
        earlier = (*earlier, verdict.remote)

    posts = await stage.public()

    assert [post.text for post in posts] == ["One", "Two", "Three"]
    assert [post.parent_id for post in posts] == ["", posts[0].id, posts[1].id]
    assert [post.data["visibility"] for post in posts] == ["public", "unlisted", "unlisted"]


async def test_pictures_keep_their_order_their_words_and_their_focus(stage):
    media = (stage.image("a.png", alt="First"), stage.image("b.png", alt="Second"))
    content = Content(text="Tiles", media=media, options={"focus": "top"}, language="fr-CH")

    await stage.publish(content)

    (post,) = await stage.public()
    assert [item["alt"] for item in post.media] == ["First", "Second"]
    assert post.media[0]["focus"] == {"x": 0.0, "y": 0.8}
    assert post.data["language"] == "fr"


async def test_a_content_warning_and_a_visibility_go_out(stage):
    options = {"content_warning": "Dust", "visibility": "private", "sensitive": "1"}

    remote = await stage.publish(Content(text="Tiles", options=options))

    (post,) = await stage.public()
    assert (post.data["spoiler_text"], post.data["visibility"], post.data["sensitive"]) == (
        "Dust",
        "private",
        True,
    )
    assert isinstance(await stage.verify(remote), Present)


async def test_a_film_is_waited_for(stage, waited):
    (stage.folder / "laying.mp4").write_bytes(png())
    film = Media("video", "video/mp4", 100, 640, 480, seconds=5, alt="Laying", asset="laying.mp4")

    await stage.publish(Content(text="Film", media=(film,)))

    assert waited == [1]


async def test_a_film_that_is_never_ready_is_surely_refused_and_not_put_up_again(stage, waited, monkeypatch):
    monkeypatch.setattr("tesselle.networks.mastodon.sandbox.files.SLOW_LOOKS", 20)
    stage.network.flags.add("slow_processing")
    call = await stage.prepared(stage.step(Content(text="Tiles", media=(stage.image(),))))

    verdict = await stage.send(call)
    again = await stage.prepared(call)

    assert isinstance(verdict, Later)
    assert sum(waited) >= 60
    assert again.frozen == call.frozen


async def test_uploads_that_were_forgotten_go_up_again(stage):
    call = await stage.prepared(stage.step(Content(text="Tiles", media=(stage.image(),))))
    await stage.network.forget("media", call.frozen["media_ids"][0])

    again = await stage.prepared(call)

    assert again.frozen["media_ids"] != call.frozen["media_ids"]
    assert isinstance(await stage.send(again), Accepted)


async def test_an_answer_names_whom_it_answers_and_is_no_wider_than_the_question(stage):
    await post_as_stranger(stage, "How much a square metre?", visibility="unlisted")
    target = (await stage.plugin.connector.verify(Remote("500"), stage.api())).remote
    call = await stage.prepared(stage.step(Content(text="Call us"), "answer", target=target))

    await stage.send(call)

    answer = (await stage.public())[-1]
    assert answer.text == "@bob Call us"
    assert answer.parent_id == "500"
    assert answer.data["visibility"] == "unlisted"


async def test_an_answer_to_what_is_gone_is_refused(stage):
    await post_as_stranger(stage, "How much?", visibility="public")
    call = await stage.prepared(stage.step(Content(text="Call us"), "answer", target=Remote("500")))
    await stage.network.remove_post("500")

    verdict = await stage.send(call)

    assert isinstance(verdict, Refused)
    assert verdict.code == "not_found"


async def test_replies_say_who_and_which_are_ours(stage):
    remote = await stage.publish(Content(text="Tiles"))
    await post_as_stranger(stage, "How <much>?\n\nPlease", parent=remote.id, visibility="public")
    answer = stage.step(Content(text="Call us"), "answer", target=Remote("500"))
    await stage.send(await stage.prepared(answer))

    replies = await stage.plugin.connector.replies(remote, stage.api())

    assert [(one.author, one.mine, one.text) for one in replies] == [
        ("@bob", False, "How <much>?\n\nPlease"),
        ("@carrelage", True, "@bob Call us"),
    ]
    assert replies[1].parent_id == "500"


async def test_an_edit_keeps_the_pictures_that_stay(stage):
    kept, dropped = stage.image("a.png"), stage.image("b.png")
    remote = await stage.publish(Content(text="Tiles", media=(kept, dropped)))
    before = (await stage.public())[0]
    changed = Content(text="Better tiles", media=(replace(kept, alt="Green tiles"), stage.image("c.png")))

    verdict = await stage.send(await stage.prepared(stage.step(changed, "edit", target=remote)))

    (post,) = await stage.public()
    assert isinstance(verdict, Accepted)
    assert post.text == "Better tiles"
    assert post.media[0]["id"] == before.media[0]["id"]
    assert post.media[0]["alt"] == "Green tiles"
    assert post.media[1]["id"] not in {item["id"] for item in before.media}


async def test_an_edit_is_found_by_what_is_there(stage):
    remote = await stage.publish(Content(text="Tiles"))
    call = await stage.prepared(stage.step(Content(text="Better tiles"), "edit", target=remote))

    assert await stage.found(call) == ()
    stage.fault("edit", Effect.ACCEPT_CUT)
    await stage.send(call)

    assert [one.remote.id for one in await stage.found(call)] == [remote.id]


async def test_deleting_twice_is_done_once_and_no_refusal(stage):
    remote = await stage.publish(Content(text="Tiles"))
    call = await stage.prepared(stage.step(Content(), "delete", target=remote))

    verdicts = [await stage.send(call), await stage.send(call)]

    assert verdicts == [Accepted(remote), Accepted(remote)]
    assert await stage.verify(remote) == Absent()
    assert (await stage.found(call))[0].certain


async def test_history_leaves_out_answers_parts_and_what_is_too_old(stage):
    await stage.publish(Content(text="Long ago"))
    stage.clock.forward(100 * 86_400)
    remotes = [await stage.publish(Content(text=f"Tile {number}")) for number in range(45)]
    part = stage.step(Content(text="Tile", parts=("More",)), "part", position=1, earlier=(remotes[0],))
    await stage.send(await stage.prepared(part))
    since = stage.clock.now - timedelta(days=90)

    past = await stage.plugin.connector.history(stage.api(), since)

    assert len(past) == 45
    assert {one.text for one in past} == {f"Tile {number}" for number in range(45)}


# --- once ------------------------------------------------------------------------------------------


def test_the_key_protects_for_less_than_an_hour(stage):
    found = stage.plugin.connector.reconciliation("post", stage.account)

    assert found.kind is ReconciliationKind.KEY
    assert found.valid_for_s is not None
    assert 0 < found.valid_for_s < 3600


async def test_a_key_that_has_run_out_would_post_again_but_the_post_is_found(stage):
    call = await stage.prepared(
        stage.step(Content(text="Tiles https://example.com/a-very-long-path/to/tiles"))
    )
    await stage.send(call)
    stage.clock.forward(3601)

    (candidate,) = await stage.found(call)
    await stage.send(call)

    assert candidate.certain
    assert len(await stage.public()) == 2


async def test_a_repeat_whose_post_was_deleted_is_doubt_and_no_refusal(stage):
    call = await stage.prepared(stage.step(Content(text="Tiles")))
    verdict = await stage.send(call)
    await stage.network.remove_post(verdict.remote.id)

    assert isinstance(await stage.send(call), Doubtful)


async def test_the_same_words_by_hand_are_no_certain_candidate(stage):
    call = await stage.prepared(stage.step(Content(text="Tiles")))
    by_hand = stage.network.new_post("900", stage.account.remote_id, "Tiles", data={"app": "Web"})
    await stage.network.add_post(by_hand)

    (candidate,) = await stage.found(call)

    assert not candidate.certain


async def test_what_belongs_to_others_is_no_candidate(stage):
    remote = await stage.publish(Content(text="Tiles"))
    call = await stage.prepared(stage.step(Content(text="Tiles")))
    margin = timedelta(minutes=2)
    now = stage.clock.now
    windows = (
        Window(now - margin, now + margin, frozenset({remote.id})),
        Window(now + margin, now + 2 * margin),
        Window(now - 2 * margin, now - margin),
    )

    for window in windows:
        assert await stage.plugin.connector.look_up(call, stage.api(), window) == Seen()


async def test_other_words_another_warning_or_another_parent_are_no_candidate(stage):
    remote = await stage.publish(Content(text="Tiles"))
    warned = Content(text="Tiles", options={"content_warning": "Dust"})
    calls = (
        stage.step(Content(text="Grout")),
        stage.step(warned),
        stage.step(Content(text="", parts=("Tiles",)), "part", position=1, earlier=(remote,)),
    )

    for call in calls:
        assert await stage.found(await stage.prepared(call)) == ()


async def test_an_upload_that_is_in_a_post_nobody_lists_keeps_us_from_sending_again(stage):
    call = await stage.prepared(stage.step(Content(text="Tiles", media=(stage.image(),))))
    await stage.send(call)
    stage.network.flags.add("partial_listing")

    assert isinstance(await stage.look_up(call), Silent)


@pytest.mark.parametrize("effect", [Effect.THROTTLE, Effect.EXPIRED, Effect.FAIL_5XX, Effect.HANG])
async def test_a_look_up_that_fails_says_nothing(stage, effect):
    call = await stage.prepared(stage.step(Content(text="Tiles")))
    stage.fault("list", effect, seconds=60)

    assert isinstance(await stage.look_up(call), Silent)


async def test_a_list_that_is_no_list_says_nothing(stage):
    call = await stage.prepared(stage.step(Content(text="Tiles")))
    stage.fault("list", Effect.GARBAGE)

    assert isinstance(await stage.look_up(call), Silent)
