"""What a post is for, changed from outside the composer."""

from typing import Literal

from django.db import transaction

from tesselle.compose.models import Post
from tesselle.journal.services import record
from tesselle.workspaces.models import User

Kind = Literal["pillar", "campaign"]


@transaction.atomic
def aim_post(post: Post, kind: Kind, aimed_id: int, *, by: User) -> None:
    """`aimed_id`: a pillar or a campaign of the post's workspace, 0 for none."""
    setattr(post, f"{kind}_id", aimed_id or None)
    post.save(update_fields=[kind])
    record(
        "post.aimed",
        workspace_id=post.workspace_id,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="post",
        subject_id=post.pk,
        kind=kind,
    )
