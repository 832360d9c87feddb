"""Which posts show an asset now."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import pgettext

from tesselle.compose.models import Post
from tesselle.library.models import Asset
from tesselle.library.usage import Use

FILES = """
SELECT m.file ->> 'asset' FROM compose_post p JOIN compose_revision r ON r.id = p.current_id
CROSS JOIN LATERAL (
  SELECT r.shared AS body UNION ALL SELECT v.body FROM compose_variant v WHERE v.revision_id = r.id) said
CROSS JOIN LATERAL jsonb_array_elements(said.body -> 'media') AS m(file)
WHERE p.workspace_id = %s AND p.deleted_at IS NULL
"""


def posts_with(asset: Asset) -> list[Use]:
    """By their newest revision: what an earlier one showed is history."""
    held = {"media": [{"asset": asset.path}]}
    posts = (
        Post.objects.filter(workspace_id=asset.workspace_id, deleted_at=None)
        .filter(Q(current__shared__contains=held) | Q(current__variants__body__contains=held))
        .distinct()
        .order_by("-pk")
    )
    return [
        Use(post.name or pgettext("post", "Untitled"), reverse("compose:edit", args=[post.pk]))
        for post in posts
    ]
