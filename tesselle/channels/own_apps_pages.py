"""What the operator's pages read of an application."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.text import get_text_list
from django.utils.translation import gettext

from tesselle.channels.models import NetworkApp, SwitchedOn
from tesselle.channels.own_apps import needing_an_app
from tesselle.channels.pages import kind_name
from tesselle.channels.switches import with_a_switch
from tesselle.connectors.card import Network, SignIn
from tesselle.networks import card
from tesselle.web.panels import Content


@dataclass(frozen=True, slots=True)
class AppShown:
    """An application that the operator registers with a network."""

    network: str
    network_name: str
    way: str
    label: str
    kinds: tuple[str, ...]
    before: tuple[str, ...]
    steps: tuple[str, ...]
    is_kept: bool
    client_id: str


def apps_card(_request: HttpRequest) -> Content | None:
    """On the installation's page, the operator's: which networks want an application, how many have one."""
    asking = {network: card(network).name for network, _ in needing_an_app()}
    if not asking:
        return None
    kept = NetworkApp.objects.filter(network__in=asking, server="").values("network").distinct().count()
    names = get_text_list(list(asking.values()), gettext("and"))
    return Content("channels/_apps_card.html", {"kept": kept, "names": names})


@dataclass(frozen=True, slots=True)
class SwitchShown:
    """A network that ships switched off, and why."""

    network: str
    network_name: str
    reasons: tuple[str, ...]
    is_on: bool


def switches_shown() -> list[SwitchShown]:
    on = set(SwitchedOn.objects.values_list("network", flat=True))
    return [
        SwitchShown(one.slug, one.name, tuple(gettext(why) for why in one.shipped_off), one.slug in on)
        for one in with_a_switch()
    ]


def app_shown(network: Network, way: SignIn, kept: NetworkApp | None) -> AppShown:
    return AppShown(
        network=network.slug,
        network_name=network.name,
        way=way.slug,
        label=gettext(way.label),
        kinds=tuple(kind_name(network.slug, kind) for kind in way.account_kinds),
        before=tuple(gettext(sentence) for sentence in network.before_connecting),
        steps=tuple(gettext(sentence) for sentence in way.app_steps),
        is_kept=kept is not None,
        client_id=kept.client_id if kept else "",
    )
