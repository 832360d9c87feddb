"""A query put together once. What every page asks costs Django more to write than the database to answer."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

SOME_ID = -987654321
SOME_TIME = datetime(1, 2, 1, tzinfo=UTC)
"""They stand in a statement where each request puts its own; nothing else in it may be equal to them."""

M = TypeVar("M", bound=Model)


class KeptQuery(Generic[M]):
    """`build` is called once, when the query is first asked. Values come as the database gives them: not for
    fields that Django converts when it reads them (JSON), nor where the filter's shape depends on a value
    (`None`, a list)."""

    def __init__(self, build: Callable[[], "QuerySet[M, Any]"]) -> None:
        self._build = build
        self._query: QuerySet[M, Any] | None = None
        self._statement: tuple[str, tuple[Any, ...]] = ("", ())

    def rows(self, stand_ins: Mapping[Any, Any]) -> list[tuple[Any, ...]]:
        """`stand_ins`: what stands in the statement, and its value now."""
        if self._query is None:
            query = self._build()
            self._statement = query.query.sql_with_params()
            self._query = query
        statement, params = self._statement
        with connection.cursor() as cursor:
            cursor.execute(statement, [stand_ins.get(one, one) for one in params])
            return list(cursor.fetchall())

    def records(self, stand_ins: Mapping[Any, Any]) -> list[M]:
        """Whole rows of the query's model."""
        rows = self.rows(stand_ins)
        assert self._query is not None
        model = self._query.model
        names = [field.attname for field in model._meta.concrete_fields]
        return [model.from_db(connection.alias, names, row) for row in rows]
