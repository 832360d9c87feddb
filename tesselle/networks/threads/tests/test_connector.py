"""What is Threads' own; the promises that every network keeps are in tests/contracts."""

from datetime import timedelta
from urllib.parse import parse_qs

import pytest

from tesselle.connectors.protocols import OwnApp
from tesselle.connectors.sandbox.oauth2 import PRACTICE_ID, PRACTICE_SECRET
from tesselle.connectors.tests.sign_in_contract import identities, signed_in
from tesselle.connectors.tests.stage import Stage
from tesselle.domain.content import Content
from tesselle.domain.errors import NotSentError, RejectedError, TryLaterError
from tesselle.domain.verdicts import (
    Absent,
    Accepted,
    Doubtful,
    Later,
    Present,
    ReconciliationKind,
    Remote,
    Seen,
    Silent,
)
from tesselle.networks.threads.sandbox.posts import SUBCODE_33
from tesselle.simulation.faults import Effect
from tesselle.simulation.network import SimPost

DOUBT = [Effect.ACCEPT_CUT, Effect.ACCEPT_5XX, Effect.CUT_UNREAD, Effect.GARBAGE]


async def watched(stage: Stage, content: Content) -> list[dict[str, str]]:
    """What each container of a post is made of."""
    made = []
    inner = stage.transport.exchange

    class Watched:
        async def exchange(self, request, gate=None):
            if request.method == "POST" and request.url.endswith("/me/threads"):
                made.append({name: values[0] for name, values in parse_qs(request.body.decode()).items()})
            return await inner(request, gate)

    stage.transport = Watched()
    await stage.publish(content)
    return made


async def part_of(stage: Stage, content: Content, position: int, earlier: tuple[Remote, ...]) -> Remote:
    call = stage.step(content, "part", position=position, earlier=earlier)
    verdict = await stage.send(await stage.prepared(call))
    assert isinstance(verdict, Accepted), verdict
    return verdict.remote


# what goes out


async def test_a_picture_goes_out_with_its_alternative_text_and_has_an_address(stage):
    remote = await stage.publish(Content(text="Tiles", media=(stage.image(),)))

    presence = await stage.verify(remote)
    assert isinstance(presence, Present)
    assert presence.remote.url.startswith("https://www.threads.com/@carrelage/post/")
    (made,) = await stage.public()
    assert made.media[0]["alt"] == "Blue tiles"


async def test_a_carousel_mixes_pictures_and_films_in_their_order(stage):
    files = (stage.image("a.png", alt="First"), stage.film(), stage.image("b.png", alt="Last"))

    await stage.publish(Content(text="Tiles", media=files))

    (made,) = await stage.public()
    assert [file["mime"] for file in made.media] == ["image/jpeg", "video/mp4", "image/jpeg"]
    assert made.data["type"] == "CAROUSEL_ALBUM"


async def test_words_take_a_link_s_card_a_topic_and_narrower_replies_along(stage):
    options = {"topic": " #carrelage ", "replies": "followers_only"}

    (made,) = await watched(stage, Content(text="Tiles", link="https://example.com", options=options))

    assert made == {
        "media_type": "TEXT",
        "text": "Tiles",
        "link_attachment": "https://example.com",
        "topic_tag": "carrelage",
        "reply_control": "followers_only",
    }


async def test_a_poll_takes_the_place_of_the_link_s_card(stage):
    options = {"poll": "Grey\nBlue\nWhite", "poll_seconds": "86400"}

    (made,) = await watched(stage, Content(text="Which?", link="https://example.com", options=options))

    assert made["poll_attachment"] == '{"option_a":"Grey","option_b":"Blue","option_c":"White"}'
    assert "link_attachment" not in made


async def test_a_topic_with_a_dot_is_refused_with_a_sentence(stage):
    with pytest.raises(RejectedError, match="no dots"):
        await stage.prepared(stage.step(Content(text="Tiles", options={"topic": "v2.0"})))


async def test_too_many_links_are_refused_with_a_sentence(stage):
    six = " ".join(f"https://example.com/{number}" for number in range(6))

    with pytest.raises(RejectedError, match="five different links"):
        await stage.prepared(stage.step(Content(text=six)))


async def test_no_container_publishes_itself(stage):
    (made,) = await watched(stage, Content(text="Tiles"))

    assert "auto_publish_text" not in made


# threads


async def test_each_part_of_a_thread_answers_the_one_before(stage):
    content = Content(text="One", parts=("Two", "Three"), media=(stage.image(),), options={"topic": "sol"})
    assert stage.plugin.connector.steps("post", content, stage.account) == ("post", "part", "part")

    first = await stage.publish(content)
    second = await part_of(stage, content, 1, (first,))
    third = await part_of(stage, content, 2, (first, second))

    posts = {post.text: post for post in await stage.public()}
    assert (posts["Two"].parent_id, posts["Three"].parent_id) == (first.id, second.id)
    assert posts["Two"].media == () and posts["Two"].data["topic"] == ""
    assert third.id == posts["Three"].id


@pytest.mark.parametrize("effect", DOUBT)
async def test_a_part_in_doubt_is_one_part(stage, effect):
    content = Content(text="One", parts=("Two",))
    first = await stage.publish(content)
    call = await stage.prepared(stage.step(content, "part", position=1, earlier=(first,)))
    stage.fault("create", effect)

    await stage.send_until_settled(call)

    assert len(await stage.public()) == 2


async def test_the_same_words_below_another_post_are_not_taken_for_ours(stage):
    content = Content(text="One", parts=("Thanks",))
    first = await stage.publish(content)
    other = await stage.publish(Content(text="Other"))
    await part_of(stage, content, 1, (other,))
    call = await stage.prepared(stage.step(content, "part", position=1, earlier=(first,)))
    stage.fault("create", Effect.ACCEPT_CUT)
    await stage.send(call)

    (candidate,) = await stage.found(call)

    assert candidate.certain
    assert (await stage.network.stored_post(candidate.remote.id)).parent_id == first.id


# containers


async def test_a_film_is_waited_for(stage, waited):
    await stage.publish(Content(text="Laying", media=(stage.film(),)))

    assert waited == [1]


async def test_what_takes_longer_is_sent_later_with_the_same_container(stage):
    stage.network.flags.add("slow_processing")
    call = await stage.prepared(stage.step(Content(text="Laying", media=(stage.film(),))))

    early = await stage.send(call)
    again = await stage.prepared(await stage.prepared(call))

    assert isinstance(early, Later)
    assert again.frozen["container"] == call.frozen["container"]
    assert isinstance(await stage.send(again), Accepted)


async def test_a_container_that_is_not_found_though_it_was_ready_is_doubt(stage):
    call = await stage.prepared(stage.step(Content(text="Tiles")))

    first, second = await stage.send(call), await stage.send(call)

    assert isinstance(first, Accepted)
    assert isinstance(second, Doubtful)
    (found,) = await stage.found(call)
    assert found.remote.id == first.remote.id


async def test_a_file_that_cannot_be_used_is_refused(stage):
    stage.network.flags.add("unreadable_files")

    with pytest.raises(RejectedError, match="FAILED_PROCESSING_VIDEO"):
        await stage.prepared(stage.step(Content(text="x", media=(stage.film(),))))


async def test_a_file_that_could_not_be_fetched_is_tried_again(stage):
    stage.network.web = lambda address: None

    with pytest.raises(NotSentError):
        await stage.prepared(stage.step(Content(text="x", media=(stage.image(),))))


async def test_a_container_that_ran_out_is_made_anew(stage):
    call = await stage.prepared(stage.step(Content(text="Tiles")))
    stage.clock.forward(25 * 3_600)

    again = await stage.prepared(call)

    assert again.frozen["container"] != call.frozen["container"]
    assert isinstance(await stage.send(again), Accepted)


async def test_an_answer_that_no_such_container_is_there_says_nothing(stage):
    call = await stage.prepared(stage.step(Content(text="Tiles")))
    await stage.send(call)
    stage.network.flags.add(SUBCODE_33)

    assert isinstance(await stage.look_up(call), Silent)
    with pytest.raises(NotSentError):
        await stage.prepared(call)


async def test_an_unpublished_container_is_a_sure_no(stage):
    call = await stage.prepared(stage.step(Content(text="Tiles")))

    assert await stage.look_up(call) == Seen()


async def test_two_posts_with_the_same_words_are_told_apart_by_nobody(stage):
    calls = [await stage.prepared(stage.step(Content(text="Tiles"))) for _ in range(2)]
    for call in calls:
        await stage.send(call)

    assert [one.certain for one in await stage.found(calls[1])] == [False, False]


# the day's quotas


async def test_posts_of_a_day_are_counted_by_threads_itself(stage_of):
    stage = await stage_of(quota=2)
    for text in ("One", "Two"):
        await stage.publish(Content(text=text))

    with pytest.raises(TryLaterError, match="used up"):
        await stage.prepared(stage.step(Content(text="Three")))
    stage.clock.forward(86_401)
    await stage.publish(Content(text="Three"))


async def test_parts_are_counted_as_replies_and_not_as_posts(stage_of):
    stage = await stage_of(quota=1, reply_quota=1)
    content = Content(text="One", parts=("Two", "Three"))
    first = await stage.publish(content)
    second = await part_of(stage, content, 1, (first,))

    with pytest.raises(TryLaterError, match="used up"):
        await part_of(stage, content, 2, (first, second))


async def test_deletions_of_a_day_are_counted_too(stage_of):
    stage = await stage_of(delete_quota=1)
    first, second = [await stage.publish(Content(text=text)) for text in ("One", "Two")]
    await stage.send(await stage.prepared(stage.step(Content(), "delete", target=first)))

    with pytest.raises(TryLaterError, match="used up"):
        await stage.prepared(stage.step(Content(), "delete", target=second))
    assert isinstance(await stage.verify(first), Absent)


async def test_the_self_test_tells_what_is_left_of_the_day(stage_of):
    stage = await stage_of(quota=5)
    for number in range(4):
        await stage.publish(Content(text=str(number)))

    checks = {check.subject: check for check in await stage.plugin.connector.self_checks(stage.api())}

    assert checks["quota"].state == "attention"
    assert checks["quota"].message.params == {"used": 4, "total": 5}
    assert checks["replies"].state == "good"


# conversations and the past


async def test_conversations_are_read_at_every_depth_and_answered(stage):
    remote = await stage.publish(Content(text="Tiles"))
    asked = stage.network.new_post("9001", "stranger", "Glue?", parent_id=remote.id, data={"author": "jura"})
    await stage.network.add_post(asked)
    question = Remote("9001")
    stage.clock.forward(60)

    verdict = await stage.send(
        await stage.prepared(stage.step(Content(text="Grey"), "answer", target=question))
    )

    assert isinstance(verdict, Accepted)
    theirs, ours = await stage.plugin.connector.replies(remote, stage.api())
    assert (theirs.author, theirs.text, theirs.parent_id, theirs.mine) == ("@jura", "Glue?", "", False)
    assert (ours.text, ours.parent_id, ours.mine) == ("Grey", "9001", True)


async def test_an_answer_in_doubt_is_one_answer(stage):
    remote = await stage.publish(Content(text="Tiles"))
    call = await stage.prepared(stage.step(Content(text="Thanks"), "answer", target=remote))
    stage.fault("create", Effect.ACCEPT_CUT)

    await stage.send_until_settled(call)

    assert len(await stage.public()) == 2


async def test_history_tells_three_months_of_posts_and_no_replies(stage):
    await stage.publish(Content(text="Old"))
    stage.clock.forward(100 * 86_400)
    first = await stage.publish(Content(text="Album", media=(stage.image("a.png"), stage.image("b.png"))))
    await part_of(stage, Content(text="Album", parts=("More",)), 1, (first,))
    await stage.network.add_post(shared_on(stage))

    past = await stage.plugin.connector.history(stage.api(), stage.clock.now - timedelta(days=90))

    assert [(one.text, one.media_count) for one in past] == [("Album", 2)]


async def test_lists_are_read_to_their_end_though_no_next_page_is_named(stage):
    for number in range(55):
        await stage.publish(Content(text=f"Post {number}"))

    past = await stage.plugin.connector.history(stage.api(), stage.clock.now - timedelta(days=90))

    assert len(past) == 55


def shared_on(stage: Stage) -> SimPost:
    """Somebody else's post that the profile reposted."""
    return stage.network.new_post("9002", stage.account.remote_id, "Not ours", data={"type": "REPOST_FACADE"})


# signing in


async def test_a_sign_in_is_renewed_with_itself_from_its_second_day_on(stage):
    (way,) = stage.plugin.card.sign_ins
    first = await signed_in(stage, way)
    stage.clock.forward(30 * 86_400)

    second = await stage.plugin.connector.dialect(way.slug).refresh(first, stage.api())

    assert second["access_token"] == second["refresh_token"] != first["access_token"]
    assert second["expires_at"] > first["expires_at"]


async def test_rights_that_were_unticked_are_told(stage):
    (way,) = stage.plugin.card.sign_ins
    kept = await signed_in(stage, way)
    row = await stage.network.kept("tokens", kept["access_token"])
    await stage.network.keep("tokens", kept["access_token"], {**row, "scopes": "threads_basic"})

    (identity,) = await identities(stage, way, kept)
    (rights, *_) = await stage.plugin.connector.self_checks(stage.api(identity.account))

    assert [message.params["right"] for message in identity.missing] == ["threads_content_publish"]
    assert "threads_delete" in rights.message.params["rights"]


@pytest.mark.parametrize(("secret", "known"), [(PRACTICE_SECRET, True), ("another", False)])
async def test_an_application_is_known_by_the_token_it_gets(stage, secret, known):
    dialect = stage.plugin.connector.dialect("account")
    app = OwnApp(PRACTICE_ID, secret, stage.opened.server)

    assert await dialect.knows(app, "https://tesselle.example/back", stage.api()) is known


def test_how_doubt_is_settled_depends_on_the_step(stage):
    kinds = {
        step: stage.plugin.connector.reconciliation(step, stage.account).kind
        for step in ("post", "part", "answer", "delete")
    }

    assert kinds.pop("delete") is ReconciliationKind.KEY
    assert set(kinds.values()) == {ReconciliationKind.WITNESS}
