"""What the connection wizard shows in a practice workspace."""

from django.http import HttpRequest

from tesselle.networks import card, cards
from tesselle.web.panels import Content
from tesselle.workspaces.models import Workspace


def simulated_accounts(request: HttpRequest, *, workspace: Workspace, network: str = "") -> Content | None:
    if not workspace.is_practice:
        return None
    offered = [card(network)] if network else list(cards())
    return Content("sandbox/_simulated_accounts.html", {"networks": offered})
