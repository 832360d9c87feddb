"""The Graph API's table, its usage headers and its lists, apart from any network."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.connectors.dialects.graph.answers import Rule, Table, blocked, judge
from tesselle.connectors.dialects.graph.usage import OUR_PAUSE, used_percent
from tesselle.connectors.dialects.graph.wire import Graph, instant, plain, proof
from tesselle.connectors.http.exchange import Response
from tesselle.domain.verdicts import Blocked, BlockReason, Doubtful, Duplicate, Later, Refused

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def answer(code: int, subcode: int = 0, status: int = 400, headers: dict[str, str] | None = None) -> Response:
    error = {"message": "Words", "type": "OAuthException", "code": code, "error_subcode": subcode}
    return Response(status, headers or {}, json.dumps({"error": error}).encode())


@pytest.mark.parametrize(
    ("code", "subcode", "verdict"),
    [
        (190, 0, Blocked),
        (190, 460, Blocked),
        (10, 0, Blocked),
        (200, 0, Blocked),
        (299, 0, Blocked),
        (3, 0, Blocked),
        (368, 0, Blocked),
        (4, 0, Later),
        (32, 0, Later),
        (80002, 0, Later),
        (506, 0, Duplicate),
        (100, 1366051, Duplicate),
        (100, 0, Refused),
        (100, 33, Refused),
        (324, 1366046, Refused),
        (1, 0, Doubtful),
        (2, 0, Doubtful),
        (20, 1772107, Doubtful),
        (12345, 0, Doubtful),
    ],
)
def test_each_code_is_read_for_what_may_follow(code, subcode, verdict):
    assert isinstance(judge(answer(code, subcode), NOW), verdict)


@given(code=st.integers(0, 100_000), subcode=st.integers(0, 3_000_000))
def test_a_server_error_is_never_sure(code, subcode):
    assert isinstance(judge(answer(code, subcode, status=500), NOW), Doubtful)


@given(body=st.binary(max_size=80), status=st.sampled_from([400, 401, 403, 404, 408, 409, 500, 502]))
def test_what_cannot_be_read_is_doubt(body, status):
    assert isinstance(judge(Response(status, {}, body), NOW), Doubtful)


def test_a_subcode_decides_before_its_code():
    table = Table(subcodes={2207051: Rule(blocked(BlockReason.PENALTY), "Blocked")})

    assert isinstance(judge(answer(4, 2207051), NOW), Later)
    assert isinstance(judge(answer(4, 2207051), NOW, table), Blocked)


def test_a_pause_ends_when_the_network_says():
    usage = {"1": [{"type": "pages", "call_count": 100, "estimated_time_to_regain_access": 12}]}
    told = answer(32, headers={"x-business-use-case-usage": json.dumps(usage)})

    assert judge(told, NOW) == Later(judge(told, NOW).message, NOW + timedelta(minutes=12))
    assert judge(answer(32), NOW).until == NOW + OUR_PAUSE
    assert judge(Response(429, {}, b""), NOW).until == NOW + OUR_PAUSE


def test_the_highest_percentage_is_what_is_used():
    headers = {
        "x-app-usage": '{"call_count":28,"total_time":25,"total_cputime":25}',
        "x-business-use-case-usage": '{"1":[{"type":"pages","call_count":95}]}',
    }

    assert used_percent(Response(200, headers, b"")) == 95
    assert used_percent(Response(200, {"x-app-usage": "nonsense"}, b"")) is None
    assert used_percent(Response(200, {}, b"")) is None


def test_parameters_are_written_as_the_api_reads_them():
    assert plain(True) == "true"
    assert plain([{"media_fbid": "1"}]) == '[{"media_fbid":"1"}]'
    assert plain(7) == "7"


def test_the_proof_is_an_hmac_of_the_token():
    """RFC 4231, test case 2."""
    kept = {"client_secret": "Jefe", "access_token": "what do ya want for nothing?"}

    assert proof(kept)["appsecret_proof"].startswith("5bdcc146bf60754e6a042426089575c7")
    assert proof({"access_token": "x"}) == {}


def test_no_secret_is_in_an_address():
    request = Graph("https://graph.example", "v26.0").get("", {"access_token": "the-token"}, "me")

    assert "the-token" not in request.url


@pytest.mark.parametrize("value", ["2026-11-23T09:30:00+0000", "1795426200", 1795426200])
def test_instants_come_in_two_shapes(value):
    assert instant(value) == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
