"""How many things wait for a person: asked on every page, so its statement is put together only once."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from tesselle.channels.models import Channel
from tesselle.domain.lifecycle import DeliveryState
from tesselle.ledger.models import Delivery, Installation
from tesselle.plan.selectors import needing_a_person, news_since
from tesselle.workspaces.models import Workspace

_SOME_WORKSPACE = -1
_SOME_TIME = datetime(1, 2, 1, tzinfo=UTC)
"""They stand in the statement where each request puts its own."""


def of_their_own(since: datetime | None = None) -> Q:
    """What waits for its channel is told with the channel."""
    return needing_a_person(since) & ~Q(state=DeliveryState.BLOCKED, channel__blocked_reason__gt="")


def count_all(request: HttpRequest) -> int:
    """Deliveries, channels and the installation, in one query."""
    member = getattr(request, "member", None)
    if member is None:
        return 0
    statement, params = _statement()
    with connection.cursor() as cursor:
        cursor.execute(statement, params(member.workspace_id, news_since()))
        return sum(int(one) for one in cursor.fetchone())


@cache
def _statement() -> tuple[str, Callable[[int, datetime], list[Any]]]:
    """Building it from its parts costs three milliseconds; the parts never change."""
    waiting = Delivery.objects.filter(of_their_own(_SOME_TIME), workspace=OuterRef("pk"))
    stopped = Channel.objects.filter(workspace=OuterRef("pk"), removed_at=None, blocked_reason__gt="")
    counts = Workspace.objects.filter(pk=_SOME_WORKSPACE).values_list(
        _number(waiting), _number(stopped), Exists(Installation.objects.filter(id=1, held=True))
    )
    statement, found = counts.query.sql_with_params()

    def params(workspace_id: int, since: datetime) -> list[Any]:
        own = {_SOME_WORKSPACE: workspace_id, _SOME_TIME: since}
        return [own.get(one, one) for one in found]

    return statement, params


def _number(rows: "QuerySet[Any]") -> Coalesce:
    by_workspace = rows.order_by().values("workspace").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(by_workspace, output_field=IntegerField()), 0)
