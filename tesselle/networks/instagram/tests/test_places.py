"""Where a post was made: by the number of its page, or searched by name."""

from dataclasses import replace

import pytest

from tesselle.connectors.fields import fields_for
from tesselle.connectors.tests.stage import Stage
from tesselle.domain.errors import NotSentError
from tesselle.networks import card
from tesselle.networks.instagram.limits import LIMITS
from tesselle.networks.instagram.sandbox.places import NOT_GRANTED
from tesselle.networks.instagram.tests.sending import post, sent_for


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
