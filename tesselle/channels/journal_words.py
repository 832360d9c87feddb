"""What this folder's verbs are called in the journal."""

from collections.abc import Collection, Mapping

from tesselle.channels.models import Channel
from tesselle.domain.messages import N_
from tesselle.journal.words import Subject, tell_subject, tell_verbs

VERBS = {
    "channel.connected": N_("Connected the channel %(handle)s"),
    "channel.reconnected": N_("Reconnected the channel %(handle)s"),
    "channel.paused": N_("Paused the channel %(handle)s"),
    "channel.resumed": N_("Resumed the channel %(handle)s"),
    "channel.disconnected": N_("Disconnected the channel %(handle)s"),
    "channel.tested": N_("Tested the channel"),
    "channel.taken_back": N_("Took the channel %(handle)s back"),
    "channel.blocked": N_("The channel %(handle)s is blocked"),
    "channel.unblocked": N_("The channel %(handle)s is free again"),
    "network_app.kept": N_("Set up the application of this installation at %(network)s"),
    "network_app.changed": N_("Changed the application of this installation at %(network)s"),
    "network_app.forgotten": N_("Took the application of this installation at %(network)s away"),
    "network.switched_on": N_("Switched %(network)s on for this installation"),
    "network.switched_off": N_("Switched %(network)s off for this installation"),
    "channel.settings_changed": N_("Changed the settings of the channel %(handle)s"),
}


def tell() -> None:
    tell_verbs(VERBS)
    tell_subject(Subject("channel", N_("Channel"), "channels:detail", _names))
    tell_subject(Subject("network", N_("Network")))


def _names(ids: Collection[int]) -> Mapping[int, str]:
    return {row.pk: str(row) for row in Channel.objects.filter(pk__in=ids, removed_at=None)}
