"""What is said of an asset; and the way out."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_, Message
from tesselle.library import usage
from tesselle.library.models import Album, Asset
from tesselle.library.services.uploading import ask_again, note
from tesselle.workspaces.models import User


@dataclass(frozen=True, slots=True)
class Said:
    """`focal`: both 0 to 1."""

    alt: str
    focal: tuple[float, float]
    album: Album | None = None
    tags: Sequence[str] = ()
    credit: str = ""
    licence: str = ""


@transaction.atomic
def describe(asset: Asset, said: Said, *, by: User) -> None:
    """Posts that are saved from now on take text and focal point over; what is written already keeps its own."""
    asset.alt, asset.credit, asset.licence = said.alt.strip(), said.credit.strip(), said.licence
    asset.album, asset.tags = said.album, list(said.tags)
    asset.focal_x, asset.focal_y = (min(1.0, max(0.0, value)) for value in said.focal)
    asset.save(update_fields=["alt", "focal_x", "focal_y", "album", "tags", "credit", "licence"])
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
def try_again(film: Asset, *, by: User) -> None:
    """A film that could not be made waits for a worker anew; nothing happens to any other."""
    film = Asset.objects.select_for_update().get(pk=film.pk)
    if film.may_be_tried_again:
        ask_again(film)
        note(film, "asset.tried_again", by)


@transaction.atomic
def bring_back(asset: Asset, *, by: User) -> None:
    if asset.deleted_at is not None:
        asset.deleted_at = None
        asset.save(update_fields=["deleted_at"])
        note(asset, "asset.restored", by)
