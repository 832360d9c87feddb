"""Posts that were made as one, from pictures or from a table, are gone as one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from tesselle.compose.models import Post
from tesselle.compose.removing import set_deleted
from tesselle.ledger.models import Delivery
from tesselle.ledger.services import planning
from tesselle.plan.models import BulkChange
from tesselle.workspaces.models import User

MAKERS = ("pictures", "imported")
"""What stands in the `undo` of a change that made posts; of any other change, see `many/undoing.py`."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How many posts are gone, and how many stay; none of either when it was undone already."""

    gone: int = 0
    kept: int = 0


@transaction.atomic
def take_back(change: BulkChange, made: Mapping[int, Sequence[int]], *, by: User) -> TakenBack:
    """What has not left is called off, and the posts are gone; what somebody went on with stays.

    `made`: the deliveries that the change planned of each post it made.
    """
    if not BulkChange.objects.filter(pk=change.pk, undone_at=None).update(undone_at=timezone.now()):
        return TakenBack()
    waiting = Delivery.objects.filter(
        workspace=change.workspace, pk__in=[pk for planned in made.values() for pk in planned]
    )
    planning.cancel(waiting.select_related("workspace"), by=by)
    posts = Post.objects.filter(workspace=change.workspace, pk__in=made, deleted_at=None)
    removed = [_removed(post, by) for post in posts.select_related("current")]
    return TakenBack(sum(removed), len(removed) - sum(removed))


def _removed(post: Post, by: User) -> bool:
    if post.current is None or post.current.number > 1:
        return False
    if post.deliveries.exclude(state="cancelled").exists():
        return False
    set_deleted(post, True, by=by)
    return True
