"""A link of this member's workspace, or 404."""

from django.shortcuts import get_object_or_404

from tesselle.report.models import ReportLink
from tesselle.workspaces.models import Member


def link_of(member: Member, link_id: int) -> ReportLink:
    return get_object_or_404(
        ReportLink.objects.select_related("workspace"), pk=link_id, workspace_id=member.workspace_id
    )
