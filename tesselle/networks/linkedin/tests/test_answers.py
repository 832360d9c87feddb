import json
from datetime import UTC, datetime

import pytest

from tesselle.connectors.http.exchange import Response
from tesselle.domain.verdicts import Blocked, BlockReason, Doubtful, Duplicate, Later, Refused
from tesselle.networks.linkedin.answers import judge

NOW = datetime(2026, 11, 25, 22, 40, tzinfo=UTC)


def answer(status: int, code: str = "", message: str = "") -> Response:
    body = {"status": status, "message": message} | ({"code": code} if code else {})
    return Response(status, {}, json.dumps(body).encode())


@pytest.mark.parametrize(
    ("status", "code", "reason"),
    [
        (401, "EXPIRED_ACCESS_TOKEN", BlockReason.SIGN_IN),
        (403, "ACCESS_DENIED", BlockReason.ROLE),
        (426, "NONEXISTENT_VERSION", BlockReason.ADMISSION),
    ],
)
def test_what_somebody_has_to_mend(status: int, code: str, reason: BlockReason):
    verdict = judge(answer(status, code), NOW)

    assert isinstance(verdict, Blocked)
    assert verdict.reason is reason


@pytest.mark.parametrize(
    ("status", "code", "told"),
    [
        (400, "FIELD_LENGTH_TOO_LONG", "text_too_long"),
        (400, "INVALID_VALUE_BLANK_FIELD", "empty"),
        (400, "MEDIA_ASSET_PROCESSING_FAILED", "media_refused"),
        (400, "INVALID_URN_ID", "not_taken"),
        (404, "", "not_found"),
        (422, "", "not_taken"),
    ],
)
def test_what_is_surely_refused(status: int, code: str, told: str):
    verdict = judge(answer(status, code, "author :: is missing"), NOW)

    assert isinstance(verdict, Refused)
    assert verdict.code == told


@pytest.mark.parametrize(
    ("code", "message"),
    [("DUPLICATE_POST", ""), ("", "Content is a duplicate of urn:li:share:7"), ("X", "Duplicate post")],
)
def test_a_duplicate_is_told_by_code_or_words(code: str, message: str):
    assert isinstance(judge(answer(422, code, message), NOW), Duplicate)


def test_a_limit_of_the_day_ends_at_midnight_and_another_is_backed_off_from():
    words = "Resource level throttle APPLICATION DAY limit for calls to this resource is reached."
    of_day = judge(answer(429, "TOO_MANY_REQUESTS", words), NOW)
    other = judge(answer(429, "TOO_MANY_REQUESTS", words.replace("APPLICATION DAY ", "")), NOW)

    assert isinstance(of_day, Later)
    assert isinstance(other, Later)
    assert of_day.until == datetime(2026, 11, 26, tzinfo=UTC)
    assert other.until is None


@pytest.mark.parametrize(
    "code", ["MEDIA_ASSET_WAITING_UPLOAD", "EXPIRED_UPLOAD_URL", "UPDATING_ASSET_FAILED"]
)
def test_a_file_that_is_not_ready_is_tried_again(code: str):
    assert isinstance(judge(answer(400, code), NOW), Later)


@pytest.mark.parametrize("status", [400, 408, 412, 500, 502, 503, 504])
def test_everything_else_is_doubtful(status: int):
    assert isinstance(judge(answer(status, "NEVER_HEARD_OF"), NOW), Doubtful)


@pytest.mark.parametrize("status", [401, 403, 404, 422, 426])
def test_a_proxys_page_is_no_answer_of_linkedin(status: int):
    assert isinstance(judge(Response(status, {}, b"<html>no</html>"), NOW), Doubtful)
