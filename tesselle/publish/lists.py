"""A channel that goes to subscribers has a list: made when it is connected, named as it is."""

from typing import Any

from tesselle.audience.services import ensure_list
from tesselle.channels.models import Channel
from tesselle.channels.signals import channel_changed
from tesselle.connectors.card import Ability
from tesselle.networks import card


def listen() -> None:
    channel_changed.connect(_have_a_list, dispatch_uid="publish.lists")


def _have_a_list(channel: Channel, verb: str, **_: Any) -> None:
    connected = verb in {"channel.connected", "channel.reconnected"}
    if connected and Ability.SUBSCRIBERS in card(channel.network).abilities:
        ensure_list(
            workspace=channel.workspace,
            key=channel.remote_id,
            name=channel.display_name or channel.handle,
            sender=channel.handle,
            language=channel.workspace.language,
        )
