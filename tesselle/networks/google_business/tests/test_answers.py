from datetime import UTC, datetime

import pytest

from tesselle.connectors.http.exchange import Response
from tesselle.connectors.sandbox.google import ProblemError, unsigned
from tesselle.domain.verdicts import Blocked, BlockReason, Doubtful, Later, Refused
from tesselle.networks.google_business.answers import judge
from tesselle.networks.google_business.sandbox.wire import denied, exhausted, invalid, not_found

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


def verdict_on(problem: ProblemError):
    response = problem.response
    return judge(Response(response.status_code, {}, bytes(response.body)), NOW)


@pytest.mark.parametrize(
    ("problem", "reason"),
    [
        (exhausted("0"), BlockReason.ADMISSION),
        (denied("SERVICE_DISABLED"), BlockReason.ADMISSION),
        (invalid("name", "no", "LOCATION_DISABLED_FOR_LOCAL_POST_API"), BlockReason.ADMISSION),
        (denied(), BlockReason.ROLE),
        (denied("ACCESS_TOKEN_SCOPE_INSUFFICIENT"), BlockReason.ROLE),
    ],
)
def test_what_the_post_is_not_to_blame_for_blocks(problem, reason):
    verdict = verdict_on(problem)

    assert isinstance(verdict, Blocked)
    assert verdict.reason == reason


def test_a_quota_that_is_used_up_waits_and_a_sign_in_that_ran_out_is_renewed():
    assert isinstance(verdict_on(exhausted("300")), Later)
    renewed = verdict_on(unsigned())
    assert isinstance(renewed, Later)
    assert renewed.renew_session


@pytest.mark.parametrize(
    ("problem", "code", "words"),
    [
        (invalid("summary", "Must be at most 1500 characters."), "invalid", "summary: Must be at most"),
        (invalid("media", "Cannot be used", "PHOTO_FETCH_FAILED"), "media_refused", "Cannot be used"),
    ],
)
def test_a_refusal_quotes_the_single_value_and_not_the_general_words(problem, code, words):
    verdict = verdict_on(problem)

    assert isinstance(verdict, Refused)
    assert verdict.code == code
    assert words in str(verdict.message.params["answer"])


def test_what_is_gone_is_told():
    verdict = verdict_on(not_found())

    assert isinstance(verdict, Refused)
    assert verdict.code == "not_found"


@pytest.mark.parametrize(
    ("status", "word"),
    [(500, "INTERNAL"), (503, "UNAVAILABLE"), (504, "DEADLINE_EXCEEDED"), (409, "ABORTED"), (404, "")],
)
def test_what_is_not_listed_is_doubtful(status, word):
    assert isinstance(verdict_on(ProblemError(status, "words", status=word)), Doubtful)
    assert isinstance(judge(Response(status, {}, b"<html>"), NOW), Doubtful)
