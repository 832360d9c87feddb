"""A query put together once. What every page asks costs Django more to write than the database to answer."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar
from weakref import WeakSet

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable, get_related_populators
from psycopg.sql import Literal

from tesselle.web import any_of  # noqa: F401 - registers the lookup that lists are asked with

SOME_ID = -987654321
ANOTHER_ID, A_THIRD_ID = SOME_ID + 1, SOME_ID + 2
SOME_TIME = datetime(1, 2, 1, tzinfo=UTC)
SOME_DAY = date(1, 2, 1)
SOME_IDS = (SOME_ID, SOME_ID)
"""They stand in a statement where each request puts its own; nothing else in it may be equal to them.
`SOME_IDS` with the lookup `any_of` (`web/any_of.py`), for a list of any length."""

M = TypeVar("M", bound=Model)


class KeptQuery(Generic[M]):
    """`build` is called once, when the query is first asked. Not where the filter's shape depends on a value
    (`None`, or a list asked with `in`).

    `is_planned_once`: a session of the database keeps how it is to be found, too (a prepared statement). For what
    takes longer to plan than to answer, whose plan does not hang on the values. They are sent beside it, so they must
    be numbers and instants: of those the database finds the type out by itself.
    """

    def __init__(self, build: Callable[[], "QuerySet[M, Any]"], *, is_planned_once: bool = False) -> None:
        self._build = build
        self._is_planned_once = is_planned_once
        self._kept: _Kept | None = None

    def rows(self, stand_ins: Mapping[Any, Any]) -> list[tuple[Any, ...]]:
        """`stand_ins`: what stands in the statement, and its value now. The values come as the database gives
        them: not for fields that Django converts when it reads them (JSON)."""
        return self._asked(self._put_together(), stand_ins)

    def records(self, stand_ins: Mapping[Any, Any]) -> list[M]:
        """Whole records, with those that `select_related` names; their fields are converted as ever."""
        kept = self._put_together()
        rows: Iterable[Any] = self._asked(kept, stand_ins)
        if kept.converters:
            rows = map(tuple, kept.compiler.apply_converters(rows, kept.converters))
        first, end = kept.columns
        found = []
        for row in rows:
            record = kept.model.from_db(connection.alias, kept.names, row[first:end])
            for related in kept.related:
                related.populate(row, record)
            found.append(record)
        return found

    def _put_together(self) -> "_Kept":
        if self._kept is None:
            self._kept = _Kept.of(self._build())
        return self._kept

    def _asked(self, kept: "_Kept", stand_ins: Mapping[Any, Any]) -> list[tuple[Any, ...]]:
        if self._is_planned_once:
            return self._asked_as_planned(kept, stand_ins)
        with connection.cursor() as cursor:
            cursor.execute(kept.statement, [stand_ins.get(one, one) for one in kept.params])
            return list(cursor.fetchall())

    def _asked_as_planned(self, kept: "_Kept", stand_ins: Mapping[Any, Any]) -> list[tuple[Any, ...]]:
        """What is the same for everybody is written into the statement: by it the database finds an index of a part
        of a table."""
        if kept.planned is None:
            written = tuple("%s" if one in stand_ins else _literal(one) for one in kept.params)
            kept.planned = kept.statement % written
        with _prepared_cursor() as cursor:
            cursor.execute(kept.planned, [stand_ins[one] for one in kept.params if one in stand_ins])
            return list(cursor.fetchall())


def _literal(value: Any) -> str:
    """As it stands in a statement whose values come beside it."""
    return Literal(value).as_string(connection.connection).replace("%", "%%")


class _PreparedCursor(ServerBindingCursor):
    """Sends the values beside the statement, which a session prepares when it is first asked."""

    def execute(self, query: Any, params: Any = None, **_more: Any) -> "_PreparedCursor":
        super().execute(query, params, prepare=True)  # type: ignore[misc]
        return self


_ready: "WeakSet[Any]" = WeakSet()
"""Sessions that prepare statements. Django's own are never prepared: values stand in them."""


def _prepared_cursor() -> Any:
    """With all that Django puts around a cursor: its errors, its log, its counts."""
    connection.ensure_connection()
    session = connection.connection
    if session not in _ready:
        session.prepare_threshold = 0
        with connection.wrap_database_errors:
            session.execute("SET plan_cache_mode = force_generic_plan")
        if not connection.in_atomic_block:  # a rollback would take it back
            _ready.add(session)
    return connection._prepare_cursor(_PreparedCursor(session))  # type: ignore[attr-defined, call-arg]


@dataclass(slots=True)
class _Kept:
    """A statement, and what Django does with a row of it (`ModelIterable`). `planned`: as it is prepared."""

    statement: str
    params: tuple[Any, ...]
    model: Any
    columns: tuple[int, int]
    names: list[str]
    related: list[Any]
    converters: Any
    compiler: Any
    planned: str | None = None

    @classmethod
    def of(cls, query: "QuerySet[Any, Any]") -> "_Kept":
        compiler = query.query.get_compiler(using=connection.alias)
        statement, params = compiler.as_sql()
        select, whole = compiler.select or [], compiler.klass_info
        columns, names, related = (0, 0), [], []
        if whole is not None and issubclass(query._iterable_class, ModelIterable):
            places = whole["select_fields"]
            columns = (places[0], places[-1] + 1)
            names = [column[0].target.attname for column in select[slice(*columns)]]
            related = get_related_populators(whole, select, connection.alias)  # type: ignore[call-arg]
        converters = compiler.get_converters([column[0] for column in select])
        return cls(statement, tuple(params), query.model, columns, names, related, converters, compiler)
