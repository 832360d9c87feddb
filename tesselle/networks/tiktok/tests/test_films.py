"""Films: what goes along, what is refused, and how a large one goes up in pieces."""

from dataclasses import replace

import pytest

from tesselle.domain.errors import NotSentError, RejectedError
from tesselle.domain.verdicts import (
    Accepted,
    Later,
    Present,
)
from tesselle.networks.tiktok.tests.making import begun, big_film, film, watched


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
