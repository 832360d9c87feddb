"""Who may see a page of the practice: members of a practice workspace. A real workspace has none: 404."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from tesselle.channels.access import channel_of
from tesselle.channels.models import Channel
from tesselle.sandbox.models import BadDay
from tesselle.workspaces.access import Right, member_of
from tesselle.workspaces.models import Member


def practising(request: HttpRequest, right: Right = Right.READ) -> Member:
    """Raises Http404."""
    member = member_of(request, right)
    if not member.workspace.is_practice:
        raise Http404
    return member


def practice_channel(request: HttpRequest, channel_id: int, right: Right = Right.READ) -> Channel:
    """Raises Http404."""
    return channel_of(practising(request, right), channel_id)


def bad_day_of(member: Member, bad_day_id: int) -> BadDay:
    """Raises Http404."""
    return get_object_or_404(BadDay, pk=bad_day_id, workspace=member.workspace)
