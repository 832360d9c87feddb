"""The grid on a channel's page, and beside what is being written for it."""

from typing import Any

from django.http import HttpRequest

from tesselle.channels.models import Channel
from tesselle.compose.desk import Desk
from tesselle.domain.content import FORMAT
from tesselle.plan import when
from tesselle.plan.grid.reading import grid_of, squares, with_new
from tesselle.web.panels import Content
from tesselle.workspaces.access import Right, may
from tesselle.workspaces.models import Member


def profile_grid(request: HttpRequest, *, channel: Channel) -> Content | None:
    """Where two that are planned can exchange their times."""
    grid = grid_of(channel)
    if grid is None:
        return None
    member = getattr(request, "member", None)
    shown = squares(channel, grid)
    planned = [one.id for one in shown if one.is_planned]
    context: dict[str, Any] = {
        "channel": channel,
        "grid": grid,
        "squares": [(one, _next(planned, one.id)) for one in shown],
        "may_exchange": member is not None and may(member, Right.PLAN) and len(planned) > 1,
        "zone": channel.workspace.tz,
    }
    return Content("plan/_grid_of_profile.html", context)


def _next(planned: list[int], pk: int) -> int:
    """The planned one that goes out before it; 0 for none."""
    if pk not in planned or planned.index(pk) + 1 == len(planned):
        return 0
    return planned[planned.index(pk) + 1]


def grid_in_composer(request: HttpRequest, *, desk: Desk, channel_id: int) -> Content | None:
    """With what is being written in its place."""
    member: Member | None = getattr(request, "member", None)
    channel = desk.places[channel_id].channel
    grid, words = grid_of(channel), desk.draft.words(channel_id)
    if member is None or grid is None or desk.options(channel_id).get(FORMAT, "") in grid.without:
        return None
    standing = desk.post.deliveries.filter(channel=channel).values_list("id", flat=True) if desk.post else ()
    own = set(standing)
    shown = [one for one in squares(channel, grid) if one.id not in own]
    at = when.instants(when.asked(request, desk), desk, [channel_id])[channel_id]
    thumb = next(iter(words.media), 0)
    context = {
        "channel": channel,
        "grid": grid,
        "squares": [(one, 0) for one in with_new(shown, at, words.text[:80], thumb)],
        "zone": channel.workspace.tz,
        "is_composer": True,
    }
    return Content("plan/_grid_of_profile.html", context)
