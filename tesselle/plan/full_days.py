"""Beside the planning of a post: that its network takes no more on that day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest

from tesselle.compose.desk import Desk
from tesselle.ledger.models import Purpose
from tesselle.ledger.services.calls import calls_of
from tesselle.plan import when
from tesselle.plan.allowances import beyond, daily_limit
from tesselle.plan.calendar.reading import stretch_between
from tesselle.plan.selectors import channels, midnight
from tesselle.plan.spent import spent
from tesselle.plan.standing import left_already, own_post
from tesselle.web.panels import Content
from tesselle.workspaces.models import Workspace


@dataclass(frozen=True, slots=True)
class FullDay:
    day: date
    text: str


def full_days(request: HttpRequest, desk: Desk) -> list[FullDay]:
    """The days on which this post would be more than its networks take, were it planned as the form says."""
    workspace, own = desk.workspace, own_post(request.POST, desk)
    limited = {place.channel.pk: place for place in desk.chosen if daily_limit(place.card.slug)}
    if not limited:
        return []
    instants = when.instants(when.asked(request, desk), desk, list(limited))
    days = {pk: at.astimezone(workspace.tz).date() for pk, at in instants.items()}
    gone = left_already(desk, own)
    calls = _standing(workspace, set(days.values()), own, gone)
    for pk, place in limited.items():
        if pk not in gone:
            calls[days[pk], pk] += calls_of(place.channel, Purpose.POST, desk.content(pk))
    known = channels(workspace)
    found = beyond(known, calls, spent(workspace, known, days.values()))
    return [
        FullDay(one.day, one.text) for one in found if any(days.get(pk) == one.day for pk in one.channels)
    ]


def _standing(
    workspace: Workspace, days: Iterable[date], own: int, gone: frozenset[int]
) -> Counter[tuple[date, int]]:
    """What is planned on those days, without what planning this post anew calls off."""
    found: Counter[tuple[date, int]] = Counter()
    for day in days:
        end = midnight(day + timedelta(days=1), workspace.tz)
        for outing in stretch_between(workspace, midnight(day, workspace.tz), end).outings:
            for going in outing.to_come:
                if going.post_id != own or not own or going.channel_id in gone:
                    found[day, going.channel_id] += going.calls
    return found


def full_days_of_post(request: HttpRequest, *, desk: Desk) -> Content:
    return Content("plan/_full_days.html", {"full_days": full_days(request, desk)})


def full_days_again(request: HttpRequest, *, desk: Desk) -> Content:
    """In the answer to each change of the text or the time: a longer thread takes more."""
    return Content("plan/_full_days.html", {"full_days": full_days(request, desk), "is_again": True})
