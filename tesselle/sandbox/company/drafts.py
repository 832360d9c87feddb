"""The company's pictures, put into a workspace's library."""

import hashlib

from django.core.cache import cache
from django.core.files.base import ContentFile

from tesselle import __version__
from tesselle.domain.content import Media
from tesselle.library.models import Asset
from tesselle.sandbox.company.pictures import HEIGHT, WIDTH, Picture, jpeg, svg
from tesselle.sandbox.company.posts import CompanyPost
from tesselle.workspaces.models import User, Workspace

KEPT_S = 30 * 24 * 3600


def asset_of(workspace: Workspace, post: CompanyPost, number: int, person: User) -> tuple[Media, ...]:
    """The picture of that post as it goes out; nothing for words alone."""
    picture = post.picture
    if picture is None:
        return ()
    data = drawn(f"picture {number}", picture)
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


def drawn(name: str, picture: Picture) -> bytes:
    """Each takes a fifth of a second of a processor, and a scenario begins with a dozen: what one process drew, all
    others take from the cache. Another release may draw otherwise."""
    key = f"company-picture-{hashlib.sha256(f'{__version__} {svg(name, picture)}'.encode()).hexdigest()}"
    data: bytes | None = cache.get(key)
    if data is None:
        data = jpeg(name, picture)
        cache.set(key, data, KEPT_S)
    return data
