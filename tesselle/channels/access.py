"""Fetch-or-404 for this member's workspace. A channel that was let go is no longer there."""

from django.http import Http404

from tesselle.channels.models import Channel
from tesselle.connectors.card import Network
from tesselle.networks import card
from tesselle.workspaces.models import Member


def channel_of(member: Member, channel_id: int) -> Channel:
    """Raises Http404."""
    found = (
        Channel.objects.filter(workspace=member.workspace_id, pk=channel_id, removed_at=None)
        .select_related("workspace")
        .first()
    )
    if found is None:
        raise Http404
    return found


def network_called(slug: str) -> Network:
    """Raises Http404 for a network that this release does not have."""
    try:
        return card(slug)
    except LookupError:
        raise Http404 from None
