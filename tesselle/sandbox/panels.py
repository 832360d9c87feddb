"""What practice worlds show on other folders' pages."""

from django.http import HttpRequest
from django.urls import reverse

from tesselle.channels.models import Channel
from tesselle.ledger.models import Delivery, Purpose
from tesselle.networks import card, cards
from tesselle.sandbox.accounts import simulated_people
from tesselle.sandbox.badday.pages import marks
from tesselle.sandbox.clock.pages import bar
from tesselle.sandbox.clock.selectors import latest_run
from tesselle.sandbox.scenarios.catalogue import SCENARIOS
from tesselle.sandbox.scenarios.measuring import run_of
from tesselle.web.panels import Content
from tesselle.workspaces.models import Member, Workspace

OUT = frozenset({"live", "sent", "partial"})


def simulated_accounts(request: HttpRequest, *, workspace: Workspace, network: str = "") -> Content | None:
    if not workspace.is_practice:
        return None
    offered = [card(network)] if network else list(cards())
    return Content("sandbox/_simulated_accounts.html", {"networks": offered})


def clock_bar(request: HttpRequest) -> Content | None:
    """What moves is read when the page is there; what goes wrong is told with the page."""
    member: Member | None = getattr(request, "member", None)
    if member is None or not member.workspace.is_practice:
        return None
    wrong = marks(member.workspace)
    if request.resolver_match is not None and request.resolver_match.view_name == "sandbox:clock":
        return Content(
            "sandbox/_clock_bar.html", {"clock": bar(member, latest_run(member.workspace)), "marks": wrong}
        )
    return Content("sandbox/_clock_bar.html", {"clock": bar(member), "marks": wrong, "asks": True})


def new_token(request: HttpRequest, *, workspace: Workspace, channel_id: int) -> Content | None:
    return Content("sandbox/_new_token.html", {"channel_id": channel_id}) if workspace.is_practice else None


def network_page(request: HttpRequest, *, workspace: Workspace, network: str, address: str) -> Content | None:
    """In a practice world the network's page is drawn here: no browser finds a make-believe server."""
    if not workspace.is_practice:
        return None
    people = simulated_people(workspace=workspace, network=network)
    return Content(
        "sandbox/_network_page.html", {"people": people, "address": address, "network": card(network)}
    )


def audience_of_channel(request: HttpRequest, *, channel: Channel) -> Content | None:
    if not channel.workspace.is_practice:
        return None
    return Content("sandbox/_see_audience.html", {"channel": channel})


def simulated_page(delivery: Delivery) -> str:
    """Where "see it on the network" leads in a practice world."""
    if delivery.purpose != Purpose.POST or delivery.state not in OUT:
        return ""
    return reverse("sandbox:shown_post", args=[delivery.channel_id, delivery.pk])


def practice_address(request: HttpRequest) -> str:
    """For the navigation: nothing in a real workspace."""
    member: Member | None = getattr(request, "member", None)
    return reverse("sandbox:practice") if member is not None and member.workspace.is_practice else ""


def scenario_hint(request: HttpRequest) -> Content | None:
    """On the first page: the scenario that is played, or that there are some."""
    member: Member | None = getattr(request, "member", None)
    if member is None or not member.workspace.is_practice:
        return None
    run = run_of(member.workspace)
    known = SCENARIOS.get(run.scenario) if run is not None else None
    return Content("sandbox/_scenario_hint.html", {"title": known.title if known else ""})
