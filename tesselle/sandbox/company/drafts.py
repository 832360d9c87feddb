"""The company's pictures, put into a workspace's library."""

import hashlib

from django.core.files.base import ContentFile

from tesselle.domain.content import Media
from tesselle.library.models import Asset
from tesselle.sandbox.company.pictures import HEIGHT, WIDTH, jpeg
from tesselle.sandbox.company.posts import CompanyPost
from tesselle.workspaces.models import User, Workspace


def asset_of(workspace: Workspace, post: CompanyPost, number: int, person: User) -> tuple[Media, ...]:
    """The picture of that post as it goes out; nothing for words alone."""
    picture = post.picture
    if picture is None:
        return ()
    data = jpeg(f"picture {number}", picture)
    name = f"{picture.pattern}-{picture.palette}-{picture.scene}.jpg"
    asset = Asset(
        workspace=workspace,
        kind=Asset.Kind.IMAGE,
        mime="image/jpeg",
        original_name=name,
        size_bytes=len(data),
        width_px=WIDTH,
        height_px=HEIGHT,
        sha256=hashlib.sha256(data).hexdigest(),
        alt=post.alt,
        uploaded_by=person,
    )
    asset.file.save(f"workspace-{workspace.pk}/{number:02}-{name}", ContentFile(data), save=True)
    return (asset.as_media(),)
