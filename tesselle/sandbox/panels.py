"""What the connection wizard shows in a practice workspace."""

from django.http import HttpRequest

from tesselle.networks import card, cards
from tesselle.sandbox.accounts import simulated_people
from tesselle.web.panels import Content
from tesselle.workspaces.models import Workspace


def simulated_accounts(request: HttpRequest, *, workspace: Workspace, network: str = "") -> Content | None:
    if not workspace.is_practice:
        return None
    offered = [card(network)] if network else list(cards())
    return Content("sandbox/_simulated_accounts.html", {"networks": offered})


def network_page(request: HttpRequest, *, workspace: Workspace, network: str, address: str) -> Content | None:
    """In a practice world the network's page is drawn here: no browser finds a make-believe server."""
    if not workspace.is_practice:
        return None
    people = simulated_people(workspace=workspace, network=network)
    return Content(
        "sandbox/_network_page.html", {"people": people, "address": address, "network": card(network)}
    )
