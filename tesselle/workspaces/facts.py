"""Small facts that the frame of every page shows: what waits, what exists. All of them in one statement.

A higher app registers in its `AppConfig.ready` what to count, of a workspace that the query is about:

    facts.register("audience.lists", lambda: Exists(MailingList.objects.filter(workspace=OuterRef("pk"))))

and reads `facts.of(request)["audience.lists"]`. They are asked for once a request, when the first is read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from tesselle.web.kept_query import SOME_ID, KeptQuery
from tesselle.workspaces.models import Workspace


@dataclass(frozen=True, slots=True)
class Fact:
    """`stand_ins`: values that stand in the expression, and how to find those of a request."""

    expression: Callable[[], Any]
    stand_ins: Mapping[Any, Callable[[], Any]] = field(default_factory=dict)


_facts: dict[str, Fact] = {}


SOME_PERSON = -987654322
"""Stands in an expression where the id of the person who asks belongs."""


def _query() -> QuerySet[Any, Any]:
    expressions = [fact.expression() for fact in _facts.values()]
    return Workspace.objects.filter(pk=SOME_ID).values_list(*expressions)


_kept = KeptQuery(_query, is_planned_once=True)


def register(
    name: str, expression: Callable[[], Any], *, stand_ins: Mapping[Any, Callable[[], Any]] | None = None
) -> None:
    """Registering the same name again replaces it, so a reload does no harm."""
    global _kept
    _facts[name] = Fact(expression, stand_ins or {})
    _kept = KeptQuery(_query, is_planned_once=True)


def of(request: HttpRequest) -> Mapping[str, int]:
    """Of the workspace that the signed-in person is in; nothing of any for somebody who is in none."""
    found: Mapping[str, int] | None = getattr(request, "_workspace_facts", None)
    if found is None:
        found = _read(request)
        request._workspace_facts = found  # type: ignore[attr-defined]
    return found


def _read(request: HttpRequest) -> Mapping[str, int]:
    member = getattr(request, "member", None)
    if member is None:
        return dict.fromkeys(_facts, 0)
    now = {one: value() for fact in _facts.values() for one, value in fact.stand_ins.items()}
    now[SOME_PERSON] = member.user_id
    rows = _kept.rows({SOME_ID: member.workspace_id, **now})
    return dict(zip(_facts, map(int, rows[0]), strict=True)) if rows else dict.fromkeys(_facts, 0)


def number(rows: "QuerySet[Any, Any]", of_what: str = "pk", *, by: str = "workspace") -> Coalesce:
    """How many there are, as a fact: `rows` are those of `OuterRef("pk")`."""
    by_workspace = rows.order_by().values(by).annotate(number=Count(of_what, distinct=of_what != "pk"))
    return Coalesce(Subquery(by_workspace.values("number"), output_field=IntegerField()), 0)
