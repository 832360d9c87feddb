"""Posts thrown away, and brought back."""

from django.db import transaction
from django.utils import timezone

from tesselle.compose.models import Post
from tesselle.journal.services import record
from tesselle.workspaces.models import User


@transaction.atomic
def set_deleted(post: Post, deleted: bool, *, by: User) -> None:
    """Its revisions and what was measured stay; whoever plans sees to its deliveries first."""
    post.deleted_at = timezone.now() if deleted else None
    post.save(update_fields=["deleted_at"])
    record(
        "post.deleted" if deleted else "post.brought_back",
        workspace_id=post.workspace_id,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="post",
        subject_id=post.pk,
        name=post.name,
    )
