"""Figures of one post that a person types in."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from tesselle.domain.local_time import resolve
from tesselle.ledger.models import Delivery
from tesselle.measure.brought import keeping
from tesselle.measure.brought.forms import TypedForm
from tesselle.measure.brought.matching import Known
from tesselle.measure.brought.rows import Row
from tesselle.measure.models import FigureImport
from tesselle.workspaces.models import User


def form_for(delivery: Delivery, data: Any) -> TypedForm:
    assert delivery.live_at is not None
    workspace = delivery.workspace
    first = delivery.live_at.astimezone(workspace.tz).date()
    return TypedForm(data, today=workspace.today(), first=first)


@transaction.atomic
def keep_typed(delivery: Delivery, as_of: date, figures: Mapping[str, int], *, by: User) -> FigureImport:
    workspace = delivery.workspace
    at = min(resolve(datetime.combine(as_of, time(23, 59)), workspace.zone), workspace.now())
    source = FigureImport.objects.create(
        workspace=workspace,
        channel=delivery.channel,
        way=FigureImport.Way.HAND,
        name=str(delivery.post or "")[:200],
        as_of=as_of,
        zone=workspace.zone,
        made_by=by,
    )
    known = Known(delivery.live_at or at, "", delivery_id=delivery.pk)
    keeping.keep(source, [Row(1, None, "", "", "", figures, known)], at, left_out=0, by=by)
    return source
