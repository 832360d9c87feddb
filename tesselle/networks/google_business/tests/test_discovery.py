"""Requests for accounts, places and figures against Google's own description of these APIs."""

import pytest

from tesselle.connectors.http.exchange import Request
from tesselle.connectors.tests.discovery import Watched, differs
from tesselle.networks.google_business.tests.everything import everything
from tesselle.networks.google_business.wire import ACCOUNTS, FIGURES, PLACES, POSTS, address

DOCUMENTS = (
    "mybusinessaccountmanagement.v1",
    "mybusinessbusinessinformation.v1",
    "businessprofileperformance.v1",
)
ASIDE = r"/v4/|/token$|/revoke$"
"""Posts and reviews are in the elder API, which no package describes; the sign-in is no part of these."""


async def test_every_request_is_one_that_google_describes(stage):
    watched = Watched(stage.transport, DOCUMENTS, ASIDE)
    stage.transport = watched

    await everything(stage)

    assert watched.methods == {
        "accounts.list",
        "accounts.locations.list",
        "locations.get",
        "locations.fetchMultiDailyMetricsTimeSeries",
    }


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("v1/locations/9:fetchMultiDailyMetricsTimeSeries?dailyMetrics=VIEWS", "is none of"),
        ("v1/locations/9:fetchMultiDailyMetricsTimeSeries?dailyRange.first=1", "not described"),
        ("v1/locations/9:fetchMultiDailyMetricsTimeSeries?dailyRange.endDate.day=x", "no number"),
        ("v1/accounts/1/posts", "is in none of"),
    ],
)
def test_the_description_would_see_a_mistake(path, words):
    _, problems = differs(Request("GET", f"https://google-business.example/{path}"), DOCUMENTS)

    assert any(words in problem for problem in problems), problems


@pytest.mark.parametrize("host", [ACCOUNTS, PLACES, FIGURES, POSTS])
def test_each_api_is_asked_at_its_own_host_and_all_of_them_at_another_base(host):
    assert address(host, "", "v1/locations/9").startswith(f"{host}/v1/")
    assert address(host, POSTS, "v1/locations/9").startswith(f"{host}/v1/")
    assert address(host, "http://127.0.0.1:9/x", "v1/a") == "http://127.0.0.1:9/x/v1/a"
