"""The error table, in the three shapes in which Reddit says no."""

import json
from datetime import timedelta

import pytest

from tesselle.connectors.http.exchange import Response
from tesselle.connectors.tests.stage import START
from tesselle.domain.verdicts import Blocked, BlockReason, Doubtful, Duplicate, Later, Refused
from tesselle.networks.reddit.answers import judge


def answer(status, told, **headers):
    return Response(status, headers, json.dumps(told).encode())


def listed(code, words="words"):
    return answer(200, {"json": {"errors": [[code, words, "field"]]}})


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("NO_TEXT", Refused),
        ("TOO_LONG", Refused),
        ("NO_SELFS", Refused),
        ("SUBREDDIT_NOEXIST", Refused),
        ("SUBMIT_VALIDATION_FLAIR_REQUIRED", Refused),
        ("ALREADY_SUB", Duplicate),
        ("USER_REQUIRED", Later),
        ("IN_TIMEOUT", Blocked),
        ("NO_VERIFIED_EMAIL", Blocked),
        ("SOMETHING_NEW", Doubtful),
    ],
)
def test_a_listed_error_with_http_200_is_a_no(code, kind):
    assert isinstance(judge(listed(code), START), kind)


@pytest.mark.parametrize(
    ("words", "pause"),
    [
        ("Take a break for 9 minutes before trying again.", timedelta(minutes=9)),
        ("try again in 42 seconds", timedelta(seconds=42)),
        ("try again in 1 hour", timedelta(hours=1)),
        ("try again some day", timedelta(minutes=10)),
    ],
)
def test_the_words_say_how_long_to_wait(words, pause):
    assert judge(listed("RATELIMIT", words), START).until == START + pause


def test_the_reset_is_in_seconds_with_decimals():
    verdict = judge(answer(429, {}, **{"x-ratelimit-reset": "57.0"}), START)

    assert verdict.until == START + timedelta(seconds=57)


def test_a_wanting_right_is_told_from_a_closed_community():
    scope = judge(
        answer(403, {"error": 403}, **{"www-authenticate": 'Bearer error="insufficient_scope"'}), START
    )
    closed = judge(answer(403, {"message": "Forbidden", "error": 403, "reason": "private"}), START)

    assert scope.reason == BlockReason.ROLE
    assert closed.code == "closed"


def test_a_page_of_the_edge_says_nothing():
    assert isinstance(judge(Response(403, {}, b"<html>blocked</html>"), START), Doubtful)
    assert isinstance(judge(Response(404, {}, b"<html>not found</html>"), START), Doubtful)
