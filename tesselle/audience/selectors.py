"""Reads, always given the workspace or the list."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from tesselle.audience.models import MailingList, Subscriber
from tesselle.workspaces.models import Workspace

State = Subscriber.State


def lists_of(workspace: Workspace) -> QuerySet[MailingList]:
    """With `subscribed` and `waiting`, counted in the same query."""
    return MailingList.objects.filter(workspace=workspace).annotate(
        subscribed=Count("subscribers", filter=Q(subscribers__state=State.CONFIRMED)),
        waiting=Count("subscribers", filter=Q(subscribers__state=State.PENDING)),
    )


@dataclass(frozen=True, slots=True)
class Counts:
    confirmed: int
    pending: int
    left: int

    @property
    def all(self) -> int:
        return self.confirmed + self.pending + self.left


def counts(mailing_list: MailingList) -> Counts:
    found = dict(
        mailing_list.subscribers.order_by()
        .values_list("state")
        .annotate(Count("id"))
        .values_list("state", "id__count")
    )
    return Counts(*(found.get(state.value, 0) for state in (State.CONFIRMED, State.PENDING, State.LEFT)))


def subscribers(mailing_list: MailingList, *, state: str = "", search: str = "") -> QuerySet[Subscriber]:
    found = mailing_list.subscribers.all()
    if state in State.values:
        found = found.filter(state=state)
    if search:
        found = found.filter(Q(address__icontains=search) | Q(name__icontains=search))
    return found.order_by("address")


def all_of(mailing_list: MailingList) -> Iterator[Subscriber]:
    """For an export: however many, never all in memory."""
    return mailing_list.subscribers.order_by("address").iterator(chunk_size=2000)


def open_list(public_id: UUID) -> MailingList | None:
    """The list whose form is at that address, while its form is open."""
    return (
        MailingList.objects.filter(
            public_id=public_id,
            is_open=True,
            workspace__deleted_at=None,
            workspace__world_kind=Workspace.WorldKind.REAL,
        )
        .select_related("workspace")
        .first()
    )


def subscriber_called(recipient: str) -> Subscriber | None:
    """Who a link in a mail stands for."""
    if not recipient:
        return None
    found = Subscriber.objects.filter(public_id=recipient)
    return found.select_related("mailing_list", "mailing_list__workspace").first()
