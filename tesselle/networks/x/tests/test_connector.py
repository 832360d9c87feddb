from datetime import timedelta

import pytest

from tesselle.connectors.costs import bill_for
from tesselle.connectors.protocols import Window
from tesselle.domain.content import Content
from tesselle.domain.errors import BlockedError, RejectedError
from tesselle.domain.verdicts import (
    Absent,
    Accepted,
    Blocked,
    BlockReason,
    Duplicate,
    Later,
    Present,
    ReconciliationKind,
    Refused,
    Remote,
    Seen,
    Silent,
)
from tesselle.networks.x import NETWORK
from tesselle.simulation.faults import Effect


async def post_as_stranger(stage, text, parent="", post_id="500"):
    opened = await stage.plugin.sandbox.open_account(stage.network, "https://x.example", "bob", "Bob")
    data = {"conversation": parent or post_id}
    await stage.network.add_post(
        stage.network.new_post(post_id, opened.id, text, parent_id=parent, data=data)
    )


async def answered(stage, text, target):
    call = await stage.prepared(stage.step(Content(text=text), "answer", target=target))
    return await stage.send(call)


async def test_connecting_learns_the_account_and_its_kind(stage, premium):
    assert (stage.account.kind, stage.account.handle) == ("standard", "carrelage")
    assert premium.account.kind == "premium"
    assert "first-token" not in repr(stage.account)


async def test_a_right_that_was_unticked_is_named(stage):
    answers = {**stage.opened.answers, "scope": "tweet.read tweet.write users.read offline.access"}

    identity = await stage.plugin.connector.identify(answers, stage.api())

    assert len(identity.missing) == 1
    assert "upload pictures" in str(identity.missing[0])


async def test_a_thread_hangs_together(stage):
    content = Content(text="One", parts=("Two", "Three"))
    earlier: tuple[Remote, ...] = ()
    for position, kind in enumerate(stage.plugin.connector.steps("post", content, stage.account)):
        call = await stage.prepared(stage.step(content, kind, position=position, earlier=earlier))
        earlier = (*earlier, (await stage.send(call)).remote)

    posts = await stage.public()

    assert [post.text for post in posts] == ["One", "Two", "Three"]
    assert [post.parent_id for post in posts] == ["", posts[0].id, posts[1].id]
    assert earlier[0].url == f"https://x.com/carrelage/status/{posts[0].id}"


async def test_pictures_keep_their_order_and_their_words(stage):
    media = (
        stage.image("a.png", alt="First"),
        stage.image("b.png", alt=""),
        stage.image("c.png", alt="Third"),
    )

    await stage.publish(Content(text="Tiles", media=media))

    (post,) = await stage.public()
    items = [await stage.network.kept("media", item["id"]) for item in post.media]
    assert [item["alt"] for item in items] == ["First", "", "Third"]


async def test_a_film_goes_up_in_pieces_and_is_waited_for(stage, waited, monkeypatch):
    monkeypatch.setattr("tesselle.networks.x.uploads.CHUNK_BYTES", 10)
    stage.network.flags.add("slow_processing")
    film = stage.film()

    await stage.publish(Content(text="Film", media=(film,)))

    (item,) = (await stage.public())[0].media
    assert item["next"] == -(-film.size_bytes // 10)
    assert waited == [1, 5, 5]


async def test_a_film_that_x_cannot_read_is_refused_before_anything_is_posted(stage):
    stage.network.flags.add("broken_films")

    with pytest.raises(RejectedError, match="Unsupported codec"):
        await stage.prepared(stage.step(Content(text="Film", media=(stage.film(),))))


async def test_uploads_that_were_forgotten_go_up_again(stage):
    call = await stage.prepared(stage.step(Content(text="Tiles", media=(stage.image(),))))
    again = await stage.prepared(call)
    stage.clock.forward(86_400)
    late = await stage.prepared(call)

    assert again.frozen == call.frozen
    assert late.frozen["files"] != call.frozen["files"]
    assert isinstance(await stage.send(late), Accepted)


async def test_the_choices_go_out_and_the_usual_is_left_out(stage):
    options = {"reply_settings": "verified", "made_with_ai": "1", "paid_partnership": "1"}
    await stage.publish(Content(text="Tiles", options=options))
    await stage.publish(Content(text="Grout", options={"reply_settings": "everyone", "made_with_ai": ""}))

    first, second = await stage.public()

    assert (first.data["reply_settings"], first.data["made_with_ai"], first.data["paid_partnership"]) == (
        "verified",
        True,
        True,
    )
    assert not {"reply_settings", "made_with_ai"} & set(second.data)


async def test_a_poll_goes_out(stage):
    options = {"poll": "Blue\nGreen", "poll_seconds": "3600"}

    await stage.publish(Content(text="Which tiles?", options=options))

    (post,) = await stage.public()
    assert post.data["poll"] == {"options": ["Blue", "Green"], "duration_minutes": 60}


async def test_the_link_ends_the_text_unless_that_holds_it(stage):
    await stage.publish(Content(text="Tiles", link="https://example.com/a"))
    await stage.publish(Content(text="See https://example.com/b here", link="https://example.com/b"))

    texts = [post.text for post in await stage.public()]

    assert texts == ["Tiles\n\nhttps://example.com/a", "See https://example.com/b here"]


@pytest.mark.parametrize(
    ("content", "dollars"),
    [
        (Content(text="Tiles"), "0.015"),
        (Content(text="Tiles on example.com"), "0.200"),
        (Content(text="Tiles", link="https://example.com"), "0.200"),
        (Content(text="Tiles", parts=("More", "https://example.com")), "0.230"),
    ],
)
def test_an_address_makes_a_post_dear(stage, content, dollars):
    steps = stage.plugin.connector.steps("post", content, stage.account)

    bill = bill_for(NETWORK, steps, content)

    assert (str(bill.amount), bill.currency) == (dollars, "USD")


# --- answers -----------------------------------------------------------------------------------------


async def test_who_named_the_account_can_be_answered(stage):
    await post_as_stranger(stage, "@carrelage how much?")

    assert isinstance(await answered(stage, "Call us", Remote("500")), Accepted)


async def test_others_cannot_and_the_sentence_says_so(stage):
    await post_as_stranger(stage, "How much?")

    verdict = await answered(stage, "Call us", Remote("500"))

    assert isinstance(verdict, Refused)
    assert verdict.code == "answer_not_allowed"
    assert "Answer on X" in str(verdict.message)


async def test_a_conversation_says_who_answers_whom_and_which_are_ours(stage):
    remote = await stage.publish(Content(text="Tiles"))
    await post_as_stranger(stage, "@carrelage 5 < 6 & all?", parent=remote.id)
    await answered(stage, "Call us", Remote("500"))

    replies = await stage.plugin.connector.replies(remote, stage.api())

    assert [(one.author, one.mine, one.parent_id) for one in replies] == [
        ("@carrelage", True, "500"),
        ("@bob", False, remote.id),
    ]
    assert replies[1].text == "@carrelage 5 < 6 & all?"


# --- refusals and pauses -----------------------------------------------------------------------------


async def test_out_of_credits_blocks_and_is_no_pause(stage):
    stage.network.flags.add("no_credits")

    verdict = await stage.send(await stage.prepared(stage.step(Content(text="Tiles"))))

    assert isinstance(verdict, Blocked)
    assert verdict.reason is BlockReason.CREDITS


async def test_a_dead_token_is_renewed_and_its_refresh_token_is_good_once(stage):
    call = await stage.prepared(stage.step(Content(text="Tiles")))
    stage.fault("create", Effect.EXPIRED)

    verdict = await stage.send(call)
    await stage.api().forget_session()

    assert isinstance(verdict, Later)
    assert verdict.renew_session
    assert isinstance(await stage.send(call), Accepted)
    assert await stage.network.kept("refresh", "first-refresh-1") is None


async def test_a_withdrawn_sign_in_is_for_a_person(stage):
    await stage.api().session()
    for table, key in (("tokens", "first-token-1"), ("refresh", "first-refresh-1")):
        await stage.network.forget(table, key)
    await stage.api().forget_session()

    with pytest.raises(BlockedError) as caught:
        await stage.api().session()

    assert caught.value.reason == BlockReason.SIGN_IN


async def test_two_share_symbols_are_refused_by_x_too(stage):
    verdict = await stage.send(await stage.prepared(stage.step(Content(text="$ABC and $DEF"))))

    assert isinstance(verdict, Refused)
    assert verdict.code == "too_many_cashtags"


async def test_a_server_that_knows_only_the_new_names_is_asked_with_them(stage):
    remote = await stage.publish(Content(text="Tiles", media=(stage.image(),)))
    stage.network.flags.add("new_names_only")

    assert isinstance(await stage.verify(remote), Present)
    past = await stage.plugin.connector.history(stage.api(), stage.clock.now - timedelta(days=1))
    assert [(one.remote.id, one.media_count) for one in past] == [(remote.id, 1)]
    assert past[0].figures["shares"] == 0


async def test_the_self_test_tells_a_protected_account_and_another_subscription(stage):
    account = await stage.network.account(stage.account.remote_id)
    facts = {"subscription": "Premium", "protected": True}
    await stage.network.add_account(type(account)(account.id, account.handle, account.name, facts=facts))

    checks = {one.subject: one for one in await stage.plugin.connector.self_checks(stage.api())}

    assert (checks["role"].state, checks["subscription"].state) == ("attention", "attention")


# --- once ----------------------------------------------------------------------------------------------


def test_there_is_no_key_but_for_deletions(stage):
    kinds = {
        step: stage.plugin.connector.reconciliation(step, stage.account).kind for step in ("post", "delete")
    }

    assert kinds == {"post": ReconciliationKind.LOOKUP, "delete": ReconciliationKind.KEY}


@pytest.mark.parametrize(
    "text",
    [
        "Tiles",
        "A < B & C > D",
        "See example.com/a_(b)?c=1, HTTPS://Example.COM/X and https://example.org.",
        "e\u0301te\u0301 👷🏽‍♀️ “là”…\n\nFin",
    ],
)
async def test_a_post_is_found_by_its_words_however_x_shows_them(stage, text):
    call = await stage.prepared(stage.step(Content(text=text)))
    stage.fault("create", Effect.ACCEPT_CUT)
    await stage.send(call)

    (candidate,) = await stage.found(call)

    assert candidate.certain
    assert len(await stage.public()) == 1


async def test_a_post_is_found_by_its_files_even_among_equal_words(stage):
    await stage.publish(Content(text="Tiles", media=(stage.image("a.png"),)))
    call = await stage.prepared(stage.step(Content(text="Tiles", media=(stage.image("b.png"),))))
    verdict = await stage.send(call)

    (candidate,) = await stage.found(call)

    assert candidate.remote.id == verdict.remote.id


async def test_a_duplicate_refusal_is_a_reason_to_look(stage):
    call = await stage.prepared(stage.step(Content(text="Tiles")))
    await stage.send(call)

    again = await stage.send(call)

    assert isinstance(again, Duplicate)
    assert len(await stage.found(call)) == 1


async def test_what_belongs_to_others_is_no_candidate(stage):
    remote = await stage.publish(Content(text="Tiles"))
    call = await stage.prepared(stage.step(Content(text="Tiles")))
    margin, now = timedelta(minutes=2), stage.clock.now
    windows = (
        Window(now - margin, now + margin, frozenset({remote.id})),
        Window(now + margin, now + 2 * margin),
        Window(now - 2 * margin, now - margin),
    )

    for window in windows:
        assert await stage.plugin.connector.look_up(call, stage.api(), window) == Seen()


async def test_other_words_or_another_parent_are_no_candidate(stage):
    remote = await stage.publish(Content(text="Tiles"))
    part = stage.step(Content(text="", parts=("Tiles",)), "part", position=1, earlier=(remote,))

    for call in (stage.step(Content(text="Grout")), part):
        assert await stage.found(await stage.prepared(call)) == ()


@pytest.mark.parametrize(
    "effect", [Effect.THROTTLE, Effect.EXPIRED, Effect.FAIL_5XX, Effect.HANG, Effect.GARBAGE]
)
async def test_a_look_up_that_fails_says_nothing(stage, effect):
    call = await stage.prepared(stage.step(Content(text="Tiles")))
    stage.fault("list", effect, seconds=60)

    assert isinstance(await stage.look_up(call), Silent)


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
    remotes = [await stage.publish(Content(text=f"Tile {number}")) for number in range(105)]
    part = stage.step(Content(text="Tile", parts=("More",)), "part", position=1, earlier=(remotes[0],))
    await stage.send(await stage.prepared(part))

    past = await stage.plugin.connector.history(stage.api(), stage.clock.now - timedelta(days=90))

    assert {one.text for one in past} == {f"Tile {number}" for number in range(105)}
