"""What the report asks beyond the figures' own pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import pgettext

from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.ledger.models import Delivery, Purpose
from tesselle.measure.models import ChannelDay, Mark
from tesselle.measure.selectors import OUT
from tesselle.report.month import AGE_DAYS, Month
from tesselle.report.scope import Scope, campaign_of, posts_in
from tesselle.strategy.models import Campaign
from tesselle.web.kept_query import ANOTHER_ID, SOME_DAY, SOME_ID, SOME_TIME, KeptQuery
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
    rows = _counted(campaign_of(scope) is not None).rows(_values(workspace, scope))
    return Out(
        *({channel: counts[place] for channel, *counts in rows if counts[place]} for place in range(3))
    )


@cache
def _counted(of_a_campaign: bool) -> KeptQuery[Delivery]:
    rows = Delivery.objects.filter(
        Q(post__campaign_id=ANOTHER_ID) if of_a_campaign else Q(due_at__gte=SOME_TIME, due_at__lt=_UNTIL),
        workspace=SOME_ID,
        purpose=Purpose.POST,
        state__in=(*OUT, *NOT_OUT, *COMING),
    )
    counts = {
        "sent": Count("pk", filter=Q(state__in=OUT)),
        "missed": Count("pk", filter=Q(state__in=NOT_OUT)),
        "coming": Count("pk", filter=Q(state__in=COMING)),
    }
    return KeptQuery(
        lambda: rows.order_by().values("channel_id").annotate(**counts).values_list("channel_id", *counts)
    )


_UNTIL = SOME_TIME + timedelta(days=1)


def _values(workspace: Workspace, scope: Scope) -> dict[Any, Any]:
    """What a kept query of a scope stands for: its campaign, or its time."""
    campaign = campaign_of(scope)
    if campaign is not None:
        return {SOME_ID: workspace.pk, ANOTHER_ID: campaign.pk}
    return {SOME_ID: workspace.pk, SOME_TIME: scope.since, _UNTIL: scope.until}


def without_a_day(campaign: Campaign) -> int:
    """Posts of the campaign that were written and never planned."""
    planned = Delivery.objects.filter(post=OuterRef("pk"), purpose=Purpose.POST).exclude(state="cancelled")
    return Post.objects.filter(~Exists(planned), campaign=campaign, deleted_at=None).count()


@dataclass(frozen=True, slots=True)
class Best:
    title: str
    interactions: int


def best_post(workspace: Workspace, scope: Scope) -> Best | None:
    """That with the most interactions at seven days; the earlier one of equals."""
    rows = _best(campaign_of(scope) is not None).rows(_values(workspace, scope))
    return next((Best(name or pgettext("post", "Untitled"), count) for count, name in rows), None)


@cache
def _best(of_a_campaign: bool) -> KeptQuery[Mark]:
    """The mark by itself first: its post is found for one of them only."""
    order = ("-interactions", "published_at", "pk")
    first = Mark.objects.filter(
        Q(campaign=ANOTHER_ID) if of_a_campaign else Q(published_at__gte=SOME_TIME, published_at__lt=_UNTIL),
        channel__workspace=SOME_ID,
        age_days=AGE_DAYS,
        interactions__gt=0,
    ).order_by(*order)
    rows = Mark.objects.filter(pk__in=first.values("pk")[:1])
    return KeptQuery(lambda: rows.values_list("interactions", "series__delivery__post__name"))


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


def campaigns_to_report(workspace: Workspace, also: Campaign | None) -> list[Campaign]:
    """Those that have begun, the latest dozen first; and the one that is looked at, whatever it is."""
    found = _begun.records({SOME_ID: workspace.pk, SOME_DAY: workspace.today()})
    return found if also is None or also in found else [also, *found]


_begun = KeptQuery(
    lambda: Campaign.objects.filter(workspace=SOME_ID, retired_at=None, first_day__lte=SOME_DAY).order_by(
        "-first_day", "-pk"
    )[:12]
)


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
