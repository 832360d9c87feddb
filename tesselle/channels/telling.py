"""A sign-in that is about to end, or has ended, is told to those who can renew it."""

from datetime import date

from django.urls import reverse

from tesselle.channels.notices import ChannelNotice, channel_notices
from tesselle.notify.models import Kind
from tesselle.notify.services import tell
from tesselle.workspaces.models import Member, Role, Workspace


def tell_sign_ins() -> int:
    """Of every workspace; returns how many notices there are more."""
    return sum(
        _tell(workspace, notice)
        for workspace in Workspace.objects.filter(deleted_at=None)
        for notice in channel_notices(workspace)
    )


def _tell(workspace: Workspace, notice: ChannelNotice) -> int:
    channel = notice.channel
    whom = Member.objects.filter(workspace=workspace, role__in=(Role.OWNER, Role.MANAGER))
    return tell(
        workspace,
        list(whom.values_list("user_id", flat=True)),
        Kind.SIGN_IN,
        notice.message,
        url=reverse("channels:detail", args=[channel.pk]),
        key=f"sign-in:{channel.pk}:{notice.kind}:{_day(notice, workspace)}",
    )


def _day(notice: ChannelNotice, workspace: Workspace) -> date | str:
    """The same trouble is told once: for a coming end by its day, for a block by the version it befell."""
    if notice.until is not None:
        return notice.until.astimezone(workspace.tz).date()
    return str(notice.channel.version)
