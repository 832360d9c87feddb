"""What is TikTok's own of accounts, answers and history; the promises of every network are in tests/contracts."""

import json
from datetime import timedelta

import pytest

from tesselle.connectors.http.exchange import Response
from tesselle.connectors.offers import offers
from tesselle.connectors.tests.sign_in_contract import identities, signed_in
from tesselle.domain.content import Content
from tesselle.domain.errors import BlockedError, TryLaterError
from tesselle.domain.verdicts import (
    BlockReason,
    Doubtful,
    Present,
    Silent,
)
from tesselle.networks.tiktok.sandbox.posting import UNAUDITED
from tesselle.networks.tiktok.tests.making import film, photos
from tesselle.simulation.faults import Effect


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
