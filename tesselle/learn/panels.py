"""What the figures' overview tells of findings: the surest one, and where the others are."""

from django.http import HttpRequest

from tesselle.learn import words
from tesselle.learn.goal_pages import shown_outlook
from tesselle.learn.selectors import latest_done
from tesselle.strategy.models import Objective
from tesselle.web.panels import Content
from tesselle.workspaces.models import Workspace


def in_short(_request: HttpRequest, *, workspace: Workspace) -> Content | None:
    run = latest_done(workspace)
    if run is None:
        return Content("learn/_in_short.html", {})
    sure = next((one for one in run.findings.all() if not one.is_idea and not one.twin_factor), None)
    if sure is None:
        return Content("learn/_in_short.html", {"is_empty": True})
    word, chances = words.CERTAINTIES[sure.certainty]
    return Content(
        "learn/_in_short.html", {"claim": words.claim(sure), "certainty": word, "chances": chances}
    )


def outlook_of_objective(_request: HttpRequest, *, objective: Objective) -> Content | None:
    found = shown_outlook(objective)
    return None if found is None else Content("learn/_outlook.html", {"outlook": found})
