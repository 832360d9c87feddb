"""Many rows as one value. A row costs Django more than the database; a month of a calendar has a thousand."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Aggregate, BigIntegerField, F, Field, Func, QuerySet

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ROWS = "rows"


class _AllRows(Aggregate):
    """A list of lists: numbers, texts and nothing."""

    function = "json_agg"
    template = "%(function)s(json_build_array(%(expressions)s))"
    output_field = Field[Any, Any]()  # the driver reads it already


class Micros(Func):
    """An instant as a whole number; `instant` makes one of it again."""

    template = "(extract(epoch from %(expressions)s) * 1000000)::bigint"
    output_field = BigIntegerField()


def instant(micros: int) -> datetime:
    return _EPOCH + timedelta(microseconds=micros)


def light_rows(rows: "QuerySet[Any, Any]", *columns: Any) -> list[list[Any]]:
    """The rows in no order: whoever wants one sorts them, which is cheap here."""
    expressions = [F(column) if isinstance(column, str) else column for column in columns]
    found = rows.order_by().aggregate(**{_ROWS: _AllRows(*expressions)})[_ROWS]
    return found or []
