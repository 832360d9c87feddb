import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tesselle.connectors.http.exchange import Response
from tesselle.domain.verdicts import Blocked, Duplicate, Later, Refused
from tesselle.networks.mastodon.answers import judge, reset_time

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
CASES = json.loads((Path(__file__).parent / "responses/answers.json").read_text())


def in_short(verdict):
    match verdict:
        case Blocked(reason=reason):
            return f"blocked {reason.value}"
        case Refused(code=code):
            return f"refused {code}"
        case Later():
            return "later"
        case Duplicate():
            return "duplicate"
    return "doubtful"


@pytest.mark.parametrize("case", CASES, ids=[one["case"] for one in CASES])
def test_an_answer_means(case):
    body = case["body"] if isinstance(case["body"], str) else json.dumps(case["body"])

    assert in_short(judge(Response(case["status"], {}, body.encode()), NOW)) == case["verdict"]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"x-ratelimit-reset": "2026-11-23T09:35:00.000000Z"}, 300),
        ({"x-ratelimit-reset": str(int(NOW.timestamp()) + 60)}, 60),
        ({"retry-after": "30"}, 30),
        ({"retry-after": "Mon, 23 Nov 2026 09:31:00 GMT"}, 60),
        ({"x-ratelimit-reset": "soon", "retry-after": "30"}, 30),
    ],
)
def test_a_pause_ends_when_the_server_says(headers, seconds):
    assert reset_time(Response(429, headers, b""), NOW) == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize("said", ["2026-11-23T09:00:00Z", "2030-01-01T00:00:00Z", "nonsense", ""])
def test_a_pause_that_makes_no_sense_is_left_to_our_own_back_off(said):
    assert reset_time(Response(429, {"x-ratelimit-reset": said}, b""), NOW) is None
