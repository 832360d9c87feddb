"""The bell on every page, and the way to one's wishes in the account."""

from django.http import HttpRequest

from tesselle.notify.services import unread
from tesselle.web.panels import Content
from tesselle.workspaces.models import Member


def bell(request: HttpRequest) -> Content | None:
    member: Member | None = getattr(request, "member", None)
    if member is None:
        return None
    return Content(
        "notify/bell.html", {"count": unread(member.user, member.workspace), "user_id": member.user_id}
    )


def account_way(_request: HttpRequest) -> Content:
    return Content("notify/account_way.html")
