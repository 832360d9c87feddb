"""The company's profiles, as far as the channels of a workspace tell: complete, alike, alive."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db.models import Max

from tesselle.academy.presence.rules import Finding
from tesselle.academy.presence.site import Site
from tesselle.channels.models import Channel
from tesselle.domain.lifecycle import DeliveryState
from tesselle.ledger.models import Delivery, Purpose
from tesselle.measure.models import PastPost
from tesselle.networks import card
from tesselle.workspaces.models import Workspace

OUT = (DeliveryState.LIVE, DeliveryState.SENT)
SILENT_AFTER = timedelta(days=30)


def findings_of_profiles(workspace: Workspace, site: Site | None = None) -> list[Finding]:
    channels = list(Channel.objects.filter(workspace=workspace, removed_at=None).order_by("network", "pk"))
    found = {
        "name": _names(channels),
        "silent": _silent(channels, workspace.now()),
        "stopped": [_called(channel) for channel in channels if channel.blocked_reason],
        # The profiles of a practice workspace are nobody's.
        "unlinked": [] if site is None or workspace.is_practice else _unlinked(channels, site),
    }
    return [Finding(key, tuple(places)) for key, places in found.items() if places]


def _names(channels: Sequence[Channel]) -> list[str]:
    """Upper case and spaces apart, there should be one name; a handle is none."""
    named = [
        channel for channel in channels if channel.display_name.strip().lstrip("@") not in _handles(channel)
    ]
    if len({" ".join(channel.display_name.casefold().split()) for channel in named}) < 2:
        return []
    return [f"{card(channel.network).name} · {channel.display_name}" for channel in named]


def _handles(channel: Channel) -> tuple[str, ...]:
    return ("", channel.handle.lstrip("@"), channel.handle)


def _silent(channels: Sequence[Channel], now: datetime) -> list[str]:
    """What was made elsewhere counts as well. A channel connected a moment ago is given its month."""
    out = Delivery.objects.filter(channel__in=channels, purpose=Purpose.POST, state__in=OUT)
    latest: dict[int, datetime] = {}
    for rows, field in ((out, "due_at"), (PastPost.objects.filter(channel__in=channels), "posted_at")):
        for channel_id, instant in rows.values_list("channel").annotate(last=Max(field)):
            latest[channel_id] = max(instant, latest.get(channel_id, instant))
    return [
        _called(channel)
        for channel in channels
        if latest.get(channel.pk, channel.connected_at) < now - SILENT_AFTER
    ]


def _unlinked(channels: Sequence[Channel], site: Site) -> list[str]:
    hosts = {_host(channel.profile_url): _called(channel) for channel in channels if channel.profile_url}
    linked = {_host(link.url) for page in site.pages for link in page.links}
    return [] if linked & set(hosts) else list(hosts.values())


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _called(channel: Channel) -> str:
    return f"{card(channel.network).name} · {channel.handle}"
