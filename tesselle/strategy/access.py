"""Aims of this member's workspace."""

from django.http import Http404

from tesselle.strategy.models import KINDS, Aimed
from tesselle.workspaces.models import Member


def aimed_of(member: Member, kind: str, pk: int) -> Aimed:
    """Retired ones too: they can be brought back.

    Raises:
        Http404: no such thing here.
    """
    found = (
        KINDS[kind].objects.filter(workspace_id=member.workspace_id, pk=pk).first() if kind in KINDS else None
    )
    if found is None:
        raise Http404
    return found
