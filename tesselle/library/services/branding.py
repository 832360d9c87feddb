"""A workspace's logo, and how it was last laid on a picture."""

from django.db import transaction

from tesselle.library.models import Asset, Brand
from tesselle.library.services.makers import Mark, marked
from tesselle.library.services.uploading import note
from tesselle.web.kept_query import SOME_ID, KeptQuery
from tesselle.workspaces.models import User, Workspace


def brand_of(workspace: Workspace) -> Brand:
    """Never saved where nobody has chosen anything yet."""
    return next(iter(_brand.records({SOME_ID: workspace.pk})), None) or Brand(workspace=workspace)


_brand = KeptQuery(
    lambda: Brand.objects.select_related("logo").filter(workspace=SOME_ID), is_planned_once=True
)


@transaction.atomic
def take_as_logo(picture: Asset, *, by: User) -> None:
    Brand.objects.update_or_create(workspace_id=picture.workspace_id, defaults={"logo": picture})
    note(picture, "asset.logo", by)


def put_logo_on(picture: Asset, logo: Asset, mark: Mark, *, by: User) -> Asset:
    """What was chosen is offered the next time. Raises RuleError: as `marked`."""
    made = marked(picture, logo, mark, by=by)
    said = {"corner": mark.corner, "share": round(100 * mark.share), "opacity": round(100 * mark.opacity)}
    Brand.objects.update_or_create(workspace_id=picture.workspace_id, defaults={"logo": logo, **said})
    return made
