"""How often links were followed, by channel, post, pillar and campaign."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.db.models import Max, Q, Sum

from tesselle.links.addresses import mark_of
from tesselle.links.models import Link, LinkDay
from tesselle.strategy.models import Campaign
from tesselle.web.kept_query import SOME_DAY, SOME_ID, KeptQuery
from tesselle.workspaces.models import Workspace


@dataclass(frozen=True, slots=True)
class Followed:
    """`filtered`: by machines, not among the visits."""

    visits: int
    filtered: int


def _days(workspace: Workspace, first: date, last: date) -> Q:
    return Q(link__workspace=workspace, day__gte=first, day__lte=last)


def total(workspace: Workspace, first: date, last: date) -> Followed | None:
    """None while there is no link at all: nothing is counted then, which is not zero."""
    if not Link.objects.filter(workspace=workspace).exists():
        return None
    found = LinkDay.objects.filter(_days(workspace, first, last)).aggregate(
        v=Sum("visits"), f=Sum("filtered")
    )
    return Followed(found["v"] or 0, found["f"] or 0)


def by_channel(workspace: Workspace, first: date, last: date) -> Mapping[int | None, int]:
    """Visits; channel None: a link that names none, or one made by hand."""
    rows = (
        LinkDay.objects.filter(_days(workspace, first, last)).values("channel_id").annotate(n=Sum("visits"))
    )
    return {row["channel_id"]: row["n"] for row in rows if row["n"]}


def by_day(workspace: Workspace, first: date, last: date) -> list[tuple[date, int]]:
    rows = LinkDay.objects.filter(_days(workspace, first, last)).values("day").annotate(n=Sum("visits"))
    return [(row["day"], row["n"]) for row in rows.order_by("day")]


def by_aim(workspace: Workspace, kind: str, first: date, last: date) -> Mapping[int, int]:
    """`kind`: pillar or campaign; visits that came from posts of each."""
    rows = _by_aim(kind).rows({SOME_ID: workspace.pk, SOME_DAY: first, _LAST: last})
    return {aim: int(count) for aim, count in rows}


_LAST = SOME_DAY + timedelta(days=1)


@cache
def _by_aim(kind: str) -> KeptQuery[LinkDay]:
    return KeptQuery(
        lambda: (
            LinkDay.objects.filter(
                link__workspace=SOME_ID,
                day__gte=SOME_DAY,
                day__lte=_LAST,
                **{f"link__post__{kind}__isnull": False},
            )
            .order_by()
            .values(f"link__post__{kind}_id")
            .annotate(n=Sum("visits"))
            .values_list(f"link__post__{kind}_id", "n")
        )
    )


def by_post(workspace: Workspace, first: date, last: date) -> Mapping[int, int]:
    """Visits that came from each post, of those that carry a link."""
    rows = (
        LinkDay.objects.filter(_days(workspace, first, last), link__post__isnull=False)
        .values("link__post_id")
        .annotate(n=Sum("visits"))
    )
    return {row["link__post_id"]: row["n"] for row in rows if row["n"]}


def of_campaign(campaign: Campaign) -> int | None:
    """Visits through links of its posts, and through those made by hand that carry its mark; None: none
    of its posts has a link, so that nothing is counted, which is not zero."""
    mark = mark_of(campaign.name)
    by_hand = Link.objects.filter(workspace=campaign.workspace, post=None).exclude(label="")
    same = [pk for pk, label in by_hand.values_list("pk", "label") if mark and mark_of(label) == mark]
    its_own = Link.objects.filter(Q(post__campaign=campaign) | Q(pk__in=same), workspace=campaign.workspace)
    if not its_own.exists():
        return None
    return LinkDay.objects.filter(link__in=its_own).aggregate(n=Sum("visits"))["n"] or 0


def of_post(post_id: int) -> Mapping[int | None, int] | None:
    """By channel; None for a post without a short link."""
    if not _any_of_post.rows({SOME_ID: post_id}):
        return None
    rows = LinkDay.objects.filter(link__post=post_id).values("channel_id").annotate(n=Sum("visits"))
    return {row["channel_id"]: row["n"] for row in rows}


_any_of_post = KeptQuery(
    lambda: Link.objects.filter(post=SOME_ID).values_list("pk")[:1], is_planned_once=True
)


def newest(workspace: Workspace, most: int) -> Sequence[Link]:
    """Those that stand in a post, were made by hand or were followed; with their visits in `visits`."""
    return list(
        Link.objects.filter(workspace=workspace)
        .annotate(visits=Sum("days__visits"), filtered=Sum("days__filtered"), last=Max("days__day"))
        .exclude(post=None, label="", visits=None)
        .select_related("post")
        .order_by("-made_at", "-pk")[:most]
    )
