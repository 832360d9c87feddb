"""Channels for a measurement: accounts opened in the served sandboxes, connected like any other."""

from typing import TYPE_CHECKING

from tesselle.ops.scratch import Scratch

if TYPE_CHECKING:
    from tesselle.channels.models import Channel
    from tesselle.workspaces.models import Workspace


def open_channels(scratch: Scratch, workspace: "Workspace", count: int) -> list["Channel"]:
    """Spread evenly over all networks there are."""
    from django.db.models.functions import Now

    from tesselle.channels.models import Channel
    from tesselle.channels.services import connect, try_connection
    from tesselle.networks import slugs

    names = slugs()
    wanted = [
        {"network": names[n % len(names)], "handle": f"mesure{n}", "name": f"Mesure {n}"}
        for n in range(count)
    ]
    opened = scratch.ask_sandbox("accounts", wanted)
    channels = []
    for wish, account in zip(wanted, opened, strict=True):
        identity = try_connection(workspace=workspace, network=wish["network"], answers=account["answers"])
        channels.append(connect(workspace=workspace, network=wish["network"], identity=identity, by=None))
    # They were connected long before: reading their past is no part of what is measured.
    Channel.objects.filter(workspace=workspace).update(history_read_at=Now())
    return channels
