from dataclasses import replace

from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import OwnApp
from tesselle.connectors.sandbox.oauth2 import PRACTICE_ID, PRACTICE_SECRET
from tesselle.networks.reddit import NETWORK

REDIRECT = "https://tesselle.example/channels/signed-in/"


async def test_an_application_that_reddit_does_not_know_is_told_from_one_it_knows(stage):
    dialect = stage.plugin.connector.dialect("account")
    known = OwnApp(PRACTICE_ID, PRACTICE_SECRET, stage.opened.server)

    assert await dialect.knows(known, REDIRECT, stage.api())
    assert not await dialect.knows(replace(known, client_secret="other"), REDIRECT, stage.api())


def test_a_sign_in_asks_for_one_that_lasts(stage):
    address = stage.plugin.connector.dialect("account").address(OwnApp("id"), REDIRECT, "state", "")

    assert address.startswith("https://www.reddit.com/api/v1/authorize?")
    assert "duration=permanent" in address
    assert "code_challenge" not in address


async def test_a_client_without_a_name_of_its_own_is_turned_away(stage):
    url = f"{stage.opened.server}/api/v1/me?raw_json=1"
    headers = {"Authorization": f"bearer {stage.opened.answers['access_token']}", "User-Agent": "aiohttp/3"}

    exchange = await stage.transport.exchange(Request("GET", url, headers))

    assert exchange.response.status == 429
    assert exchange.response.mapping() == {}


def test_it_ships_switched_off_and_says_why():
    assert "closed to new applications" in NETWORK.shipped_off[0]
