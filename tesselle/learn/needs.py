"""For “what needs you”: objectives that are unlikely to be reached."""

from collections.abc import Sequence

from django.db.models import OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tesselle.learn.goal_pages import in_danger, shown_outlook
from tesselle.web.needs import Act, Need
from tesselle.workspaces import facts
from tesselle.workspaces.access import Right, may


def tell_count() -> None:
    """Register how many objectives are in danger."""
    facts.register("learn.goals", lambda: facts.number(in_danger(OuterRef("pk")), by="objective__workspace"))


def count(request: HttpRequest) -> int:
    return facts.of(request)["learn.goals"]


def goals(request: HttpRequest) -> Sequence[Need]:
    member = getattr(request, "member", None)
    if member is None or not count(request):
        return []
    found = []
    for outlook in in_danger(member.workspace_id).select_related("objective__channel"):
        shown = shown_outlook(outlook.objective)
        if shown is None:
            continue
        seen = Act(_("I know"), reverse("learn:goal_seen", args=[outlook.objective_id]), icon="check")
        found.append(
            Need(
                key=f"goal-{outlook.objective_id}",
                tone="attention",
                icon="star",
                word=pgettext("goal", "Badly begun"),
                title=outlook.objective.sentence,
                happened=shown.says,
                means=" ".join(shown.lines) or _("As things go, the goal will probably not be reached."),
                todo=_("Change what you do, move the goal, or say that you know."),
                url=shown.url,
                acts=(seen,) if may(member, Right.PLAN) else (),
            )
        )
    return found
