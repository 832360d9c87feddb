"""Fetch-or-404 for this member's workspace."""

from django.http import Http404

from tesselle.audience.models import MailingList, Subscriber
from tesselle.workspaces.models import Member


def list_of(member: Member, list_id: int) -> MailingList:
    """Raises Http404."""
    found = (
        MailingList.objects.filter(workspace=member.workspace_id, pk=list_id)
        .select_related("workspace")
        .first()
    )
    if found is None:
        raise Http404
    return found


def subscriber_of(mailing_list: MailingList, subscriber_id: int) -> Subscriber:
    """Raises Http404."""
    found = mailing_list.subscribers.filter(pk=subscriber_id).first()
    if found is None:
        raise Http404
    return found
