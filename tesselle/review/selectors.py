"""Which posts wait for a yes, always within a workspace."""

from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet

from tesselle.compose.models import Post
from tesselle.domain.lifecycle import DeliveryState
from tesselle.ledger.models import Delivery, Purpose
from tesselle.review.links import open_links
from tesselle.review.models import Answer, AskedPost, Asking, ReviewLink, Wanted
from tesselle.workspaces.models import Workspace

TO_COME = (DeliveryState.PLANNED, DeliveryState.BLOCKED, DeliveryState.QUEUED, DeliveryState.WAITING)


def posts(workspace: Workspace) -> QuerySet[Post]:
    found = Post.objects.filter(workspace=workspace, deleted_at=None, current__isnull=False)
    return found.select_related("current__author", "workspace")


def to_come(workspace: Workspace) -> QuerySet[Delivery]:
    return Delivery.objects.filter(workspace=workspace, purpose=Purpose.POST, state__in=TO_COME)


def between(workspace: Workspace, first: date, last: date) -> list[Post]:
    """Those that go out from that day on and before the other, and have no yes yet; the next one first."""
    start, end = (datetime.combine(day, time(), workspace.tz) for day in (first, last))
    due = to_come(workspace).filter(due_at__gte=start, due_at__lt=end)
    return list(
        posts(workspace)
        .filter(current__approved_at=None, deliveries__in=due)
        .annotate(due=Min("deliveries__due_at", filter=Q(deliveries__in=due)))
        .order_by("due", "pk")
    )


def waiting(workspace: Workspace) -> list[Post]:
    """What has no yes and was asked about, or needs one on a channel where it is planned; what somebody
    wants changed; the newest first."""
    asked = (
        to_come(workspace).filter(channel__needs_approval=True).values("post"),
        AskedPost.objects.filter(link__in=open_links().filter(workspace=workspace)).values("post"),
        _of_current(Answer.objects.all(), workspace),
        _of_current(Asking.objects.all(), workspace),
    )
    # Begun from what was asked, which is little: each post there ever was would be looked at otherwise.
    found = posts(workspace).filter(pk__in=asked[0].union(*asked[1:]), current__approved_at=None)
    return list(found.order_by("-pk")[:MOST_SHOWN])


def _of_current(said: QuerySet[Any], workspace: Workspace) -> QuerySet[Any]:
    """The posts that it was said of, as they stand now, without a yes."""
    return said.filter(
        revision__post__workspace=workspace,
        revision__post__current=F("revision"),
        revision__approved_at=None,
    ).values("revision__post")


def unhappy(workspace: Workspace | OuterRef) -> QuerySet[Answer]:
    """What is to be changed of posts as they stand now, by whom. What was said last counts, as in `standing`."""
    later = Answer.objects.filter(revision=OuterRef("revision"), pk__gt=OuterRef("pk"))
    return Answer.objects.filter(
        ~Exists(later),
        verdict=Answer.Verdict.CHANGE,
        revision__approved_at=None,
        revision__post__workspace=workspace,
        revision__post__deleted_at=None,
        revision__post__current=F("revision"),
    )


def wanted_of(workspace: Workspace | OuterRef, user_id: int) -> QuerySet[Wanted]:
    """Where this person's yes is the next."""
    return Wanted.objects.filter(
        user=user_id,
        revision__approved_at=None,
        revision__post__workspace=workspace,
        revision__post__deleted_at=None,
        revision__post__current=F("revision"),
    )


def links(workspace: Workspace) -> list[ReviewLink]:
    """Those that may still be used, the newest first."""
    found = open_links().filter(workspace=workspace).select_related("made_by")
    return list(found.prefetch_related("asked").order_by("-made_at", "-pk"))


MOST_SHOWN = 100
