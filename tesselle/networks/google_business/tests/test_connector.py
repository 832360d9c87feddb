from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tesselle.connectors.protocols import Account, Window
from tesselle.domain.content import FORMAT, Content
from tesselle.domain.errors import BlockedError, RejectedError
from tesselle.domain.verdicts import (
    Absent,
    Accepted,
    Blocked,
    BlockReason,
    Doubtful,
    Present,
    ProcessingFailed,
    Refused,
    Remote,
    Seen,
    Silent,
    StillProcessing,
)
from tesselle.networks.google_business import connector
from tesselle.networks.google_business.sandbox.reviews import Reviews
from tesselle.simulation.faults import Effect

DAYS = {"start_date": "2026-12-05", "start_time": "09:00", "end_date": "2026-12-06", "end_time": "17:30"}
SHOP = "https://carrelage.example/portes-ouvertes"


def dated(format: str, **more: Any) -> Content:
    options = {FORMAT: format, **DAYS, **more.pop("options", {})}
    base = {"text": "Venez voir", "title": "Portes ouvertes", **more}
    return Content(**base, options=options)


async def told(stage) -> dict[str, Any]:
    (post,) = await stage.public()
    return dict(post.data["told"])


# --- what goes out -----------------------------------------------------------------------------------


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


# --- once ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "certain"),
    [
        (Content(text="Sol"), False),
        (Content(text="Sol", options={"action": "CALL"}), False),
        (Content(text="Sol", link=SHOP), True),
        (dated("event"), True),
        (dated("offer"), True),
    ],
    ids=["words", "call", "link", "event", "offer"],
)
async def test_a_post_is_ours_for_sure_where_nobody_could_type_the_same(stage, content, certain):
    call = await stage.prepared(stage.step(content))
    stage.fault("create", Effect.ACCEPT_CUT)
    assert isinstance(await stage.send(call), Doubtful)

    (candidate,) = await stage.found(call)

    assert candidate.certain == certain


@pytest.mark.parametrize(
    "other",
    [
        Content(text="Mur", link=SHOP),
        Content(text="Sol", link=f"{SHOP}/autre"),
        Content(text="Sol"),
        Content(text="Sol", link=SHOP, options={"action": "SHOP"}),
        replace(dated("event", link=SHOP), text="Sol"),
    ],
)
async def test_another_post_is_no_candidate(stage, other):
    call = await stage.prepared(stage.step(Content(text="Sol", link=SHOP)))
    await stage.publish(other)

    assert await stage.found(call) == ()


@pytest.mark.parametrize("change", [{"end_time": "18:00"}, {"start_date": "2026-12-04"}])
async def test_an_event_at_another_hour_is_another_one(stage, change):
    call = await stage.prepared(stage.step(dated("event")))
    await stage.publish(dated("event", options=change))

    assert await stage.found(call) == ()


async def test_what_belongs_to_others_or_to_another_hour_is_no_candidate(stage):
    content = Content(text="Sol", link=SHOP)
    remote = await stage.publish(content)
    call = await stage.prepared(stage.step(content))
    margin, now = timedelta(minutes=2), stage.clock.now
    windows = (
        Window(now - margin, now + margin, frozenset({remote.id})),
        Window(now + margin, now + 2 * margin),
        Window(now - 2 * margin, now - margin),
    )

    for window in windows:
        assert await stage.plugin.connector.look_up(call, stage.api(), window) == Seen()


@pytest.mark.parametrize(
    "effect", [Effect.THROTTLE, Effect.EXPIRED, Effect.FAIL_5XX, Effect.HANG, Effect.GARBAGE]
)
async def test_a_look_up_that_fails_says_nothing(stage, effect):
    call = await stage.prepared(stage.step(Content(text="Sol")))
    stage.fault("list", effect, seconds=60)

    assert isinstance(await stage.look_up(call), Silent)


# --- reviews -----------------------------------------------------------------------------------------


async def reviewed(stage, author="Ana", stars=4, text="Très soigné") -> Remote:
    place = await stage.network.account(stage.account.remote_id)
    await Reviews(stage.network).write(place, author, stars, text)
    (newest, *_) = await stage.plugin.connector.replies(Remote("x"), stage.api())
    return newest.remote


async def test_reviews_are_read_with_their_stars_which_may_be_all_there_is(stage):
    await reviewed(stage)
    stage.clock.forward(60)
    await reviewed(stage, "", 2, "")

    quiet, spoken = await stage.plugin.connector.replies(Remote("x"), stage.api())

    assert (spoken.author, spoken.text) == ("Ana", "★★★★☆\nTrès soigné")
    assert (quiet.author, quiet.text) == ("", "★★☆☆☆")


async def test_what_the_public_of_a_practice_world_says_becomes_a_review(stage):
    post = await stage.publish(Content(text="Sol"))
    comment = stage.network.new_post(f"{post.id}~1", "visitor", "Bravo", parent_id=post.id)
    await stage.network.add_post(comment)
    (review,) = await stage.plugin.connector.replies(post, stage.api())
    assert review.text.endswith("\nBravo")
    assert review.text[0] == "★"

    call = await stage.prepared(stage.step(Content(text="Merci"), "answer", target=review.remote))
    verdict = await stage.send(call)

    assert isinstance(verdict, Accepted)
    assert isinstance(await stage.verify(verdict.remote), Present)


async def test_a_review_is_answered_once_and_answered_again_it_is_changed(stage):
    review = await reviewed(stage)
    call = await stage.prepared(stage.step(Content(text="Merci"), "answer", target=review))
    assert await stage.found(call) == ()
    stage.fault("create", Effect.ACCEPT_CUT)
    assert isinstance(await stage.send(call), Doubtful)
    assert (await stage.found(call))[0].certain
    await stage.send(call)
    below = Remote(f"{review.id}/reply")
    verdict = await stage.send(
        await stage.prepared(stage.step(Content(text="Merci !"), "answer", target=below))
    )

    said = await stage.plugin.connector.replies(Remote("x"), stage.api())

    assert verdict == Accepted(below, visible=False)
    assert [(one.text, one.parent_id, one.mine) for one in said[1:]] == [("Merci !", review.id, True)]
    assert await stage.verify(below) == Present(below)


async def test_an_answer_is_public_only_when_google_has_looked_at_it(stage):
    review = await reviewed(stage)
    for flag, kind in (("slow_processing", StillProcessing), ("rejects", ProcessingFailed)):
        stage.network.flags = {flag}
        call = await stage.prepared(stage.step(Content(text=flag), "answer", target=review))
        verdict = await stage.send(call)
        assert isinstance(verdict, Accepted)
        assert isinstance(await stage.verify(verdict.remote), kind)


async def test_an_answer_can_be_taken_back(stage):
    review = await reviewed(stage)
    answer = await stage.prepared(stage.step(Content(text="Merci"), "answer", target=review))
    verdict = await stage.send(answer)
    call = await stage.prepared(stage.step(Content(), "delete", target=verdict.remote))
    assert await stage.found(call) == ()

    verdicts = [await stage.send(call), await stage.send(call)]

    assert verdicts == [Accepted(verdict.remote)] * 2
    assert await stage.verify(verdict.remote) == Absent()
    assert (await stage.found(call))[0].certain


@pytest.mark.parametrize(
    ("text", "target", "code"),
    [("é" * 2049, "", "answer_too_long"), ("Merci", "a/localPosts/1", "no_comments")],
)
async def test_an_answer_that_cannot_be_is_not_sent(stage, text, target, code):
    remote = Remote(target) if target else await reviewed(stage)

    with pytest.raises(RejectedError) as refused:
        await stage.prepared(stage.step(Content(text=text), "answer", target=remote))

    assert refused.value.reason == code


# --- the past, who it is -----------------------------------------------------------------------------


async def test_history_has_the_posts_of_the_time_and_not_those_google_refused(stage):
    await stage.publish(Content(text="Il y a longtemps"))
    stage.clock.forward(100 * 86_400)
    stage.session.saved = {}
    await stage.publish(dated("event", media=(stage.image(),)))
    stage.network.flags.add("rejects")
    await stage.publish(Content(text="Refusé"))

    past = await stage.plugin.connector.history(stage.api(), stage.clock.now - timedelta(days=90))

    assert [(one.text, one.media_count) for one in past] == [("Portes ouvertes\n\nVenez voir", 1)]


async def test_every_place_of_a_sign_in_can_be_chosen_and_is_told_by_its_town(stage_for):
    stage = await stage_for(places=3)
    api = stage.api(Account("", "", "", stage.account.server, {}, stage.account.credentials))

    found = await stage.plugin.connector.accounts("google", api)

    assert [one.display_name for one in found] == [
        "Carrelage Dubois, Morges",
        "Carrelage Dubois, Nyon",
        "Carrelage Dubois, Vevey",
    ]
    assert len({one.account.remote_id for one in found}) == 3
    assert len({one.account.credentials["place"] for one in found}) == 3


async def test_whoever_manages_no_place_is_told_so(stage):
    stage.network.flags.add("no_place")

    with pytest.raises(BlockedError, match="manages no place"):
        await stage.plugin.connector.accounts("google", stage.api())


async def test_a_place_that_google_has_not_verified_is_told_before_it_is_connected(stage):
    place = await stage.network.account(stage.account.remote_id)
    await stage.network.add_account(replace(place, facts={**place.facts, "verified": False}))

    identity = await stage.plugin.connector.identify(stage.account.credentials, stage.api())
    checks = {one.subject: one.state for one in await stage.plugin.connector.self_checks(stage.api())}

    assert [one.sentence for one in identity.missing] == [connector.connecting.NOT_VERIFIED]
    assert checks == {"place": "bad", "admission": "good"}


async def test_the_self_test_tells_a_project_that_was_not_admitted(stage):
    stage.network.flags.add("not_admitted")

    checks = {one.subject: one.state for one in await stage.plugin.connector.self_checks(stage.api())}

    assert checks == {"place": "unknown", "admission": "bad"}


async def test_an_unreadable_read_back_says_nothing(stage):
    remote = await stage.publish(Content(text="Sol"))
    stage.fault("read", Effect.GARBAGE)

    assert isinstance(await stage.verify(remote), Silent)
    assert await stage.verify(Remote(f"{remote.id}9")) == Absent()
