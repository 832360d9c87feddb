"""Whether comments are looked for on a channel whose network bills reading them."""

from django.db import transaction

from tesselle.channels.models import Channel
from tesselle.engage.models import Listening
from tesselle.journal.services import record
from tesselle.workspaces.models import User


def listens(channel: Channel) -> bool:
    return Listening.objects.filter(channel=channel).exists()


@transaction.atomic
def switch(channel: Channel, *, on: bool, by: User) -> None:
    """As often as wanted; only what changes is told to the journal."""
    if on:
        _, changed = Listening.objects.get_or_create(channel=channel)
    else:
        changed = bool(Listening.objects.filter(channel=channel).delete()[0])
    if changed:
        record(
            "comments.listened_to" if on else "comments.not_listened_to",
            workspace_id=channel.workspace_id,
            actor_id=by.pk,
            actor_name=str(by),
            subject_kind="channel",
            subject_id=channel.pk,
        )
