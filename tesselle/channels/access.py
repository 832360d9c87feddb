"""Fetch-or-404 for this member's workspace. A channel that was let go is no longer there."""

from django.http import Http404

from tesselle.channels.models import Channel
from tesselle.connectors.card import Network, SignIn
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


def let_go_channel_of(member: Member, channel_id: int) -> Channel:
    """One that was disconnected. Raises Http404."""
    gone = Channel.objects.exclude(removed_at=None).filter(workspace=member.workspace_id, pk=channel_id)
    found = gone.first()
    if found is None:
        raise Http404
    return found


def way_called(slug: str, way: str) -> SignIn:
    """Raises Http404 for a way to sign in that the network's card does not have."""
    found = next((one for one in network_called(slug).sign_ins if one.slug == way), None)
    if found is None:
        raise Http404
    return found


def network_called(slug: str) -> Network:
    """Raises Http404 for a network that this release does not have."""
    try:
        return card(slug)
    except LookupError:
        raise Http404 from None
