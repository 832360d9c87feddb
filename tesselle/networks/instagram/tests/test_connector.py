"""What is Instagram's own; the promises that every network keeps are in tests/contracts."""

from datetime import timedelta

import pytest

from tesselle.connectors.offers import offers
from tesselle.connectors.tests.sign_in_contract import identities, signed_in
from tesselle.domain.content import Content
from tesselle.domain.errors import NotSentError, RejectedError, TryLaterError
from tesselle.domain.verdicts import (
    Absent,
    Accepted,
    Duplicate,
    Later,
    Present,
    ReconciliationKind,
    Seen,
    Silent,
)
from tesselle.networks.instagram.sandbox.comments import NO_AUTHORS
from tesselle.networks.instagram.sandbox.media import SUBCODE_33
from tesselle.networks.instagram.tests.sending import post
from tesselle.simulation.faults import Effect

DOORS = ("linked", "direct")


# what goes out


@pytest.mark.parametrize("door", DOORS)
async def test_a_picture_goes_out_with_its_alternative_text(stage_of, door):
    stage = await stage_of(door)

    remote = await stage.publish(post(stage))

    presence = await stage.verify(remote)
    assert isinstance(presence, Present)
    assert presence.remote.url.startswith("https://www.instagram.com/p/")
    (made,) = await stage.public()
    assert made.media[0]["alt"] == "Blue tiles"


async def test_an_album_mixes_pictures_and_films_in_their_order(stage):
    files = (stage.image("a.jpg", alt="First"), stage.film(), stage.image("b.jpg", alt="Last"))

    await stage.publish(Content(text="Tiles", media=files))

    (made,) = await stage.public()
    assert [file["mime"] for file in made.media] == ["image/jpeg", "video/mp4", "image/jpeg"]
    assert made.data["type"] == "CAROUSEL"


async def test_a_single_film_is_a_reel(stage):
    await stage.publish(Content(text="Laying", media=(stage.film(),)))

    (made,) = await stage.public()
    assert made.data["product"] == "REELS"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"format": "reel", "cover_second": "soon"}, "no second"),
        ({"format": "reel", "collaborators": "a,b,c,d"}, "At most 3"),
        ({"format": "reel", "location": "Genève"}, "no place"),
        ({"format": "reel", "place_search": "Genève"}, "places found"),
        ({"format": "reel", "location": "https://example.org/106088856"}, "no place"),
    ],
)
async def test_choices_that_make_no_sense_are_refused_with_a_sentence(stage, options, words):
    with pytest.raises(RejectedError, match=words):
        await stage.prepared(stage.step(Content(text="x", media=(stage.film(),), options=options)))


async def test_words_are_not_dropped_from_a_story_in_silence(stage):
    with pytest.raises(RejectedError, match="no words"):
        await stage.prepared(stage.step(post(stage, format="story")))


async def test_a_story_is_seen_for_a_day(stage):
    remote = await stage.publish(post(stage, "", format="story"))

    assert isinstance(await stage.verify(remote), Present)
    stage.clock.forward(86_400)
    assert isinstance(await stage.verify(remote), Silent)


# containers


async def test_a_film_is_waited_for(stage, waited):
    await stage.publish(Content(text="Laying", media=(stage.film(),)))

    assert waited == [1]


async def test_what_takes_longer_is_sent_later_with_the_same_container(stage):
    stage.network.flags.add("slow_processing")
    call = await stage.prepared(stage.step(post(stage)))

    early = await stage.send(call)
    again = await stage.prepared(call)
    for _look in range(3):
        again = await stage.prepared(again)
    late = await stage.send(again)

    assert isinstance(early, Later)
    assert again.frozen == call.frozen
    assert isinstance(late, Accepted)


async def test_a_file_that_cannot_be_used_is_refused(stage):
    stage.network.flags.add("unreadable_files")

    with pytest.raises(RejectedError, match="2207026"):
        await stage.prepared(stage.step(post(stage)))


async def test_a_file_that_could_not_be_fetched_is_tried_again(stage):
    stage.network.web = lambda address: None

    with pytest.raises(TryLaterError, match="reachable from the internet"):
        await stage.prepared(stage.step(post(stage)))


async def test_a_container_that_ran_out_is_made_anew(stage):
    call = await stage.prepared(stage.step(post(stage)))
    stage.clock.forward(25 * 3_600)

    again = await stage.prepared(call)

    assert again.frozen["container"] != call.frozen["container"]
    assert isinstance(await stage.send(again), Accepted)


# once


@pytest.mark.parametrize("format", ["", "story"])
@pytest.mark.parametrize("effect", [Effect.ACCEPT_CUT, Effect.ACCEPT_5XX, Effect.CUT_UNREAD, Effect.GARBAGE])
async def test_a_doubtful_post_ends_as_one_post(stage, format, effect):
    content = post(stage, "" if format else "Tiles", **({"format": format} if format else {}))
    call = await stage.prepared(stage.step(content))
    stage.fault("create", effect)

    await stage.send_until_settled(call)

    assert len(await stage.public()) == 1


async def test_a_container_published_twice_is_one_post(stage):
    call = await stage.prepared(stage.step(post(stage)))

    first, second = await stage.send(call), await stage.send(call)

    assert isinstance(first, Accepted)
    assert isinstance(second, Duplicate)
    assert len(await stage.public()) == 1


async def test_two_posts_with_the_same_words_are_told_apart_by_nobody(stage):
    first = await stage.prepared(stage.step(post(stage)))
    second = await stage.prepared(stage.step(post(stage)))
    await stage.send(first)
    await stage.send(second)

    candidates = await stage.found(second)

    assert [one.certain for one in candidates] == [False, False]


async def test_an_answer_that_no_such_container_is_there_says_nothing(stage):
    call = await stage.prepared(stage.step(post(stage)))
    await stage.send(call)
    stage.network.flags.add(SUBCODE_33)

    assert isinstance(await stage.look_up(call), Silent)
    with pytest.raises(NotSentError):
        await stage.prepared(call)


async def test_an_unpublished_container_is_a_sure_no(stage):
    call = await stage.prepared(stage.step(post(stage)))

    assert await stage.look_up(call) == Seen()


# the day's posts


async def test_the_day_s_posts_are_counted_by_instagram_itself(stage_of):
    stage = await stage_of("linked", quota=2)
    for text in ("One", "Two"):
        await stage.publish(post(stage, text))

    with pytest.raises(TryLaterError, match="used up"):
        await stage.prepared(stage.step(post(stage, "Three")))
    stage.clock.forward(86_401)
    await stage.publish(post(stage, "Three"))


async def test_the_self_test_tells_what_is_left_of_the_day(stage_of):
    stage = await stage_of("linked", quota=5)
    for number in range(4):
        await stage.publish(post(stage, str(number)))

    checks = {check.subject: check for check in await stage.plugin.connector.self_checks(stage.api())}

    assert checks["quota"].state == "attention"
    assert checks["quota"].message.params == {"used": 4, "total": 5}


# comments


async def test_the_first_comment_stands_below_the_post(stage):
    content = post(stage, first_comment="#carrelage")
    assert stage.plugin.connector.steps("post", content, stage.account) == ("post", "comment")
    remote = await stage.publish(content)

    call = stage.step(content, "comment", position=1, earlier=(remote,))
    verdict = await stage.send(await stage.prepared(call))

    assert isinstance(verdict, Accepted)
    (reply,) = await stage.plugin.connector.replies(remote, stage.api())
    assert (reply.text, reply.mine) == ("#carrelage", True)


async def test_a_comment_in_doubt_is_never_certain_for_nobody_tells_who_typed_it(stage):
    content = post(stage, first_comment="#carrelage")
    remote = await stage.publish(content)
    call = await stage.prepared(stage.step(content, "comment", position=1, earlier=(remote,)))
    stage.fault("create", Effect.ACCEPT_CUT)
    await stage.send(call)

    (candidate,) = await stage.found(call)

    assert not candidate.certain


async def test_an_answer_to_a_reply_goes_to_its_comment(stage):
    remote = await stage.publish(post(stage))
    first = await stage.send(await stage.prepared(stage.step(Content(text="Glue?"), "answer", target=remote)))
    await stage.send(await stage.prepared(stage.step(Content(text="Grey"), "answer", target=first.remote)))
    deep = (await stage.plugin.connector.replies(remote, stage.api()))[1]

    verdict = await stage.send(
        await stage.prepared(stage.step(Content(text="Thanks"), "answer", target=deep.remote))
    )

    assert isinstance(verdict, Accepted)
    parents = [one.parent_id for one in await stage.plugin.connector.replies(remote, stage.api())]
    assert parents == ["", first.remote.id, first.remote.id]


async def test_authors_that_may_not_be_asked_for_are_done_without(stage):
    remote = await stage.publish(post(stage))
    await stage.send(await stage.prepared(stage.step(Content(text="Yes"), "answer", target=remote)))
    stage.network.flags.add(NO_AUTHORS)

    (reply,) = await stage.plugin.connector.replies(remote, stage.api())

    assert (reply.author, reply.mine) == ("@carrelage", True)


# the two doors


async def test_only_an_account_with_a_page_can_delete(stage_of):
    linked, direct = await stage_of("linked"), await stage_of("direct")
    remote = await linked.publish(post(linked))

    verdict = await linked.send(await linked.prepared(linked.step(Content(), "delete", target=remote)))

    assert isinstance(verdict, Accepted)
    assert isinstance(await linked.verify(remote), Absent)
    assert offers(linked.plugin.connector, "delete", linked.account)
    assert not offers(direct.plugin.connector, "delete", direct.account)


@pytest.mark.parametrize("door", DOORS)
async def test_a_caption_cannot_be_changed(stage_of, door):
    stage = await stage_of(door)

    assert not offers(stage.plugin.connector, "edit", stage.account)


async def test_each_door_gives_its_own_kind_of_account(stage):
    by_facebook, by_instagram = stage.plugin.card.sign_ins

    (linked,) = await identities(stage, by_facebook, await signed_in(stage, by_facebook))
    (direct,) = await identities(stage, by_instagram, await signed_in(stage, by_instagram))

    assert (linked.account.kind, direct.account.kind) == ("linked", "direct")
    assert linked.account.remote_id == direct.account.remote_id == stage.account.remote_id
    assert "expires_at" not in linked.account.credentials
    assert direct.account.credentials["refresh_token"] == direct.account.credentials["access_token"]


async def test_a_direct_sign_in_is_renewed_with_itself(stage):
    way = stage.plugin.card.sign_ins[1]
    first = await signed_in(stage, way)
    stage.clock.forward(30 * 86_400)

    second = await stage.plugin.connector.dialect(way.slug).refresh(first, stage.api())

    assert second["access_token"] == second["refresh_token"] != first["access_token"]
    assert second["expires_at"] > first["expires_at"]
    assert second["scope"] == first["scope"]


def test_how_doubt_is_settled_depends_on_the_step(stage):
    kinds = {
        step: stage.plugin.connector.reconciliation(step, stage.account).kind
        for step in ("post", "comment", "answer", "delete")
    }

    assert kinds["post"] is ReconciliationKind.WITNESS
    assert kinds["comment"] is kinds["answer"] is ReconciliationKind.LOOKUP
    assert kinds["delete"] is ReconciliationKind.KEY


async def test_history_tells_three_months_of_posts_and_no_stories(stage):
    await stage.publish(post(stage, "Old"))
    stage.clock.forward(100 * 86_400)
    await stage.publish(Content(text="Album", media=(stage.image("a.jpg"), stage.image("b.jpg"))))
    await stage.publish(post(stage, "", format="story"))

    past = await stage.plugin.connector.history(stage.api(), stage.clock.now - timedelta(days=90))

    assert [(one.text, one.media_count) for one in past] == [("Album", 2)]
