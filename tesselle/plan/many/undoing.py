"""The way back of a change of many: one click, and what somebody else changed meanwhile stays."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tesselle.compose.aiming import aim_post
from tesselle.compose.models import Post
from tesselle.compose.removing import set_deleted
from tesselle.compose.versions import restore
from tesselle.domain.errors import RuleError
from tesselle.ledger.models import Delivery
from tesselle.ledger.services import planning
from tesselle.plan.calendar.moving import Move, move_back
from tesselle.plan.models import BulkChange
from tesselle.workspaces.models import User


@transaction.atomic
def undo(change: BulkChange, *, by: User) -> int:
    """How many things came back; 0 when it was undone already."""
    if not BulkChange.objects.filter(pk=change.pk, undone_at=None).update(undone_at=timezone.now()):
        return 0
    told, done = change.undo, 0
    rows = Delivery.objects.filter(workspace=change.workspace).select_related("workspace")
    posts = Post.objects.filter(workspace=change.workspace).select_related("workspace", "current")
    for post in posts.filter(pk__in=told.get("deleted", ())):
        set_deleted(post, False, by=by)
    done += planning.cancel(rows.filter(pk__in=told.get("made", ())), by=by)
    for row in rows.filter(pk__in=told.get("called_off", ())):
        done += planning.take_up_again(row, by=by)
    for pk, was, now in told.get("revisions", ()):
        done += _rewritten(posts.get(pk=pk), was, now, by)
    moves = [move for text in told.get("moves", ()) if (move := Move.read(text))]
    done += sum(_moved_back(rows, move, by) for move in moves)
    for pk, kind, was, now in told.get("aims", ()):
        post = posts.get(pk=pk)
        if (getattr(post, f"{kind}_id") or 0) == now:
            aim_post(post, kind, was, by=by)
            done += 1
    return done


def _rewritten(post: Post, was: int, now: int, by: User) -> bool:
    try:
        with transaction.atomic():
            restore(post, was, instead_of=now, by=by)
    except RuleError:
        return False
    return True


def _moved_back(rows: "QuerySet[Delivery]", move: Move, by: User) -> int:
    try:
        with transaction.atomic():
            return move_back(rows.filter(pk=move.delivery_id), [move], by=by)
    except RuleError:
        return 0
