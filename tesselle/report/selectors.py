"""What the report asks beyond the figures' own pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import pgettext

from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.ledger.models import Delivery, Purpose
from tesselle.measure.models import ChannelDay, Mark
from tesselle.measure.selectors import OUT
from tesselle.report.month import Month
from tesselle.report.scope import Scope, marks_in, posts_in
from tesselle.strategy.models import Campaign
from tesselle.web.kept_query import SOME_ID, KeptQuery
from tesselle.workspaces.models import Workspace

NOT_OUT = ("missed", "refused", "blocked", "unknown")
COMING = ("planned", "queued", "sending", "processing", "waiting", "settling")


@dataclass(frozen=True, slots=True)
class Out:
    """By channel: how many posts went out, how many that were planned did not, how many are still to."""

    sent: Mapping[int, int]
    missed: Mapping[int, int]
    coming: Mapping[int, int]


def out_of(workspace: Workspace, scope: Scope) -> Out:
    rows = list(
        Delivery.objects.filter(
            posts_in(scope),
            workspace=workspace,
            purpose=Purpose.POST,
            state__in=(*OUT, *NOT_OUT, *COMING),
        )
        .values("channel_id")
        .annotate(
            sent=Count("pk", filter=Q(state__in=OUT)),
            missed=Count("pk", filter=Q(state__in=NOT_OUT)),
            coming=Count("pk", filter=Q(state__in=COMING)),
        )
    )
    return Out(
        *(
            {row["channel_id"]: row[name] for row in rows if row[name]}
            for name in ("sent", "missed", "coming")
        )
    )


def without_a_day(campaign: Campaign) -> int:
    """Posts of the campaign that were written and never planned."""
    planned = Delivery.objects.filter(post=OuterRef("pk"), purpose=Purpose.POST).exclude(state="cancelled")
    return Post.objects.filter(~Exists(planned), campaign=campaign, deleted_at=None).count()


@dataclass(frozen=True, slots=True)
class Best:
    title: str
    interactions: int


def best_posts(workspace: Workspace, scope: Scope, most: int) -> list[Best]:
    """Those with the most interactions at seven days; the earlier one of equals."""
    first = Mark.objects.filter(
        marks_in(scope), channel__workspace=workspace, age_days=scope.age_days, interactions__gt=0
    ).order_by("-interactions", "published_at", "pk")
    rows = Mark.objects.filter(pk__in=first.values("pk")[:most]).order_by(
        "-interactions", "published_at", "pk"
    )
    return [
        Best(name or pgettext("post", "Untitled"), count or 0)
        for count, name in rows.values_list("interactions", "series__delivery__post__name")
    ]


def _name(delivery: Delivery | None) -> str:
    name = delivery.post.name if delivery is not None and delivery.post is not None else ""
    return name or pgettext("post", "Untitled")


def months_with_posts(workspace: Workspace, now: Month, most: int = 12) -> list[Month]:
    """This month and those before it, back to the first post that went out; newest first."""
    first = next(iter(_first_out.rows({SOME_ID: workspace.pk})), (None,))[0]
    found = [now]
    while first is not None and len(found) < most and found[-1].since > first:
        found.append(found[-1].previous)
    return found


_first_out = KeptQuery(
    lambda: (
        Delivery.objects.filter(workspace=SOME_ID, state__in=OUT).order_by("due_at").values_list("due_at")[:1]
    )
)


def campaigns_to_report(workspace: Workspace, also: Campaign | None, most: int = 12) -> list[Campaign]:
    """Those that have begun, the latest first; and the one that is looked at, whatever it is."""
    begun = Campaign.objects.filter(workspace=workspace, retired_at=None, first_day__lte=workspace.today())
    found = list(begun.order_by("-first_day", "-pk")[:most])
    return found if also is None or also in found else [also, *found]


@dataclass(frozen=True, slots=True)
class PostOut:
    """A post that went out on a channel; `mark` None: it has no figures at seven days."""

    at: datetime
    channel: Channel
    title: str
    address: str
    mark: Mark | None


def posts_out(workspace: Workspace, scope: Scope) -> list[PostOut]:
    """Those that `out_of` counts, in their order."""
    sent = list(
        Delivery.objects.filter(
            posts_in(scope),
            workspace=workspace,
            purpose=Purpose.POST,
            state__in=OUT,
        )
        .select_related("post", "channel")
        .order_by("due_at", "pk")
    )
    marks = {
        mark.series.delivery_id: mark
        for mark in Mark.objects.filter(
            series__delivery__in=[one.pk for one in sent], age_days=scope.age_days
        ).select_related("series")
    }
    return [
        PostOut(
            one.live_at or one.accepted_at or one.due_at,
            one.channel,
            _name(one),
            str((one.remote or {}).get("url") or ""),
            marks.get(one.pk),
        )
        for one in sent
    ]


def followers_in(workspace: Workspace, scope: Scope) -> Mapping[int, int]:
    """By channel: the last that was read in its days; a channel without a reading is not in it."""
    days = ChannelDay.objects.filter(
        channel__workspace=workspace, day__gte=scope.first, day__lte=scope.last
    ).order_by("day")
    return dict(days.values_list("channel_id", "followers"))
