"""Which assets a member may see: those of the member's workspace."""

from django.http import Http404

from tesselle.library.models import Asset
from tesselle.workspaces.models import Member


def asset_for(member: Member, asset_id: int) -> Asset:
    """Raises Http404 for what is not there, or belongs elsewhere."""
    asset = Asset.objects.filter(workspace_id=member.workspace_id, pk=asset_id).first()
    if asset is None:
        raise Http404
    return asset
