"""A film that an earlier try of the same step put up, and whose number got lost."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tesselle.connectors.protocols import Api, StepCall
from tesselle.domain.content import Media
from tesselle.networks.youtube.options import PRIVATE
from tesselle.networks.youtube.wire import PAGE, listed

MARGIN = timedelta(minutes=5)


def instant(told: Any) -> datetime:
    """Raises ValueError."""
    parsed = datetime.fromisoformat(str(told))
    return parsed if parsed.tzinfo is not None else parsed.replace(tzinfo=UTC)


async def forgotten_draft(call: StepCall, film: Media, api: Api) -> str:
    """Among the channel's newest: seen by nobody, with our words, of our file's very size, not older than
    this step. Without it the same file would go up twice, and one of a day's hundred uploads with it."""
    query = {"part": "snippet,status", "playlistId": api.account.facts.get("uploads", ""), "maxResults": PAGE}
    for item in await listed(api, "playlistItems", query):
        snippet, status = item.get("snippet") or {}, item.get("status") or {}
        same = snippet.get("title") == call.content.title.strip() and snippet.get("description") == call.text
        if not same or status.get("privacyStatus") != PRIVATE:
            continue
        video = str((snippet.get("resourceId") or {}).get("videoId") or "")
        young = instant(snippet["publishedAt"]) >= call.instant - MARGIN
        if video and young and await _is_of_size(video, api.media_file(film).stat().st_size, api):
            return video
    return ""


async def _is_of_size(video: str, size: int, api: Api) -> bool:
    found = await listed(api, "videos", {"part": "fileDetails", "id": video})
    return bool(found) and str((found[0].get("fileDetails") or {}).get("fileSize")) == str(size)
