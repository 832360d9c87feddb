"""Many rows as one value. A row costs Django more than the database; a month of a calendar has a thousand."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Aggregate, BigIntegerField, F, Func, QuerySet, TextField

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ROWS = "rows"


class _AllRows(Aggregate):
    """A list of lists, as text: numbers, texts and nothing."""

    function = "json_agg"
    template = "%(function)s(json_build_array(%(expressions)s))::text"
    output_field: TextField[Any, Any] = TextField()


class Micros(Func):
    """An instant as a whole number; `instant` makes one of it again."""

    template = "(extract(epoch from %(expressions)s) * 1000000)::bigint"
    output_field = BigIntegerField()


def instant(micros: int) -> datetime:
    return _EPOCH + timedelta(microseconds=micros)


def light_rows(rows: "QuerySet[Any, Any]", *columns: Any) -> list[list[Any]]:
    """The rows in no order: whoever wants one sorts them, which is cheap here."""
    found = rows.order_by().aggregate(**{_ROWS: _all(columns)})[_ROWS]
    return json.loads(found) if found else []


def light_text(rows: "QuerySet[Any, Any]", *columns: Any, by: str) -> "QuerySet[Any, Any]":
    """The same rows as one JSON text, by which what is made of them may be remembered. All of them have one
    and the same `by`; where there are none, no text comes back."""
    found: QuerySet[Any, Any] = rows.order_by().values(by).annotate(**{_ROWS: _all(columns)})
    return found.values_list(_ROWS)


def _all(columns: tuple[Any, ...]) -> _AllRows:
    return _AllRows(*(F(column) if isinstance(column, str) else column for column in columns))
