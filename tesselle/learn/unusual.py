"""What is out of the ordinary, in plain words, with how often chance alone does it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tesselle.learn.models import Prediction
from tesselle.ledger.models import Delivery, Purpose
from tesselle.strategy.models import Campaign
from tesselle.web.dates import written
from tesselle.web.kept_query import SOME_DAY, SOME_ID, KeptQuery
from tesselle.web.panels import Content
from tesselle.workspaces.models import Workspace

RARE = 0.01
"""As in `insights.anomalies`, which pages do not import; a test holds them together."""

FALSE_ALARM_POSTS = 465
LOOKED_BACK = timedelta(days=35)
NEAR = timedelta(days=10)
PAUSE = timedelta(days=14)
MOST = 5


@dataclass(frozen=True, slots=True)
class Unusual:
    text: str
    url: str
    name: str


def unusual_panel(_request: HttpRequest, *, workspace: Workspace) -> Content | None:
    found = list(unusual(workspace))
    return Content("learn/_unusual.html", {"found": found[:MOST]}) if found else None


def unusual(workspace: Workspace) -> Iterator[Unusual]:
    """Changes of level first, then single posts, the newest first."""
    since = (workspace.now() - LOOKED_BACK).date()
    found = _recent.records({SOME_ID: workspace.pk, SOME_DAY: since})
    for one in found:
        if one.is_level_change:
            yield _level(workspace, one)
    for one in found:
        if one.rank is not None and (one.rank < RARE / 2 or one.rank > 1 - RARE / 2):
            yield _post(one)


_recent = KeptQuery(
    lambda: (
        Prediction.objects.filter(
            Q(is_level_change=True) | Q(rank__lt=RARE / 2) | Q(rank__gt=1 - RARE / 2),
            workspace_id=SOME_ID,
            kind=Prediction.Kind.POST,
            due_on__gte=SOME_DAY,
            rank__isnull=False,
        )
        .select_related("delivery__post", "channel")
        .order_by("-due_on", "-pk")
    )
)


def _name(one: Prediction) -> str:
    post = one.delivery.post if one.delivery is not None else None
    return (post.name if post is not None else "") or pgettext("post", "Untitled")


def _url(one: Prediction) -> str:
    return reverse("publish:delivery", args=[one.delivery_id]) if one.delivery_id else ""


def _post(one: Prediction) -> Unusual:
    values = {
        "count": round(one.outcome or 0),
        "low": round(one.low),
        "high": round(one.high),
        "post": _name(one),
        "channel": one.channel.named if one.channel else "",
    }
    more = _(
        "“%(post)s” on %(channel)s brought %(count)s interactions, far more than the %(low)s to %(high)s that "
        "were to be expected. About 1 post in 100 does so by chance: repeat it three times before you make it a rule."
    )
    less = _(
        "“%(post)s” on %(channel)s brought %(count)s interactions, far fewer than the %(low)s to %(high)s that "
        "were to be expected. About 1 post in 100 does so by chance."
    )
    return Unusual((more if (one.rank or 0.0) > 0.5 else less) % values, _url(one), _name(one))


def _level(workspace: Workspace, one: Prediction) -> Unusual:
    values = {
        "channel": one.channel.named if one.channel else "",
        "day": _day(one.due_on),
        "posts": FALSE_ALARM_POSTS,
    }
    if (one.rank or 0.0) > 0.5:
        text = _(
            "Since about %(day)s posts on %(channel)s bring in more than before. "
            "Such an alarm is false about once in %(posts)s posts."
        )
    else:
        text = _(
            "Since about %(day)s posts on %(channel)s bring in less than before. "
            "Such an alarm is false about once in %(posts)s posts."
        )
    causes = list(_candidates(workspace, one))
    told = (
        _("Look at what happened then: %(causes)s.") % {"causes": "; ".join(causes)}
        if causes
        else _("Nothing we know of happened then: look whether the network changed something.")
    )
    return Unusual(f"{text % values} {told}", _url(one), _name(one))


def _candidates(workspace: Workspace, one: Prediction) -> Iterator[str]:
    """Dated things near the change; none of them is claimed to be the cause."""
    first, last = one.due_on - NEAR, one.due_on + NEAR
    for campaign in Campaign.objects.filter(workspace=workspace, first_day__gte=first, first_day__lte=last):
        yield _("the campaign “%(name)s” began on %(day)s") % {
            "name": campaign.name,
            "day": _day(campaign.first_day),
        }
    dates = list(
        Delivery.objects.filter(
            channel=one.channel,
            purpose=Purpose.POST,
            live_at__date__gte=first - PAUSE,
            live_at__date__lte=last,
        )
        .order_by("live_at")
        .values_list("live_at", flat=True)
    )
    for before, after in pairwise(dates):
        if before is not None and after is not None and after - before >= PAUSE:
            yield _("no post for %(days)s days before %(day)s") % {
                "days": (after - before).days,
                "day": _day(after.date()),
            }


def _day(day: date) -> str:
    return written(day, pgettext("date format", "j F"))
