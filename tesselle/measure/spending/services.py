"""Noting what was spent, and taking it back."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from tesselle.journal.services import record
from tesselle.measure.models import CostChoice, Spending
from tesselle.workspaces.models import User, Workspace


@transaction.atomic
def note_spending(workspace: Workspace, data: dict[str, Any], *, by: User) -> Spending:
    """A post's own campaign is its spending's, unless another was named."""
    post = data.get("post")
    if post is not None and data.get("campaign") is None:
        data = {**data, "campaign": post.campaign}
    made = Spending.objects.create(workspace=workspace, noted_by=by, **data)
    _tell("spending.noted", made, by)
    return made


@transaction.atomic
def remove_spending(spending: Spending, *, by: User) -> None:
    _tell("spending.removed", spending, by)
    spending.delete()


@transaction.atomic
def choose_rate(workspace: Workspace, rate: Decimal | None, *, by: User) -> None:
    CostChoice.objects.update_or_create(workspace=workspace, defaults={"hourly_rate": rate})
    record(
        "spending.rate_chosen",
        workspace_id=workspace.pk,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="workspace",
        subject_id=workspace.pk,
        rate=_in_words(rate, workspace) if rate else "–",
    )


def _tell(verb: str, spending: Spending, by: User) -> None:
    record(
        verb,
        workspace_id=spending.workspace_id,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="workspace",
        subject_id=spending.workspace_id,
        day=spending.day.isoformat(),
        minutes=spending.minutes or 0,
        amount=_in_words(spending.amount or Decimal(0), spending.workspace),
    )


def _in_words(amount: Decimal, workspace: Workspace) -> str:
    """As the journal keeps it: with the currency of that day, in no language."""
    return f"{amount} {workspace.currency}"
