from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tesselle.connectors import oauth2
from tesselle.connectors.tests import sign_in_contract
from tesselle.domain.errors import BlockedError
from tesselle.networks.linkedin import NETWORK, version
from tesselle.networks.linkedin.identify import rights_of
from tesselle.simulation.network import SimAccount

PAGE, MEMBER, WITH_FIGURES = NETWORK.sign_ins


async def opened(stage, way):
    kept = await sign_in_contract.signed_in(stage, way)
    return kept, await sign_in_contract.identities(stage, way, kept)


async def test_one_sign_in_opens_every_page_and_each_remembers_which_it_is(stage):
    person = (await stage.network.account(stage.account.remote_id)).facts["admin"]
    facts = {"admin": person, "role": "CONTENT_ADMINISTRATOR"}
    await stage.network.add_account(SimAccount("urn:li:organization:9", "zellige", "Zellige SA", facts=facts))

    _kept, found = await opened(stage, PAGE)

    assert [one.display_name for one in found] == ["Carrelage Dubois", "Zellige SA"]
    assert [one.account.credentials["author"] for one in found] == [one.account.remote_id for one in found]
    assert found[1].profile_url == "https://www.linkedin.com/company/zellige/"


async def test_a_role_that_may_not_post_is_told_before_connecting(stage):
    page = await stage.network.account(stage.account.remote_id)
    await stage.network.add_account(replace(page, facts={**page.facts, "role": "ANALYST"}))

    _kept, (found,) = await opened(stage, PAGE)

    assert "content administrator" in str(found.missing[0])


async def test_without_a_page_one_is_told_whom_to_ask(stage_for):
    stage = await stage_for(
        "member", scopes="openid w_member_social w_organization_social rw_organization_admin"
    )

    with pytest.raises(BlockedError, match="no LinkedIn page"):
        await stage.plugin.connector.accounts("page", stage.api())


async def test_a_right_that_was_unticked_is_missing_by_its_name(stage_for):
    stage = await stage_for()
    kept = {**stage.account.credentials, "scope": "w_organization_social,rw_organization_admin"}

    (found,) = await stage.plugin.connector.accounts(
        "page", stage.api(oauth2.account_with(kept, stage.opened.server))
    )

    assert "r_organization_social" in str(found.missing[0])
    assert rights_of(kept) == {"w_organization_social", "rw_organization_admin"}


@pytest.mark.parametrize("way", [MEMBER, WITH_FIGURES])
async def test_a_member_is_who_they_are_by_either_way(stage_for, way):
    stage = await stage_for("member")

    _kept, (found,) = await opened(stage, way)

    assert (found.account.kind, found.account.remote_id) == ("member", stage.account.remote_id)
    assert found.display_name == "Carrelage Dubois"


async def test_a_sign_in_lasts_sixty_days(stage):
    kept, _found = await opened(stage, PAGE)

    assert oauth2.signed_in_until(kept, PAGE, stage.clock.now) == stage.clock.now + timedelta(days=60)
    assert all(way.lasts_days == 60 for way in NETWORK.sign_ins)
    stage.clock.forward(61 * 86_400)
    with pytest.raises(BlockedError):
        await sign_in_contract.identities(stage, PAGE, kept)


async def test_an_approved_partner_can_renew(stage):
    stage.network.flags.add("partner")
    kept, _found = await opened(stage, PAGE)
    stage.clock.forward(61 * 86_400)

    fresh = await stage.plugin.connector.dialect("page").refresh(kept, stage.api())

    assert fresh["access_token"] != kept["access_token"]
    assert fresh["refresh_token"] == kept["refresh_token"]


async def test_the_self_test_tells_role_and_version(stage):
    checks = {one.subject: one for one in await stage.plugin.connector.self_checks(stage.api())}
    assert {subject: one.state for subject, one in checks.items()} == {"role": "good", "version": "good"}

    page = await stage.network.account(stage.account.remote_id)
    await stage.network.add_account(
        replace(page, facts={**page.facts, "role": "DIRECT_SPONSORED_CONTENT_POSTER"})
    )
    stage.clock.now = version.ends_at(version.spoken()) - timedelta(days=10)
    checks = {one.subject: one for one in await stage.plugin.connector.self_checks(stage.api())}
    assert {subject: one.state for subject, one in checks.items()} == {
        "role": "attention",
        "version": "attention",
    }

    await stage.network.add_account(replace(page, facts={**page.facts, "role": "ANALYST"}))
    stage.clock.forward(20 * 86_400)
    checks = {one.subject: one for one in await stage.plugin.connector.self_checks(stage.api())}
    assert {subject: one.state for subject, one in checks.items()} == {"role": "bad", "version": "bad"}
    assert all(one.cure for one in checks.values())


@pytest.mark.parametrize(
    ("said", "spoken"),
    [({}, "202609"), ({version.SETTING: "202704"}, "202704"), ({version.SETTING: "next"}, "202609"),
     ({version.SETTING: "202713"}, "202609")],
)  # fmt: skip
def test_whoever_runs_this_can_raise_the_version(said: dict[str, str], spoken: str):
    assert version.spoken(said) == spoken


def test_a_version_holds_for_a_year():
    assert version.ends_at("202612") == datetime(2027, 12, 15, tzinfo=UTC)
    assert version.ends_at("202601") == datetime(2027, 1, 15, tzinfo=UTC)
