"""What goes out to a profile, and what Google would refuse."""

from dataclasses import replace

import pytest

from tesselle.domain.content import Content
from tesselle.domain.errors import RejectedError
from tesselle.domain.verdicts import (
    Absent,
    Accepted,
    Blocked,
    BlockReason,
    Present,
    ProcessingFailed,
    Refused,
    StillProcessing,
)
from tesselle.networks.google_business.tests.making import SHOP, dated, told


async def test_an_update_has_its_words_its_picture_and_its_button(stage):
    content = Content(text="Grès cérame", link=SHOP, media=(stage.image(),), language="fr")

    remote = await stage.publish(content)

    (post,) = await stage.public()
    assert remote.id == post.id
    assert remote.id.startswith(f"accounts/1/{stage.account.remote_id}/localPosts/")
    assert remote.url.startswith("https://local.google.example/")
    assert await told(stage) == {
        "summary": "Grès cérame",
        "topicType": "STANDARD",
        "languageCode": "fr",
        "callToAction": {"actionType": "LEARN_MORE", "url": SHOP},
    }
    assert post.media[0]["source"] == "https://media.example/tiles.png"


async def test_an_event_has_its_days_and_hours_in_the_places_own_time(stage):
    await stage.publish(dated("event", link=SHOP, options={"action": "SIGN_UP"}))

    post = await told(stage)
    assert post["topicType"] == "EVENT"
    assert post["event"] == {
        "title": "Portes ouvertes",
        "schedule": {
            "startDate": {"year": 2026, "month": 12, "day": 5},
            "startTime": {"hours": 9, "minutes": 0},
            "endDate": {"year": 2026, "month": 12, "day": 6},
            "endTime": {"hours": 17, "minutes": 30},
        },
    }
    assert post["callToAction"] == {"actionType": "SIGN_UP", "url": SHOP}


async def test_an_offer_has_its_code_its_terms_and_its_address_and_no_button(stage):
    options = {"coupon": "SOL10", "terms": "Jusqu’à épuisement", "action": "SHOP"}

    await stage.publish(dated("offer", link=SHOP, options=options))

    post = await told(stage)
    assert post["topicType"] == "OFFER"
    assert post["offer"] == {
        "couponCode": "SOL10",
        "redeemOnlineUrl": SHOP,
        "termsConditions": "Jusqu’à épuisement",
    }
    assert "callToAction" not in post


async def test_a_call_dials_the_profiles_number_and_takes_no_link(stage):
    await stage.publish(Content(text="Appelez", options={"action": "CALL"}))

    assert (await told(stage))["callToAction"] == {"actionType": "CALL"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (Content(text="a", options={"action": "BOOK"}), "link_missing"),
        (Content(text="a", link=SHOP, options={"action": "CALL"}), "call_with_link"),
        (dated("event", options={"start_date": ""}), "days_missing"),
        (dated("event", options={"end_time": "25:00"}), "days_missing"),
        (dated("offer", options={"end_date": "2026-12-04"}), "ends_before_it_begins"),
        (dated("offer", title=" "), "title_missing"),
    ],
)
async def test_what_google_would_refuse_for_sure_is_not_sent(stage, content, code):
    with pytest.raises(RejectedError) as refused:
        await stage.prepared(stage.step(content))

    assert refused.value.reason == code


async def test_a_picture_gets_a_new_address_for_each_try_and_the_rest_stays(stage, monkeypatch):
    call = await stage.prepared(stage.step(Content(text="Sol", media=(stage.image(),))))
    monkeypatch.setattr("tesselle.connectors.tests.stage.MEDIA_ADDRESS", "https://later.example/")

    again = await stage.prepared(call)

    assert again.frozen["post"] == call.frozen["post"]
    assert call.frozen["media"] == ["https://media.example/tiles.png"]
    assert again.frozen["media"] == ["https://later.example/tiles.png"]


async def test_a_picture_that_google_cannot_fetch_is_named(stage):
    call = await stage.prepared(stage.step(Content(text="Sol", media=(stage.image(),))))
    (stage.folder / "tiles.png").unlink()

    verdict = await stage.send(call)

    assert isinstance(verdict, Refused)
    assert verdict.code == "media_refused"


@pytest.mark.parametrize(
    ("flag", "reason"),
    [
        ("not_admitted", BlockReason.ADMISSION),
        ("not_enabled", BlockReason.ADMISSION),
        ("no_posts_here", BlockReason.ADMISSION),
        ("lost_role", BlockReason.ROLE),
    ],
)
async def test_what_the_post_is_not_to_blame_for_blocks_and_refuses_nothing(stage, flag, reason):
    stage.network.flags.add(flag)

    verdict = await stage.send(await stage.prepared(stage.step(Content(text="Sol"))))

    assert isinstance(verdict, Blocked)
    assert verdict.reason == reason


async def test_a_place_that_is_no_longer_there_is_a_role_that_was_lost(stage):
    gone = replace(stage.account, remote_id="locations/1")
    call = replace(await stage.prepared(stage.step(Content(text="Sol"))), account=gone)

    verdict = await stage.send(call)

    assert isinstance(verdict, Blocked)
    assert verdict.reason == BlockReason.ROLE


async def test_a_yes_is_not_yet_to_be_seen_and_may_become_a_no(stage):
    stage.network.flags.add("slow_processing")
    verdict = await stage.send(await stage.prepared(stage.step(Content(text="Sol"))))
    assert isinstance(verdict, Accepted)
    assert not verdict.visible
    seen = [await stage.verify(verdict.remote) for _ in range(4)]
    assert [type(one) for one in seen] == [StillProcessing] * 3 + [Present]

    stage.network.flags = {"rejects"}
    refused = await stage.publish(Content(text="021 555 12 12"))
    presence = await stage.verify(refused)
    assert isinstance(presence, ProcessingFailed)
    assert presence.code == "rejected"


async def test_an_edit_changes_the_words_alone_and_twice_is_once(stage):
    remote = await stage.publish(Content(text="Avant", link=SHOP))
    call = await stage.prepared(stage.step(Content(text="Après"), "edit", target=remote))
    assert await stage.found(call) == ()

    verdicts = [await stage.send(call), await stage.send(call)]

    assert [one.remote for one in verdicts] == [remote, remote]
    assert (await told(stage))["summary"] == "Après"
    assert (await told(stage))["callToAction"]["url"] == SHOP
    assert (await stage.found(call))[0].certain


async def test_deleting_twice_is_done_once_and_no_refusal(stage):
    remote = await stage.publish(Content(text="Sol"))
    call = await stage.prepared(stage.step(Content(), "delete", target=remote))
    assert await stage.found(call) == ()

    verdicts = [await stage.send(call), await stage.send(call)]

    assert verdicts == [Accepted(remote), Accepted(remote)]
    assert await stage.verify(remote) == Absent()
    assert (await stage.found(call))[0].certain
