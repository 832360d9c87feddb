"""Among the drafts: posts from pictures that somebody has begun, as what they type in the composer is."""

from django.http import HttpRequest

from tesselle.plan.pictures.keeping import KEPT_FOR, begun_by
from tesselle.web.panels import Content
from tesselle.workspaces.models import Member


def begun_on_pictures(request: HttpRequest, *, member: Member) -> Content | None:
    begun = begun_by(member)
    if not begun:
        return None
    context = {"begun_earlier": begun, "kept_days": KEPT_FOR.days, "on_drafts": True}
    return Content("plan/pictures/_begun.html", context)
