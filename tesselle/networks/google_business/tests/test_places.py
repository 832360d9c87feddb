"""The past of a place, and who may manage which."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tesselle.connectors.protocols import Account
from tesselle.domain.content import Content
from tesselle.domain.errors import BlockedError
from tesselle.domain.verdicts import (
    Absent,
    Remote,
    Silent,
)
from tesselle.networks.google_business import connector
from tesselle.networks.google_business.tests.making import dated
from tesselle.simulation.faults import Effect


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
