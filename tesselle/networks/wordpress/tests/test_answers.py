"""The error table, over answers as WordPress and its hosts give them."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tesselle.connectors.http.exchange import Response
from tesselle.connectors.protocols import Account, StepCall
from tesselle.domain.content import Content
from tesselle.domain.verdicts import Accepted, Blocked, BlockReason, Doubtful, Later, Refused, Remote
from tesselle.networks.wordpress.connector import CONNECTOR

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TABLE = json.loads((Path(__file__).parent / "responses/table.json").read_text())
ACCOUNT = Account("site", "2", "editor", "https://tiles.example/wp-json")
POST = StepCall(ACCOUNT, "post", 0, Content(text="a"), "key", NOW, frozen={"post": 12, "slug": "a-1"})


def recorded(row: dict[str, Any]) -> Response:
    body = row["html"] if "html" in row else json.dumps(row["body"])
    return Response(row["status"], row.get("headers", {}), body.encode())


def says(verdict: Any) -> str:
    match verdict:
        case Blocked(reason=reason):
            return reason.value
        case Refused(code=code):
            return code
        case Later(until=until) if until is not None:
            return str(int((until - NOW).total_seconds()))
    return ""


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["case"])
def test_each_answer_is_understood(row: dict[str, Any]):
    verdict = CONNECTOR.read(POST, recorded(row), NOW)

    assert type(verdict).__name__ == row["verdict"]
    assert says(verdict) == row.get("says", "")


def answer(**item: Any) -> Response:
    return Response(200, {}, json.dumps({"id": 12, "link": "https://tiles.example/a/", **item}).encode())


def test_only_a_public_status_in_the_answer_is_a_yes():
    assert CONNECTOR.read(POST, answer(status="publish"), NOW) == Accepted(
        Remote("12", "https://tiles.example/a/")
    )


@pytest.mark.parametrize("status", ["pending", "future", "draft"])
def test_a_status_that_the_site_adjusted_is_told(status: str):
    verdict = CONNECTOR.read(POST, answer(status=status), NOW)

    assert isinstance(verdict, Blocked) and verdict.reason is BlockReason.ROLE


@pytest.mark.parametrize("body", [b"<html>welcome", b"", b"[]", b'{"id": 13, "status": "publish"}'])
def test_a_page_or_another_post_with_status_200_is_doubtful(body: bytes):
    assert isinstance(CONNECTOR.read(POST, Response(200, {}, body), NOW), Doubtful)


def test_a_maintenance_page_on_the_way_there_says_when_to_come_back():
    verdict = CONNECTOR.judge(Response(503, {"retry-after": "600"}, b"<h1>"), NOW)

    assert isinstance(verdict, Later) and verdict.until == NOW + timedelta(seconds=600)


@pytest.mark.parametrize(
    ("code", "says_so"),
    [("rest_upload_sideload_error", "media_type"), ("rest_upload_unknown_error", "media_size")],
)
def test_a_500_about_a_file_refuses_it_only_where_the_file_alone_was_sent(code: str, says_so: str):
    answered = Response(500, {}, json.dumps({"code": code, "data": {"status": 500}}).encode())

    assert says(CONNECTOR.judge(answered, NOW)) == says_so
    assert isinstance(CONNECTOR.read(POST, answered, NOW), Doubtful)


def test_a_deletion_of_what_is_in_the_trash_is_done():
    call = StepCall(ACCOUNT, "delete", 0, Content(), "key", NOW, target=Remote("12"))
    gone = Response(410, {}, b'{"code":"rest_already_trashed","data":{"status":410}}')

    assert CONNECTOR.read(call, gone, NOW) == Accepted(Remote("12"))
