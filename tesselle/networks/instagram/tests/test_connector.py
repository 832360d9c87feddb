"""What is Instagram's own; the promises that every network keeps are in tests/contracts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tesselle.connectors.fields import fields_for
from tesselle.connectors.offers import offers
from tesselle.connectors.tests.sign_in_contract import identities, signed_in
from tesselle.connectors.tests.stage import Stage
from tesselle.domain.content import Content, Media
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
from tesselle.networks import card
from tesselle.networks.instagram.limits import LIMITS
from tesselle.networks.instagram.preview import facts
from tesselle.networks.instagram.sandbox.comments import NO_AUTHORS
from tesselle.networks.instagram.sandbox.media import SUBCODE_33
from tesselle.networks.instagram.sandbox.places import NOT_GRANTED
from tesselle.simulation.faults import Effect

DOORS = ("linked", "direct")


def post(stage: Stage, text: str = "Tiles", **options: str) -> Content:
    return Content(text=text, media=(stage.image(),), options=options)


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


async def sent_for(stage: Stage, content: Content, watch: str) -> str:
    """The body of the request whose address ends so."""
    bodies = []
    inner = stage.transport.exchange

    class Watched:
        async def exchange(self, request, gate=None):
            if request.method == "POST" and request.url.endswith(watch):
                bodies.append(request.body.decode())
            return await inner(request, gate)

    stage.transport = Watched()
    await stage.publish(content)
    return "&".join(bodies)


async def test_a_reel_takes_its_cover_its_place_and_its_partners(stage):
    options = {
        "format": "reel",
        "cover_second": "2,5",
        "only_in_reels": "on",
        "collaborators": "@jura, dubois",
        "location": "https://www.facebook.com/pages/Geneve/106088856",
    }

    body = await sent_for(stage, Content(text="Laying", media=(stage.film(),), options=options), "/media")

    assert "thumb_offset=2500" in body
    assert "share_to_feed=false" in body
    assert "location_id=106088856" in body
    assert "jura" in body and "dubois" in body and "%40jura" not in body


async def found(stage: Stage, words: str) -> dict[str, str]:
    """By name, what is chosen."""
    told = await stage.plugin.connector.choices("place", {"place_search": words}, stage.api())
    return {one.label: one.value for one in told}


async def test_a_place_is_searched_by_name_and_its_page_goes_out(stage):
    places = await found(stage, "genève")
    options = {"place_search": "genève", "place": places["Jet d’Eau"]}

    body = await sent_for(stage, post(stage, **options), "/media")

    assert set(places) == {"Genève, Suisse", "Jet d’Eau"}  # a page without a place is none
    assert "location_id=203461109677381" in body
    assert await found(stage, " ") == {} and await found(stage, "nowhere") == {}


async def test_a_search_that_meta_has_not_granted_says_so_and_the_channel_is_well(stage):
    stage.network.flags.add(NOT_GRANTED)

    with pytest.raises(NotSentError, match="Page Public Metadata Access"):
        await found(stage, "Genève")


async def test_a_place_is_searched_by_the_application_and_never_by_the_page(stage):
    stage.account = replace(stage.account, credentials={**stage.account.credentials, "client_secret": "old"})

    with pytest.raises(NotSentError, match="number of the place"):
        await found(stage, "Genève")


def test_only_a_linked_account_is_asked_for_a_place_by_name_and_only_once_it_was_granted():
    def asked(kind: str, *granted: str) -> set[str]:
        given = replace(card("instagram"), granted=frozenset(granted))
        return {one.name for one in fields_for(given, kind, LIMITS)} & {"place_search", "place", "location"}

    assert asked("linked") == asked("direct", "place_search") == {"location"}
    assert asked("linked", "place_search") == {"place_search", "place", "location"}


async def test_a_picture_beside_a_reel_is_its_cover_wherever_it_stands(stage):
    for files in ((stage.film(), stage.image()), (stage.image(), stage.film())):
        reel = Content(text="Laying", media=files, options={"format": "reel", "cover_second": "2"})

        body = await sent_for(stage, reel, "/media")

        assert "media_type=REELS" in body and "video_url=" in body and "cover_url=" in body
        assert "thumb_offset" not in body and "image_url" not in body
    made = (await stage.public())[-1]
    assert made.data["product"] == "REELS" and made.media[0]["cover"].startswith("http")


async def test_a_cover_that_is_no_jpeg_is_refused(stage):
    cover = replace(stage.image("cover.jpg"), asset="cover.png")
    (stage.folder / "cover.png").write_bytes(b"\x89PNG")
    files = (stage.film(), cover)

    with pytest.raises(RejectedError):
        await stage.publish(Content(text="Laying", media=files, options={"format": "reel"}))


def test_the_preview_shows_the_cover_in_the_place_of_the_film():
    film = Media("video", "video/mp4", 1000, 1080, 1920, seconds=30)
    cover = Media("image", "image/jpeg", 1000, 1080, 1920)

    assert facts(Content(media=(film, cover), options={"format": "reel"}), "")["has_cover"]
    assert not facts(Content(media=(film, cover)), "")["has_cover"]
    assert not facts(Content(media=(film,), options={"format": "reel"}), "")["has_cover"]


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
