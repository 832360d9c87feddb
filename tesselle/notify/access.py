"""One's own notices and devices, or 404."""

from django.shortcuts import get_object_or_404

from tesselle.notify.models import Device, Notice
from tesselle.workspaces.models import User


def notice_of(user: User, notice_id: int) -> Notice:
    """Whichever workspace it is of: the person belongs to it, or it is gone."""
    return get_object_or_404(
        Notice.objects.select_related("workspace"),
        pk=notice_id,
        user=user,
        workspace__deleted_at=None,
        workspace__members__user=user,
    )


def device_of(user: User, device_id: int) -> Device:
    return get_object_or_404(Device, pk=device_id, user=user)
