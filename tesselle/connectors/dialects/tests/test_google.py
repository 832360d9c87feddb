import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.connectors.dialects.google.days import next_day
from tesselle.connectors.dialects.google.problem import problem_of
from tesselle.connectors.dialects.google.sign_in import missing_scopes
from tesselle.connectors.http.exchange import Response


def answer(body: object, status: int = 400) -> Response:
    return Response(status, {}, json.dumps(body).encode())


def test_an_elder_api_tells_its_reason_in_errors():
    error = {"code": 403, "message": "no", "errors": [{"reason": "quotaExceeded", "domain": "x"}]}

    problem = problem_of(answer({"error": error}, 403))

    assert problem is not None
    assert (problem.http, problem.reason, problem.words) == (403, "quotaExceeded", "no")


def test_a_younger_api_tells_reason_facts_and_fields_in_details():
    details = [
        {"@type": "ErrorInfo", "reason": "RATE_LIMIT_EXCEEDED", "metadata": {"quota_limit_value": "0"}},
        {"@type": "ValidationError", "errorDetails": [{"field": "summary", "message": "too long"}]},
        {"@type": "BadRequest", "fieldViolations": [{"field": "url", "description": "missing"}]},
    ]
    error = {"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "no", "details": details}

    problem = problem_of(answer({"error": error}, 429))

    assert problem is not None
    assert (problem.status, problem.reason) == ("RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED")
    assert problem.facts == {"quota_limit_value": "0"}
    assert problem.fields == (("summary", "too long"), ("url", "missing"))


@pytest.mark.parametrize("body", [{"error": "invalid_grant"}, {}, [], "words", None, {"error": None}])
def test_what_is_not_the_envelope_is_no_problem_of_google(body):
    assert problem_of(answer(body)) is None


@pytest.mark.parametrize(
    ("scope", "missing"),
    [("a b", ()), ("b", ("a",)), ("a,b c", ()), ("", ()), ("c", ("a", "b"))],
)
def test_unticked_rights_are_named_and_nothing_told_is_nothing_missing(scope, missing):
    assert missing_scopes({"scope": scope}, ("a", "b")) == missing


@given(st.integers(1_577_836_800, 2_051_222_400))
def test_googles_next_day_is_ahead_and_never_more_than_a_day_of_25_hours(second):
    now = datetime.fromtimestamp(second, UTC)

    until = next_day(now)

    assert timedelta(0) < until - now <= timedelta(hours=25)
    assert until.hour in {7, 8}
