"""Posts that a person may mean when something is noted: the newest that went out."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from tesselle.compose.models import Post
from tesselle.ledger.models import Delivery, Purpose
from tesselle.measure.selectors import OUT
from tesselle.workspaces.models import Workspace

MOST = 60


def recent_posts(workspace: Workspace, also: int = 0) -> QuerySet[Post]:
    """`also`: one more that is asked for, however old it is."""
    out = Delivery.objects.filter(post=OuterRef("pk"), purpose=Purpose.POST, state__in=OUT)
    newest = (
        Post.objects.filter(Exists(out), workspace=workspace, deleted_at=None)
        .order_by("-created_at")
        .values_list("pk", flat=True)[:MOST]
    )
    return Post.objects.filter(Q(pk__in=list(newest)) | Q(pk=also), workspace=workspace).order_by(
        "-created_at"
    )
