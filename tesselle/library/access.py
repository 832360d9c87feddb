"""Which assets, albums and consents a member may see: those of the member's workspace."""

from collections.abc import Iterable

from django.http import Http404

from tesselle.library.models import Album, Asset, Consent
from tesselle.workspaces.models import Member


def asset_for(member: Member, asset_id: int) -> Asset:
    """Raises Http404 for what is not there, or belongs elsewhere."""
    asset = (
        Asset.objects.filter(workspace_id=member.workspace_id, pk=asset_id).select_related("album").first()
    )
    if asset is None:
        raise Http404
    return asset


def assets_for(member: Member, ids: Iterable[int]) -> list[Asset]:
    """Those of the ids that are this workspace's and in no bin; what is not is passed over."""
    found = Asset.objects.filter(workspace_id=member.workspace_id, pk__in=set(ids), deleted_at=None)
    return list(found.order_by("pk"))


def album_for(member: Member, album_id: int) -> Album:
    """Raises Http404 for what is not there, or belongs elsewhere."""
    album = Album.objects.filter(workspace_id=member.workspace_id, pk=album_id).first()
    if album is None:
        raise Http404
    return album


def consent_for(member: Member, consent_id: int) -> Consent:
    """Raises Http404 for what is not there, or belongs elsewhere."""
    consent = Consent.objects.filter(workspace_id=member.workspace_id, pk=consent_id).first()
    if consent is None:
        raise Http404
    return consent
