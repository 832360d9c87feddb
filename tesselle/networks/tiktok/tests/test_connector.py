"""What is TikTok's own; the promises that every network keeps are in tests/contracts."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tesselle.connectors.http.exchange import Request, Response
from tesselle.connectors.offers import offers
from tesselle.connectors.tests.sign_in_contract import identities, signed_in
from tesselle.connectors.tests.stage import Stage
from tesselle.domain.content import Content, Media
from tesselle.domain.errors import BlockedError, NotSentError, RejectedError, TryLaterError
from tesselle.domain.verdicts import (
    Absent,
    Accepted,
    Blocked,
    BlockReason,
    Doubtful,
    Later,
    Present,
    ProcessingFailed,
    ReconciliationKind,
    Seen,
    Silent,
    StillProcessing,
)
from tesselle.networks.tiktok.sandbox.films import NO_NUMBER_YET
from tesselle.networks.tiktok.sandbox.posting import UNAUDITED
from tesselle.simulation.faults import Effect

DOUBT = [Effect.ACCEPT_CUT, Effect.ACCEPT_5XX, Effect.CUT_UNREAD, Effect.GARBAGE, Effect.FAIL_5XX]
PHOTOS = {"format": "photos"}


def film(stage: Stage, text: str = "Laying", **options: str) -> Content:
    return Content(text=text, media=(stage.film(),), options={**stage.options, **options})


def photos(stage: Stage, many: int = 2, **options: str) -> Content:
    pictures = tuple(stage.image(f"{number}.jpg") for number in range(many))
    chosen = {**stage.options, **PHOTOS, **options}
    return Content(text="Tiles", title="Floor", media=pictures, options=chosen)


def big_film(stage: Stage, size: int = 25_000_001) -> Media:
    path = stage.folder / "big.mp4"
    path.write_bytes(bytes(size))
    return Media("video", "video/mp4", size, 1080, 1920, 30.0, asset=path.name)


async def watched(stage: Stage) -> list[Request]:
    """The requests that leave from now on."""
    kept: list[Request] = []
    inner = stage.transport.exchange

    class Watched:
        async def exchange(self, request, gate=None):
            kept.append(request)
            return await inner(request, gate)

    stage.transport = Watched()
    return kept


def body_of(request: Request) -> dict[str, Any]:
    assert isinstance(request.body, bytes)
    told: dict[str, Any] = json.loads(request.body)
    return told


def begun(requests: list[Request]) -> dict[str, Any]:
    return next(body_of(one) for one in requests if one.url.endswith("/init/"))


# films


async def test_a_film_goes_out_with_its_caption_and_gets_its_address(stage):
    remote = await stage.publish(film(stage))

    presence = await stage.verify(remote)
    (made,) = await stage.public()
    assert isinstance(presence, Present)
    assert presence.remote.url == f"https://www.tiktok.com/@carrelage/video/{made.id}"
    assert made.text == "Laying"


async def test_nothing_is_allowed_that_nobody_allowed(stage):
    requests = await watched(stage)

    await stage.publish(film(stage))

    info = begun(requests)["post_info"]
    assert (info["disable_comment"], info["disable_duet"], info["disable_stitch"]) == (True, True, True)
    assert (info["brand_content_toggle"], info["brand_organic_toggle"], info["is_aigc"]) == (False,) * 3


async def test_what_was_chosen_goes_along(stage):
    requests = await watched(stage)
    chosen = {"comments": "on", "duets": "on", "paid_partnership": "on", "made_with_ai": "on"}

    await stage.publish(film(stage, **chosen, cover_second="1,5"))

    info = begun(requests)["post_info"]
    assert (info["disable_comment"], info["disable_duet"], info["disable_stitch"]) == (False, False, True)
    assert info["brand_content_toggle"] and info["is_aigc"]
    assert info["video_cover_timestamp_ms"] == 1500


async def test_what_the_account_switched_off_stays_off(stage_of):
    stage = await stage_of(no_comments=True)
    requests = await watched(stage)

    await stage.publish(film(stage, comments="on"))

    assert begun(requests)["post_info"]["disable_comment"] is True


async def test_the_account_is_asked_before_each_post(stage):
    requests = await watched(stage)
    for text in ("One", "Two"):
        await stage.publish(film(stage, text))

    assert sum("creator_info" in one.url for one in requests) == 2


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"privacy": ""}, "no longer has that choice"),
        ({"privacy": "FOLLOWER_OF_CREATOR"}, "no longer has that choice"),
        ({"privacy": "SELF_ONLY", "paid_partnership": "on"}, "cannot be for you alone"),
        ({"cover_second": "soon"}, "no second"),
    ],
)
async def test_choices_that_make_no_sense_are_refused_with_a_sentence(stage, options, words):
    with pytest.raises(RejectedError, match=words):
        await stage.prepared(stage.step(film(stage, **options)))


async def test_a_film_longer_than_the_account_may_post_today_is_refused(stage):
    account = await stage.network.account(stage.account.remote_id)
    await stage.network.add_account(replace(account, facts={**account.facts, "max_seconds": 5}))

    with pytest.raises(RejectedError, match="at most 5 seconds"):
        await stage.prepared(stage.step(film(stage)))


# pieces


async def test_a_large_film_goes_up_in_pieces_of_which_only_the_last_posts_it(stage):
    content = replace(film(stage), media=(big_film(stage),))
    requests = await watched(stage)

    call = await stage.prepared(stage.step(content))
    before = await stage.network.truth()
    verdict = await stage.send(call)

    ranges = [one.headers["Content-Range"] for one in requests if one.method == "PUT"]
    assert ranges == ["bytes 0-9999999/25000001", "bytes 10000000-25000000/25000001"]
    assert not any("Authorization" in one.headers for one in requests if one.method == "PUT")
    assert before == []
    assert isinstance(verdict, Accepted)


async def test_an_upload_that_broke_off_goes_on_where_it_was(stage):
    content = replace(film(stage), media=(big_film(stage, 35_000_000),))
    call = await stage.prepared(stage.step(content))
    requests = await watched(stage)

    again = await stage.prepared(call)

    assert [one.method for one in requests if one.method == "PUT"] == []
    assert again.frozen["publish_id"] == call.frozen["publish_id"]
    assert isinstance(await stage.send(again), Accepted)


async def test_an_upload_that_nobody_waits_for_any_more_begins_anew(stage):
    call = await stage.prepared(stage.step(film(stage)))
    stage.clock.forward(2 * 3_600)

    late = await stage.send(call)
    again = await stage.prepared(call)

    assert isinstance(late, Later)
    assert again.frozen["publish_id"] != call.frozen["publish_id"]
    assert isinstance(await stage.send(again), Accepted)
    assert len(await stage.public()) == 1


async def test_a_film_goes_nowhere_but_to_the_network_s_own_place(stage):
    inner = stage.transport.exchange

    class Elsewhere:
        async def exchange(self, request, gate=None):
            exchange = await inner(request, gate)
            if "/video/init/" in request.url:
                body = exchange.response.body.replace(b"https://tiktok.example", b"https://evil.example")
                return replace(exchange, response=replace(exchange.response, body=body))
            return exchange

    stage.transport = Elsewhere()

    with pytest.raises(NotSentError, match="not its own"):
        await stage.prepared(stage.step(film(stage)))


# once


@pytest.mark.parametrize("effect", DOUBT)
async def test_a_doubtful_film_ends_as_one_post(stage, effect):
    call = await stage.prepared(stage.step(film(stage)))
    stage.fault("create", effect)

    await stage.send_until_settled(call)

    assert len(await stage.public()) == 1


async def test_a_lost_answer_to_the_beginning_is_harmless(stage):
    stage.fault("prepare", Effect.ACCEPT_CUT)
    step = stage.step(film(stage))
    with pytest.raises(NotSentError):
        await stage.prepared(step)

    await stage.send(await stage.prepared(step))

    assert len(await stage.public()) == 1


async def test_a_film_that_is_not_all_there_is_a_sure_no(stage):
    call = await stage.prepared(stage.step(film(stage)))

    assert await stage.look_up(call) == Seen()


async def test_photos_in_doubt_are_left_to_a_person(stage):
    call = await stage.prepared(stage.step(photos(stage)))
    assert call.kind == "photos"
    stage.fault("create", Effect.ACCEPT_CUT)
    await stage.send(call)

    assert isinstance(await stage.look_up(call), Silent)


def test_how_doubt_is_settled_depends_on_the_format(stage):
    connector = stage.plugin.connector

    assert connector.reconciliation("post", stage.account).kind is ReconciliationKind.WITNESS
    assert connector.reconciliation("photos", stage.account).kind is ReconciliationKind.NONE


# photos


async def test_photos_go_out_by_their_addresses_with_title_and_description(stage):
    requests = await watched(stage)

    remote = await stage.publish(photos(stage, music="on"))

    asked = body_of(requests[-1])
    assert asked["source_info"]["photo_images"] == [
        "https://media.example/0.jpg",
        "https://media.example/1.jpg",
    ]
    assert (asked["post_info"]["title"], asked["post_info"]["description"]) == ("Floor", "Tiles")
    assert asked["post_info"]["auto_add_music"] is True
    assert "disable_duet" not in asked["post_info"]
    presence = await stage.verify(remote)
    assert "/photo/" in presence.remote.url


async def test_an_address_that_was_not_verified_blocks_the_channel(stage):
    stage.network.flags.add("unverified_address")

    verdict = await stage.send(await stage.prepared(stage.step(photos(stage))))

    assert isinstance(verdict, Blocked)
    assert verdict.reason is BlockReason.ADMISSION


# what becomes of it


async def test_what_tiktok_still_works_on_is_waited_for(stage):
    stage.network.flags.add("slow_processing")
    remote = await stage.publish(film(stage))

    seen = [await stage.verify(remote) for _look in range(3)]

    assert [type(one) for one in seen] == [StillProcessing, StillProcessing, Present]


async def test_a_public_post_waits_for_its_number_but_not_for_ever(stage):
    stage.network.flags.add(NO_NUMBER_YET)
    remote = await stage.publish(film(stage))

    early = await stage.verify(remote)
    stage.clock.forward(13 * 3_600)
    late = await stage.verify(remote)

    assert isinstance(early, StillProcessing)
    assert isinstance(late, Present) and late.remote.url == ""


async def test_a_post_for_friends_never_gets_a_number_and_is_there_all_the_same(stage):
    remote = await stage.publish(film(stage, privacy="MUTUAL_FOLLOW_FRIENDS"))

    presence = await stage.verify(remote)

    assert isinstance(presence, Present)
    assert presence.remote.url == ""


async def test_a_public_post_that_nobody_sees_any_more_is_gone(stage):
    remote = await stage.publish(film(stage))
    (made,) = await stage.public()
    await stage.network.remove_post(made.id)

    assert isinstance(await stage.verify(remote), Absent)


async def test_a_film_that_cannot_be_used_has_failed(stage):
    stage.network.flags.add("unreadable_files")
    remote = await stage.publish(film(stage))

    presence = await stage.verify(remote)

    assert isinstance(presence, ProcessingFailed)
    assert "file_format_check_failed" in str(presence.message)


# drafts


async def test_a_draft_carries_the_film_alone_and_is_not_read_back(stage_of):
    stage = await stage_of("inbox")
    requests = await watched(stage)

    await stage.publish(Content(media=(stage.film(),)))

    assert list(begun(requests)) == ["source_info"]
    assert not any("creator_info" in one.url for one in requests)
    assert not stage.plugin.connector.reads_back(stage.account)


async def test_drafts_of_photos_take_their_words_along(stage_of):
    stage = await stage_of("inbox")
    requests = await watched(stage)

    await stage.publish(photos(stage))

    asked = body_of(requests[-1])
    assert asked["post_mode"] == "MEDIA_UPLOAD"
    assert asked["post_info"] == {"title": "Floor", "description": "Tiles"}


@pytest.mark.parametrize("effect", DOUBT)
async def test_a_doubtful_draft_ends_as_one_draft(stage_of, effect):
    stage = await stage_of("inbox")
    call = await stage.prepared(stage.step(Content(media=(stage.film(),))))
    stage.fault("create", effect)

    await stage.send_until_settled(call)

    assert len(await stage.public()) == 1


async def test_a_sixth_draft_waits(stage_of):
    stage = await stage_of("inbox")
    for _number in range(5):
        await stage.publish(Content(media=(stage.film(),)))

    with pytest.raises(TryLaterError, match="Five drafts"):
        await stage.prepared(stage.step(Content(media=(stage.film(),))))


# admission and caps


async def test_before_the_audit_only_private_accounts_can_be_posted_to(stage_of):
    stage = await stage_of()
    stage.network.flags.add(UNAUDITED)
    alone = {**stage.options, "privacy": "SELF_ONLY"}

    with pytest.raises(BlockedError, match="audit") as error:
        await stage.prepared(stage.step(Content(media=(stage.film(),), options=alone)))
    checks = {check.subject: check for check in await stage.plugin.connector.self_checks(stage.api())}

    assert error.value.reason == BlockReason.ADMISSION
    assert checks["role"].state == "attention"


async def test_a_private_account_posts_for_itself_before_the_audit(stage_of):
    stage = await stage_of(private=True)
    stage.network.flags.add(UNAUDITED)

    remote = await stage.publish(film(stage, privacy="SELF_ONLY"))

    assert isinstance(await stage.verify(remote), Present)


async def test_the_day_s_posts_are_counted_by_tiktok_itself(stage_of):
    stage = await stage_of(quota=1)
    await stage.publish(film(stage))

    with pytest.raises(TryLaterError, match="used up"):
        await stage.prepared(stage.step(film(stage, "Two")))


@pytest.mark.parametrize(("private", "third"), [(False, "PUBLIC_TO_EVERYONE"), (True, "FOLLOWER_OF_CREATOR")])
async def test_the_account_tells_who_can_see_its_posts(stage_of, private, third):
    stage = await stage_of(private=private)

    found = await stage.plugin.connector.choices("privacy", {}, stage.api())

    assert {one.value for one in found} == {third, "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"}


def test_who_sees_it_has_no_default(stage):
    (privacy,) = [one for one in stage.plugin.card.options if one.name == "privacy"]

    assert privacy.required
    assert privacy.default == ""


# answers


@pytest.mark.parametrize("status", [200, 400, 500])
def test_the_envelope_s_code_counts_and_not_the_status(stage, status):
    body = json.dumps({"data": {}, "error": {"code": "invalid_param", "message": "no"}}).encode()
    verdict = stage.plugin.connector.read(
        stage.step(photos(stage), "photos"), Response(status, {}, body), stage.clock.now
    )

    assert isinstance(verdict, Doubtful) == (status == 500)


async def test_an_answer_that_is_no_envelope_is_not_taken_for_emptiness(stage):
    call = await stage.prepared(stage.step(film(stage)))
    stage.fault("list", Effect.GARBAGE)

    assert isinstance(await stage.look_up(call), Silent)


# the rest


@pytest.mark.parametrize("purpose", ["edit", "delete", "answer"])
def test_what_tiktok_does_not_have_is_not_offered(stage, purpose):
    assert not offers(stage.plugin.connector, purpose, stage.account)


async def test_each_way_gives_its_own_kind_of_account(stage_of):
    for kind in ("direct", "inbox"):
        stage = await stage_of(kind)
        way = next(one for one in stage.plugin.card.sign_ins if one.slug == kind)
        (identity,) = await identities(stage, way, await signed_in(stage, way))
        assert identity.account.kind == kind
        assert identity.account.credentials["refresh_expires_at"]


async def test_a_right_that_was_unticked_is_told(stage):
    way = stage.plugin.card.sign_ins[0]
    kept = await signed_in(stage, way)

    (identity,) = await identities(stage, way, {**kept, "scope": "user.info.basic,user.info.profile"})

    assert [message.params["right"] for message in identity.missing] == ["video.publish"]


async def test_history_tells_public_posts_of_three_months_page_after_page(stage):
    await stage.publish(film(stage, "Old"))
    stage.clock.forward(100 * 86_400)
    await stage.publish(film(stage, "For friends", privacy="MUTUAL_FOLLOW_FRIENDS"))
    for number in range(25):
        await stage.publish(film(stage, f"Post {number}"))
        stage.clock.forward(60)

    past = await stage.plugin.connector.history(stage.api(), stage.clock.now - timedelta(days=90))

    assert [one.text for one in past] == [f"Post {number}" for number in reversed(range(25))]
