"""What the composer asks about a post's aims."""

from django.http import HttpRequest

from tesselle.strategy.aim import Aim
from tesselle.strategy.selectors import offered
from tesselle.web.panels import Content
from tesselle.workspaces.models import Workspace


def aims_of_post(_request: HttpRequest, *, workspace: Workspace, aim: Aim) -> Content:
    """Pillar, campaign and objective to choose; where there are none yet, the way to them."""
    return Content("strategy/_aims.html", {"offered": offered(workspace, aim), "aim": aim})
