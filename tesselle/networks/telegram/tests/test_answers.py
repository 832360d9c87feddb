"""The error table, on answers written down from the official server's source and from practice."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tesselle.connectors.http.exchange import Response
from tesselle.domain.verdicts import Blocked, BlockReason, Doubtful, Later, Refused, Verdict
from tesselle.networks.telegram.answers import judge

RESPONSES = Path(__file__).parent / "responses"
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)

EXPECTED = {
    "unauthorized": BlockReason.SIGN_IN,
    "malformed_token": BlockReason.SIGN_IN,
    "method_not_found": BlockReason.ROLE,
    "not_a_member": BlockReason.ROLE,
    "kicked": BlockReason.ROLE,
    "need_administrator_rights": BlockReason.ROLE,
    "not_enough_rights": BlockReason.ROLE,
    "chat_write_forbidden": BlockReason.ROLE,
    "chat_not_found": BlockReason.ROLE,
    "deactivated": BlockReason.PENALTY,
    "frozen": BlockReason.PENALTY,
    "text_empty": "text_empty",
    "text_too_long": "text_too_long",
    "caption_too_long": "text_too_long",
    "cannot_parse_entities": "text_format",
    "photo_dimensions": "media_size",
    "photo_in_album": "media_size",
    "image_process_failed": "media_unreadable",
    "file_too_big": "media_too_heavy",
    "entity_too_large": "media_too_heavy",
    "album_mixed": "album",
    "group_send_failed": "album",
    "reply_gone": "target_gone",
    "edit_gone": "target_gone",
    "not_ours": "not_ours",
    "conflict": Later,
    "too_many_requests": Later,
    "server_error": Doubtful,
    "gateway": Doubtful,
    "unlisted": Doubtful,
}


def recorded(name: str) -> Response:
    case = json.loads((RESPONSES / f"{name}.json").read_text())
    return Response(case["status"], {}, json.dumps(case["body"]).encode())


def short(verdict: Verdict) -> object:
    match verdict:
        case Blocked(reason, _):
            return reason
        case Refused(code, _):
            return code
        case _:
            return type(verdict)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_an_answer_means(name):
    assert short(judge(recorded(name), NOW)) == EXPECTED[name]


def test_every_recorded_answer_has_a_meaning():
    assert {path.stem for path in RESPONSES.glob("*.json")} == set(EXPECTED)


def test_the_wait_is_the_one_that_telegram_asks_for():
    verdict = judge(recorded("too_many_requests"), NOW)

    assert isinstance(verdict, Later)
    assert verdict.until == NOW + timedelta(seconds=35)


@pytest.mark.parametrize("status", [400, 403, 404, 408, 429, 500, 502, 504])
def test_what_did_not_come_from_telegram_is_doubtful(status):
    assert isinstance(judge(Response(status, {}, b"<html>a proxy</html>"), NOW), Doubtful)


def test_an_upload_that_a_proxy_stops_surely_did_not_arrive():
    assert isinstance(judge(Response(413, {}, b"<html>413</html>"), NOW), Refused)
