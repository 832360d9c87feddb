"""What is said of an asset: its alternative text and focal point; and the way out."""

from django.db import transaction
from django.utils import timezone

from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_, Message
from tesselle.library import usage
from tesselle.library.models import Asset
from tesselle.library.services.uploading import note
from tesselle.workspaces.models import User


@transaction.atomic
def describe(asset: Asset, *, alt: str, focal: tuple[float, float] | None, by: User) -> None:
    """Posts that are saved from now on take both over; what is written already keeps its own."""
    asset.alt = alt.strip()
    if focal is not None:
        asset.focal_x, asset.focal_y = (min(1.0, max(0.0, value)) for value in focal)
    asset.save(update_fields=["alt", "focal_x", "focal_y"])
    note(asset, "asset.described", by)


@transaction.atomic
def delete(asset: Asset, *, by: User) -> None:
    """Into the bin, for a week.

    Raises:
        RuleError: a post uses it.
    """
    asset = Asset.objects.select_for_update().get(pk=asset.pk)
    used = usage.uses_of(asset)
    if used:
        sentence = N_("“%(name)s” is used by %(count)s posts, so it stays. Take it out of them first.")
        raise RuleError(Message(sentence, {"name": asset.original_name, "count": len(used)}))
    if asset.deleted_at is None:
        asset.deleted_at = timezone.now()
        asset.save(update_fields=["deleted_at"])
        note(asset, "asset.deleted", by)


@transaction.atomic
def bring_back(asset: Asset, *, by: User) -> None:
    if asset.deleted_at is not None:
        asset.deleted_at = None
        asset.save(update_fields=["deleted_at"])
        note(asset, "asset.restored", by)
