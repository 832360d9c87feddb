"""Networks that ship switched off: whoever runs the installation reads why, and switches them on.

Channels that are connected keep working when their network is switched off again.
"""

from django.db import transaction

from tesselle.channels.models import SwitchedOn
from tesselle.connectors.card import Network
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_, Message
from tesselle.journal.services import record
from tesselle.networks import card, cards
from tesselle.workspaces.models import User, Workspace


def with_a_switch() -> list[Network]:
    return [one for one in cards() if one.shipped_off]


def off_in(workspace: Workspace) -> frozenset[str]:
    """Those that cannot be connected there; a practice workspace has them all."""
    return frozenset() if workspace.is_practice else _off()


def _off() -> frozenset[str]:
    switched = set(SwitchedOn.objects.values_list("network", flat=True))
    return frozenset(one.slug for one in with_a_switch() if one.slug not in switched)


def need_on(workspace: Workspace, network: str) -> None:
    """Raises RuleError: it is switched off."""
    if network in off_in(workspace):
        raise RuleError(Message(IS_OFF, {"network": card(network).name}))


@transaction.atomic
def switch(network: Network, *, on: bool, by: User) -> None:
    """As often as wanted; only what changes is told to the journal."""
    if on:
        _, changed = SwitchedOn.objects.get_or_create(network=network.slug, defaults={"by_name": str(by)})
    else:
        changed = bool(SwitchedOn.objects.filter(network=network.slug).delete()[0])
    if changed:
        verb = "network.switched_on" if on else "network.switched_off"
        record(verb, actor_id=by.pk, actor_name=str(by), subject_kind="network", network=network.slug)


IS_OFF = N_(
    "%(network)s is switched off on this installation. Whoever runs it finds the reasons and the switch on the "
    "page “Network applications”."
)
