"""A link or a mailing of this member's workspace, or 404."""

from django.shortcuts import get_object_or_404

from tesselle.report.models import ReportLink, ReportMailing
from tesselle.workspaces.models import Member


def link_of(member: Member, link_id: int) -> ReportLink:
    return get_object_or_404(
        ReportLink.objects.select_related("workspace", "campaign__workspace"),
        pk=link_id,
        workspace_id=member.workspace_id,
    )


def mailing_of(member: Member, mailing_id: int) -> ReportMailing:
    return get_object_or_404(
        ReportMailing.objects.select_related("workspace"), pk=mailing_id, workspace_id=member.workspace_id
    )
