"""The reminder itself, when its time has come."""

from django.urls import reverse
from django.utils import timezone

from tesselle.domain.messages import N_, Message
from tesselle.notify.models import Kind
from tesselle.notify.services import tell
from tesselle.plan.by_hand.services import due
from tesselle.plan.models import ByHand
from tesselle.workspaces.models import Workspace

REMINDER = N_("Now to be done by hand: %(where)s, for “%(post)s”. Text and pictures lie ready.")


def tell_by_hand() -> int:
    """Whoever it was given to, else whoever asked; returns how many notices there are more."""
    waiting = ByHand.objects.filter(told_at=None, done_at=None, called_off_at=None)
    workspaces = Workspace.objects.filter(deleted_at=None, pk__in=waiting.values("workspace"))
    return sum(_tell(one) for workspace in workspaces for one in due(workspace).filter(told_at=None))


def _tell(one: ByHand) -> int:
    whom = one.who_id or one.made_by_id
    told = tell(
        one.workspace,
        [whom] if whom else [],
        Kind.BY_HAND,
        Message(REMINDER, {"where": one.where, "post": one.post.name or "…"}),
        url=reverse("plan:by_hand", args=[one.pk]),
        key=f"by-hand:{one.pk}",
    )
    ByHand.objects.filter(pk=one.pk, told_at=None).update(told_at=timezone.now())
    return told
