"""A channel whose network fetches media itself: whether it can, on its page and in its self-test."""

from collections.abc import Iterable

from asgiref.sync import async_to_sync
from django.http import HttpRequest

from tesselle.channels.models import Channel
from tesselle.connectors.protocols import SelfCheck
from tesselle.connectors.registry import World, conversation
from tesselle.domain.messages import N_, Message
from tesselle.library import standing
from tesselle.library.reachability import Reached, reach
from tesselle.networks import card
from tesselle.web.panels import Content
from tesselle.workspaces.models import Workspace


def can_fetch(channel: Channel) -> Iterable[SelfCheck]:
    """Our own picture is fetched through the guarded transport, and what came of it is kept for everybody."""
    if not card(channel.network).fetches_media:
        return []
    if channel.workspace.is_practice:
        return [SelfCheck("media", "good", Message(PRACTICE))]
    known = standing.standing()
    if known.state != "hidden":
        standing.keep(async_to_sync(_ask)())
        known = standing.standing()
    return [SelfCheck("media", "good" if known.state == "good" else "bad", known.message, known.cure)]


async def _ask() -> Reached:
    async with conversation(World("real")) as transport:
        return await reach(transport)


def panel_of_channel(_request: HttpRequest, *, channel: Channel) -> Content | None:
    return _panel(channel.workspace, channel.network)


def panel_before_connecting(
    _request: HttpRequest, *, workspace: Workspace, network: str = ""
) -> Content | None:
    """Said before one begins to connect, where it would stop every picture; nothing while all is well."""
    panel = _panel(workspace, network) if network else None
    return panel if panel is not None and panel.context["known"].state in ("hidden", "bad") else None


def _panel(workspace: Workspace, network: str) -> Content | None:
    known_card = card(network)
    if not known_card.fetches_media or workspace.is_practice:
        return None
    return Content("compose/_reaching.html", {"known": standing.standing(), "name": known_card.name})


PRACTICE = N_(
    "Simulated networks take pictures and films from here themselves. In earnest this is where you see whether the "
    "network can fetch them from this installation’s address."
)
