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
    "channel.settings_changed": N_("Changed the settings of the channel %(handle)s"),
}


def tell() -> None:
    tell_verbs(VERBS)
    tell_subject(Subject("channel", N_("Channel"), "channels:detail", _names))


def _names(ids: Collection[int]) -> Mapping[int, str]:
    return {row.pk: str(row) for row in Channel.objects.filter(pk__in=ids, removed_at=None)}
