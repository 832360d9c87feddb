"""Asking for something to be done by hand; it is done, or called off; both can be taken back."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tesselle.compose.models import Post
from tesselle.domain.errors import RuleError
from tesselle.domain.local_time import resolve
from tesselle.domain.messages import N_
from tesselle.journal.services import record
from tesselle.plan.models import ByHand
from tesselle.plan.services import GRACE
from tesselle.workspaces.models import User, Workspace


@transaction.atomic
def ask(post: Post, *, where: str, local: datetime, who: User | None, by: User) -> ByHand:
    """At a wall time of the workspace.

    Raises:
        RuleError: that time is past.
    """
    workspace = post.workspace
    due_at = resolve(local, workspace.zone)
    if due_at < workspace.now() - GRACE:
        raise RuleError(_PAST)
    made = ByHand.objects.create(
        workspace=workspace,
        post=post,
        where=where,
        who=who,
        local_at=f"{local:%Y-%m-%dT%H:%M}",
        zone=workspace.zone,
        due_at=due_at,
        made_by=by,
    )
    _tell("by_hand.asked", made, by)
    return made


@transaction.atomic
def set_done(one: ByHand, is_done: bool, *, by: User, url: str = "") -> None:
    moved = ByHand.objects.filter(pk=one.pk, done_at__isnull=is_done)
    if moved.update(
        done_at=one.workspace.now() if is_done else None, done_by=by if is_done else None, url=url
    ):
        _tell("by_hand.done" if is_done else "by_hand.not_done", one, by)


@transaction.atomic
def set_called_off(one: ByHand, is_off: bool, *, by: User) -> None:
    moved = ByHand.objects.filter(pk=one.pk, called_off_at__isnull=is_off)
    if moved.update(called_off_at=timezone.now() if is_off else None):
        _tell("by_hand.called_off" if is_off else "by_hand.taken_up", one, by)


def ahead(workspace: Workspace) -> QuerySet[ByHand]:
    """What is still to be done, the next first."""
    found = ByHand.objects.filter(
        workspace=workspace, done_at=None, called_off_at=None, post__deleted_at=None
    )
    return found.select_related("post", "who", "workspace").order_by("due_at", "pk")


def due(workspace: Workspace) -> QuerySet[ByHand]:
    return ahead(workspace).filter(due_at__lte=workspace.now())


def _tell(verb: str, one: ByHand, by: User) -> None:
    record(
        verb,
        workspace_id=one.workspace_id,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="post",
        subject_id=one.post_id,
        where=one.where,
    )


_PAST = N_("That time is past. Choose one that is still to come.")
