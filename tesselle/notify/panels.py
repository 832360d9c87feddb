"""The bell on every page, and the way to one's wishes in the account."""

from django.db.models import OuterRef
from django.http import HttpRequest

from tesselle.notify.models import Notice
from tesselle.web.panels import Content
from tesselle.workspaces import facts
from tesselle.workspaces.models import Member


def tell_counts() -> None:
    """Register how many notices this person has not read."""
    facts.register(
        "notify.unread",
        lambda: facts.number(
            Notice.objects.filter(user=facts.SOME_PERSON, workspace=OuterRef("pk"), read_at=None)
        ),
    )


def bell(request: HttpRequest) -> Content | None:
    member: Member | None = getattr(request, "member", None)
    if member is None:
        return None
    return Content(
        "notify/bell.html", {"count": facts.of(request)["notify.unread"], "user_id": member.user_id}
    )


def account_way(_request: HttpRequest) -> Content:
    return Content("notify/account_way.html")
