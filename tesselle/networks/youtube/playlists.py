"""The channel's playlists, to choose from."""

from collections.abc import Mapping

from tesselle.connectors.card import Choice
from tesselle.connectors.protocols import Api
from tesselle.domain.messages import N_
from tesselle.networks.youtube.options import PLAYLIST
from tesselle.networks.youtube.wire import each

PRIVACY = {
    "private": N_("Private: only you see it."),
    "unlisted": N_("Unlisted: seen by whoever has its address."),
}


async def choices(option: str, chosen: Mapping[str, str], api: Api) -> tuple[Choice, ...]:
    if option != PLAYLIST:
        return ()
    found = [one async for one in each(api, "playlists", {"part": "snippet,status", "mine": "true"})]
    return tuple(
        Choice(str(one["id"]), str(one["snippet"]["title"]), PRIVACY.get(_privacy(one), ""))
        for one in found
        if one.get("id") and (one.get("snippet") or {}).get("title")
    )


def _privacy(playlist: Mapping[str, object]) -> str:
    status = playlist.get("status")
    return str(status.get("privacyStatus", "")) if isinstance(status, Mapping) else ""
