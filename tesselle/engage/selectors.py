"""Which conversations wait for us."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, OuterRef, Q, QuerySet

from tesselle.domain.lifecycle import DeliveryState
from tesselle.engage.models import Conversation, Heard
from tesselle.engage.places import Place, conversation_at
from tesselle.workspaces.models import Workspace

MOST = 5
"""Each by itself on the first page; the others in one line, and as these are answered they follow."""


def reachable() -> Q:
    """Of `Heard`: open, and still to be answered from here."""
    is_out = Q(conversation__delivery__state=DeliveryState.LIVE) | Q(conversation__delivery=None)
    return is_out & Q(state=Heard.State.OPEN, conversation__channel__removed_at=None)


def open_in(workspace: Any) -> "QuerySet[Heard, Heard]":
    """`workspace`: one, or an outer reference to one."""
    return Heard.objects.filter(reachable(), conversation__channel__workspace=workspace)


def open_in_some() -> "QuerySet[Heard, Heard]":
    return open_in(OuterRef("pk"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many open comments, the oldest from `since`."""

    conversation: Conversation
    count: int
    since: datetime


def waiting_conversations(workspace: Workspace) -> "QuerySet[Heard, Any]":
    """A row for each, the longest wait first; `waiting` makes something of those that are shown."""
    counted = open_in(workspace).order_by().values("conversation")
    return counted.annotate(n=Count("pk"), since=Min("posted_at")).order_by("since", "conversation")


def waiting(rows: Iterable[Mapping[str, Any]]) -> list[Waiting]:
    found = {row["conversation"]: row for row in rows}
    known = Conversation.objects.filter(pk__in=found).select_related("channel", "delivery__post").in_bulk()
    return [Waiting(known[pk], row["n"], row["since"]) for pk, row in found.items() if pk in known]


def others_wait(place: Place) -> bool:
    """Whether somebody there is still without an answer."""
    return waiting_at(place) > 0


def waiting_at(place: Place) -> int:
    conversation = conversation_at(place)
    return conversation.heard.filter(state=Heard.State.OPEN).count() if conversation is not None else 0


def states_of(conversation: Conversation | None, digests: Collection[str]) -> dict[str, str]:
    """By digest, of what was ever heard."""
    rows = Heard.objects.filter(conversation=conversation, digest__in=digests)
    return dict(rows.values_list("digest", "state")) if conversation is not None else {}
