import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tesselle.connectors.http.exchange import Response
from tesselle.domain.verdicts import Blocked, Later, Refused
from tesselle.networks.pinterest.answers import judge

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
TABLE = json.loads((Path(__file__).parent / "responses/answers.json").read_text())


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["case"])
def test_each_answer_means_what_the_table_says(row):
    body = row["text"] if "text" in row else json.dumps(row["body"])

    verdict = judge(Response(row["status"], row.get("headers", {}), body.encode()), NOW)

    assert type(verdict).__name__ == row["verdict"]
    match verdict:
        case Blocked(reason):
            assert reason == row["reason"]
        case Refused(code):
            assert code == row["reason"]
        case Later(until=until, renew_session=renew):
            seconds = row.get("seconds")
            assert until == (NOW + timedelta(seconds=seconds) if seconds else None)
            assert renew == (row["status"] == 401)
