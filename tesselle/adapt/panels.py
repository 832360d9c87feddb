"""What the page of findings tells of suggestions."""

from django.http import HttpRequest

from tesselle.adapt.pages import open_suggestions
from tesselle.learn.models import Run
from tesselle.web.panels import Content
from tesselle.workspaces.access import Right, may, member_of


def suggestions(request: HttpRequest, *, run: Run) -> Content:
    member = member_of(request)
    return Content(
        "adapt/_suggestions.html",
        {"suggestions": open_suggestions(run.workspace), "may_plan": may(member, Right.PLAN)},
    )
