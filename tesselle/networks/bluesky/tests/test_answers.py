"""The error table against answers as a real server gave them."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tesselle.connectors.http.exchange import Response
from tesselle.connectors.tests.stage import START
from tesselle.domain.verdicts import Blocked, Doubtful, Duplicate, Later, Refused, Verdict
from tesselle.networks.bluesky.answers import judge

CASES = json.loads((Path(__file__).parent / "responses/errors.json").read_text())["answers"]


def in_short(verdict: Verdict) -> str:
    match verdict:
        case Refused(code=code):
            return f"refused:{code}"
        case Blocked(reason=reason):
            return f"blocked:{reason.value}"
        case Later(renew_session=True):
            return "later_renew"
        case Later(until=datetime() as until):
            return f"later_until:{until.isoformat()}"
        case Later():
            return "later"
        case Duplicate():
            return "duplicate"
        case Doubtful():
            return "doubtful"
    return "accepted"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_each_answer_means_what_the_network_does(case: dict[str, Any]):
    response = Response(case["status"], case["headers"], case["body"].encode())

    assert in_short(judge(response, START)) == case["means"]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "90"}, 90),
        ({"ratelimit-reset": "0"}, 60),
        ({"ratelimit-reset": "soon", "retry-after": "later"}, 60),
        ({}, 60),
    ],
)
def test_a_throttle_always_names_an_instant_ahead(headers: dict[str, str], seconds: int):
    verdict = judge(Response(429, headers, b""), START)

    assert isinstance(verdict, Later)
    assert verdict.until == START + timedelta(seconds=seconds)
