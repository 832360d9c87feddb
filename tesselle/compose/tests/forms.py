"""Channels and forms for the composer's tests."""

from typing import Any

from tesselle.channels.models import Channel
from tesselle.workspaces.models import Workspace


def channel_in(workspace: Workspace, network: str = "bluesky", handle: str = "carreaux") -> Channel:
    return Channel.objects.create(
        workspace=workspace,
        network=network,
        kind="account",
        remote_id=f"{network}:{handle}",
        server="https://social.example",
        handle=handle,
    )


def form(*channels: Channel, text: Any = "Zellige", **more: Any) -> dict[str, Any]:
    return {"revision": "0", "channels": [c.pk for c in channels], "shared-text": text, "do": "save", **more}
