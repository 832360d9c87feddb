"""Google's own client (PyPI google-api-python-client) drives our sandbox over loopback HTTP, where it knows
the API: accounts, places, figures.

If connector and sandbox misread Google in the same way, this client still would not.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from tesselle.connectors.sandbox.contract import SandboxAccount
from tesselle.connectors.sandbox.oauth2 import PRACTICE_ID, PRACTICE_SECRET
from tesselle.connectors.sandbox.server import SandboxHouse, serving
from tesselle.networks.google_business.sandbox import SANDBOX
from tesselle.simulation.faults import Effect, Fault

ACCOUNTS = ("mybusinessaccountmanagement", "v1")
PLACES = ("mybusinessbusinessinformation", "v1")
FIGURES = ("businessprofileperformance", "v1")


@dataclass(slots=True)
class Driven:
    house: SandboxHouse
    base: str
    opened: SandboxAccount

    @property
    def network(self) -> Any:
        return self.house.served["google_business"].network

    async def act(self, api: tuple[str, str], act: Callable[[Any], Any]) -> Any:
        """What `act` gets, in a thread: the client blocks."""
        told = self.opened.answers
        credentials = Credentials(
            told["access_token"],
            refresh_token=told["refresh_token"],
            token_uri=f"{self.base}/token",
            client_id=PRACTICE_ID,
            client_secret=PRACTICE_SECRET,
        )

        def run() -> Any:
            options = {"api_endpoint": self.base}
            with build(
                *api, credentials=credentials, static_discovery=True, client_options=options
            ) as service:
                return act(service)

        return await asyncio.to_thread(run)


@pytest.fixture
async def driven() -> AsyncIterator[Driven]:
    async with serving([SANDBOX]) as house:
        base = f"{house.base}/google_business"
        network = house.served["google_business"].network
        opened = await SANDBOX.open_account(network, base, "carrelage", "Carrelage Dubois", places=2)
        yield Driven(house, base, opened)


async def test_it_finds_its_account_and_its_places(driven: Driven):
    (account,) = await driven.act(ACCOUNTS, lambda api: api.accounts().list().execute()["accounts"])
    mask = "name,title,storefrontAddress,metadata"

    def places(api: Any) -> Any:
        listed = api.accounts().locations().list(parent=account["name"], readMask=mask).execute()["locations"]
        return listed, api.locations().get(name=listed[0]["name"], readMask="name,title").execute()

    listed, one = await driven.act(PLACES, places)

    assert [place["storefrontAddress"]["locality"] for place in listed] == ["Morges", "Nyon"]
    assert all(place["metadata"]["hasVoiceOfMerchant"] for place in listed)
    assert one == {"name": driven.opened.id, "title": "Carrelage Dubois"}


async def test_it_reads_a_page_at_a_time(driven: Driven):
    def places(api: Any) -> Any:
        parent = driven.opened.answers["place"].partition("/locations/")[0]
        resource = api.accounts().locations()
        request, found = resource.list(parent=parent, readMask="name", pageSize=1), []
        while request is not None:
            answer = request.execute()
            found.append(answer["locations"])
            request = resource.list_next(request, answer)
        return found

    assert [len(page) for page in await driven.act(PLACES, places)] == [1, 1]


async def test_it_reads_the_figures_day_by_day(driven: Driven):
    post = driven.network.new_post("1", driven.opened.id, "Sol")
    await driven.network.add_post(replace(post, figures={"impressions": 7}))
    day = post.created_at.date()

    def figures(api: Any) -> Any:
        return (
            api.locations()
            .fetchMultiDailyMetricsTimeSeries(
                location=driven.opened.id,
                dailyMetrics=["BUSINESS_IMPRESSIONS_MOBILE_SEARCH", "CALL_CLICKS"],
                dailyRange_startDate_year=day.year,
                dailyRange_startDate_month=day.month,
                dailyRange_startDate_day=day.day,
                dailyRange_endDate_year=day.year,
                dailyRange_endDate_month=day.month,
                dailyRange_endDate_day=day.day,
            )
            .execute()
        )

    series = (await driven.act(FIGURES, figures))["multiDailyMetricTimeSeries"][0]["dailyMetricTimeSeries"]

    assert [one["dailyMetric"] for one in series] == ["BUSINESS_IMPRESSIONS_MOBILE_SEARCH", "CALL_CLICKS"]
    assert series[0]["timeSeries"]["datedValues"][0]["value"] == "7"
    assert "value" not in series[1]["timeSeries"]["datedValues"][0]


async def test_it_understands_the_refusals(driven: Driven):
    def refused(api: Any) -> HttpError:
        with pytest.raises(HttpError) as error:
            api.accounts().list().execute()
        return error.value

    driven.network.flags.add("not_admitted")
    error = await driven.act(ACCOUNTS, refused)
    assert error.status_code == 429
    assert error.error_details[0]["metadata"]["quota_limit_value"] == "0"

    driven.network.flags = {"not_enabled"}
    error = await driven.act(ACCOUNTS, refused)
    assert (error.status_code, error.error_details[0]["reason"]) == (403, "SERVICE_DISABLED")


async def test_it_renews_its_sign_in_by_itself(driven: Driven):
    driven.house.served["google_business"].script.add(Fault("identify", Effect.EXPIRED))

    found = await driven.act(ACCOUNTS, lambda api: api.accounts().list().execute()["accounts"])

    assert len(found) == 1
    assert len(await driven.network.all_kept("tokens")) == 2
