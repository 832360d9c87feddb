"""What the connection wizard shows in a practice workspace."""

from django.http import HttpRequest

from tesselle.networks import card, cards
from tesselle.sandbox.accounts import simulated_people
from tesselle.sandbox.clock.pages import bar
from tesselle.sandbox.clock.selectors import latest_run
from tesselle.web.panels import Content
from tesselle.workspaces.models import Member, Workspace


def simulated_accounts(request: HttpRequest, *, workspace: Workspace, network: str = "") -> Content | None:
    if not workspace.is_practice:
        return None
    offered = [card(network)] if network else list(cards())
    return Content("sandbox/_simulated_accounts.html", {"networks": offered})


def clock_bar(request: HttpRequest) -> Content | None:
    """Asks the database nothing on other pages than its own: what moves is read when the page is there."""
    member: Member | None = getattr(request, "member", None)
    if member is None or not member.workspace.is_practice:
        return None
    if request.resolver_match is not None and request.resolver_match.view_name == "sandbox:clock":
        return Content("sandbox/_clock_bar.html", {"clock": bar(member, latest_run(member.workspace))})
    return Content("sandbox/_clock_bar.html", {"clock": bar(member), "asks": True})


def network_page(request: HttpRequest, *, workspace: Workspace, network: str, address: str) -> Content | None:
    """In a practice world the network's page is drawn here: no browser finds a make-believe server."""
    if not workspace.is_practice:
        return None
    people = simulated_people(workspace=workspace, network=network)
    return Content(
        "sandbox/_network_page.html", {"people": people, "address": address, "network": card(network)}
    )
