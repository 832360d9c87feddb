"""Plausible's statistics, by its Stats API v2.

Source: https://plausible.io/docs/stats-api and priv/json-schemas/query-api-schema.json of plausible/analytics
(read 2026-11-25).
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from tesselle.connectors.http.exchange import Request, Response
from tesselle.links.attributing import Marks
from tesselle.measure.site.told import Asked, Days, TooManyError, misread

DAY = "time:day"
MARKS = ("visit:utm_source", "visit:utm_medium", "visit:utm_campaign", "visit:utm_content", "visit:utm_term")
MOST_ROWS = 10_000
"""More it does not tell at once."""

_NO_MARK = frozenset({"", "(not set)", "(none)", "Direct / None"})


class Plausible:
    def requests(self, asked: Asked, first: date, last: date) -> Sequence[Request]:
        return tuple(_query(asked, first, last, dimensions) for dimensions in ((DAY,), (DAY, *MARKS)))

    def read(self, asked: Asked, answers: Sequence[Response]) -> Days:
        totals, marked = (_rows(asked, answer) for answer in answers)
        if len(marked) >= MOST_ROWS:
            raise TooManyError(misread(asked, answers[1]).message)
        return Days(
            totals={day: visits for day, _marks, visits in totals},
            marked=[(day, marks, visits) for day, marks, visits in marked if marks != Marks()],
        )


def _query(asked: Asked, first: date, last: date, dimensions: Sequence[str]) -> Request:
    question = {
        "site_id": asked.site,
        "metrics": ["visits"],
        "date_range": [first.isoformat(), last.isoformat()],
        "dimensions": list(dimensions),
    }
    return Request.json(
        "POST", f"{asked.server}/api/v2/query", question, {"Authorization": f"Bearer {asked.token}"}
    )


def _rows(asked: Asked, answer: Response) -> list[tuple[date, Marks, int]]:
    """Raises NetworkError: these are no rows of visits."""
    results = answer.mapping().get("results")
    try:
        assert isinstance(results, list)
        return [_row(one) for one in results]
    except (AssertionError, KeyError, IndexError, TypeError, ValueError):
        raise misread(asked, answer) from None


def _row(row: dict[str, Any]) -> tuple[date, Marks, int]:
    day, *marks = (str(one) for one in row["dimensions"])
    return (
        date.fromisoformat(day[:10]),
        Marks(*("" if mark in _NO_MARK else mark for mark in marks)),
        int(row["metrics"][0]),
    )
