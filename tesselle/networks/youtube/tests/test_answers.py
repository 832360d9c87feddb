from datetime import UTC, datetime

import pytest

from tesselle.connectors.http.exchange import Response
from tesselle.connectors.sandbox.google import ProblemError
from tesselle.domain.verdicts import Blocked, BlockReason, Doubtful, Later, Refused
from tesselle.networks.youtube.answers import judge

NOW = datetime(2026, 11, 25, 20, 0, tzinfo=UTC)


def answer(status: int, reason: str = "") -> Response:
    problem = ProblemError(status, "words", reason, status="STATUS").response
    return Response(status, {}, bytes(problem.body))


@pytest.mark.parametrize(
    ("status", "reason", "expected"),
    [
        (401, "authError", Later),
        (403, "rateLimitExceeded", Later),
        (429, "rateLimitExceeded", Later),
        (400, "uploadLimitExceeded", Later),
        (401, "youtubeSignupRequired", Blocked),
        (403, "insufficientPermissions", Blocked),
        (403, "accessNotConfigured", Blocked),
        (403, "forbidden", Blocked),
        (400, "invalidTitle", Refused),
        (400, "imageFormatUnsupported", Refused),
        (403, "commentsDisabled", Refused),
        (404, "videoNotFound", Refused),
        (404, "playlistNotFound", Refused),
        (400, "processingFailure", Doubtful),
        (403, "somethingNew", Doubtful),
        (404, "", Doubtful),
        (500, "backendError", Doubtful),
        (503, "invalidTitle", Doubtful),
    ],
)
def test_the_reason_decides_and_what_is_not_listed_is_doubtful(status, reason, expected):
    assert isinstance(judge(answer(status, reason), NOW), expected)


@pytest.mark.parametrize("body", [b"<html>502</html>", b"", b'{"error": "invalid_grant"}', b"[]"])
def test_what_is_not_googles_envelope_is_doubtful(body):
    assert isinstance(judge(Response(403, {}, body), NOW), Doubtful)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (datetime(2026, 11, 25, 20, tzinfo=UTC), datetime(2026, 11, 26, 8, tzinfo=UTC)),
        (datetime(2026, 11, 26, 7, 59, tzinfo=UTC), datetime(2026, 11, 26, 8, tzinfo=UTC)),
        (datetime(2026, 7, 1, 6, tzinfo=UTC), datetime(2026, 7, 1, 7, tzinfo=UTC)),
        (datetime(2026, 11, 1, 8, tzinfo=UTC), datetime(2026, 11, 2, 8, tzinfo=UTC)),
    ],
    ids=["evening", "a minute before", "in summer", "the day of 25 hours"],
)
def test_a_spent_quota_waits_for_midnight_in_california(now, until):
    verdict = judge(answer(403, "quotaExceeded"), now)

    assert isinstance(verdict, Later)
    assert verdict.until == until


def test_a_role_that_is_missing_is_no_fault_of_the_sign_in():
    verdict = judge(answer(403, "accessNotConfigured"), NOW)

    assert isinstance(verdict, Blocked)
    assert verdict.reason == BlockReason.ADMISSION
