"""The calendar's one address: every view and filter stands in it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from tesselle.compose.selectors import drafts
from tesselle.plan import pages, selectors
from tesselle.plan.calendar.asked import read
from tesselle.plan.calendar.page import calendar_page
from tesselle.plan.calendar.shown import Shown, read_shown
from tesselle.web.htmx import show
from tesselle.workspaces.access import member_of, runs_installation
from tesselle.workspaces.models import Member


@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    return calendar_at(request, member_of(request), request.GET)


def calendar_at(request: HttpRequest, member: Member, data: Mapping[str, str]) -> HttpResponse:
    workspace = member.workspace
    asked = read(data, workspace.now().astimezone(workspace.tz).date())
    channels = selectors.channels(workspace)
    shown = read_shown(member, asked, channels)
    page = calendar_page(shown)
    context: dict[str, Any] = {
        "page": page,
        "drafts": drafts(workspace).count() if page.is_empty else 0,
        "has_channels": any(not channel.is_removed for channel in channels.values()),
    }
    response = show(request, "plan/calendar.html", "plan/_calendar.html", context | _attention(member, shown))
    if data.get("since") and asked.day.isoformat() != data.get("date"):
        # It went along with the clock: whoever reads the page anew stays where it is now.
        response.headers["HX-Replace-Url"] = asked.address
    return response


def _attention(member: Member, shown: Shown) -> dict[str, Any]:
    waiting = selectors.waiting_for_you(member.workspace)
    held = selectors.held(member.workspace) if shown.setting.is_held else None
    return {
        "waiting": waiting,
        "waiting_lines": pages.lines(member.workspace, waiting.first, shown.channels),
        "held": pages.held_note(held),
        "may_release": held is not None and runs_installation(member.user),
    }
