"""What the composer asks about a post's aims."""

from django.http import HttpRequest

from tesselle.strategy.aim import Aim
from tesselle.strategy.numbers import in_words
from tesselle.strategy.selectors import offered
from tesselle.web.panels import Content
from tesselle.workspaces.models import Workspace


def aims_of_post(_request: HttpRequest, *, workspace: Workspace, aim: Aim) -> Content:
    """Pillar, campaign and objective to choose; where there are none yet, the way to them."""
    found = offered(workspace, aim)
    chosen = next((one for one in found.objectives if one.pk == aim.objective), None)
    figure = in_words(chosen) if chosen is not None else ""
    return Content("strategy/_aims.html", {"offered": found, "aim": aim, "chosen_figure": figure})
