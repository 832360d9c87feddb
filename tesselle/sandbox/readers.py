"""The made-up readers of a practice newsletter: without any there would be nothing to see."""

from typing import Any

from django.utils import timezone

from tesselle.audience.models import MailingList, Subscriber
from tesselle.channels.models import Channel
from tesselle.channels.signals import channel_changed
from tesselle.connectors.card import Ability
from tesselle.networks import card
from tesselle.workspaces.models import Workspace

NAMES = ("Ana Pittet", "Bastien Rey", "Chiara Monti", "David Favre", "Elif Kaya", "Fanny Roch", "Gil Meier")
NO_MAILBOX = "nobody.here"
"""One address has no mailbox: so that one sees what then happens."""


def listen() -> None:
    channel_changed.connect(_fill, dispatch_uid="sandbox.readers")


def _fill(channel: Channel, verb: str, **_: Any) -> None:
    if verb != "channel.connected" or Ability.SUBSCRIBERS not in card(channel.network).abilities:
        return
    if channel.workspace.world_kind != Workspace.WorldKind.PRACTICE:
        return
    mailing_list = MailingList.objects.filter(workspace=channel.workspace, key=channel.remote_id).first()
    if mailing_list is None or mailing_list.subscribers.exists():
        return
    now = timezone.now()
    people = {f"{name.replace(' ', '.').lower()}@example.org": name for name in NAMES}
    Subscriber.objects.bulk_create(
        Subscriber(
            mailing_list=mailing_list,
            address=address,
            name=name,
            state=Subscriber.State.CONFIRMED,
            way=Subscriber.Way.FORM,
            confirmed_at=now,
        )
        for address, name in {**people, f"{NO_MAILBOX}@example.org": ""}.items()
    )
