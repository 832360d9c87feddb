"""The error table, over answers as Ghost 6.65.0 gave them."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tesselle.connectors.http.exchange import Response
from tesselle.domain.verdicts import Blocked, Later, Refused
from tesselle.networks.ghost.answers import judge

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TABLE = json.loads((Path(__file__).parent / "responses/table.json").read_text())


def says(verdict) -> str:
    match verdict:
        case Blocked(reason=reason):
            return reason.value
        case Refused(code=code):
            return code
        case Later(until=until) if until is not None:
            return str(int((until - NOW).total_seconds()))
    return ""


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["case"])
def test_each_answer_is_understood(row):
    body = row["body"] if isinstance(row["body"], str) else json.dumps(row["body"])

    verdict = judge(Response(row["status"], row.get("headers", {}), body.encode()), NOW)

    assert type(verdict).__name__ == row["verdict"]
    assert says(verdict) == row.get("says", "")
