"""Looking for what a doubtful attempt may have left."""

from collections.abc import Mapping
from typing import Any

from tesselle.connectors.dialects.graph import containers
from tesselle.connectors.dialects.graph.answers import GONE
from tesselle.connectors.dialects.graph.wire import instant
from tesselle.connectors.protocols import Api, StepCall, Window
from tesselle.domain.errors import NetworkError, RejectedError
from tesselle.domain.verdicts import Candidate, Remote, Seen, Sighting, Silent
from tesselle.networks.threads.posting import SHOWN_AS
from tesselle.networks.threads.reading import silent, words_of
from tesselle.networks.threads.wire import ME, OWN, OWN_REPLIES, STATE, THREADS

FIELDS = "id,text,timestamp,media_type,permalink"


async def look_up(call: StepCall, api: Api, window: Window) -> Sighting:
    try:
        if call.kind == "delete":
            return await _deletion(call.target, api) if call.target is not None else Seen()
        return await _post(call, api, window)
    except (NetworkError, ValueError, KeyError) as error:
        return silent(error)


async def _post(call: StepCall, api: Api, window: Window) -> Sighting:
    """The container says whether; which post it became can only be found among the account's own."""
    if "container" not in call.frozen:
        return Seen()
    state, _words = await containers.state_of(THREADS, api, call.frozen["container"], STATE)
    if state != "PUBLISHED":
        return Seen()
    found = [item for item in await _own(call, api, window) if _is_same(call, item, window)]
    if not found:
        return Silent("published, but not in the list of posts yet")
    is_sure = len(found) == 1
    return Seen(
        tuple(
            Candidate(
                Remote(str(item["id"]), str(item.get("permalink") or "")),
                instant(item["timestamp"]),
                is_sure,
                str(item.get("text") or ""),
            )
            for item in found
        )
    )


async def _own(call: StepCall, api: Api, window: Window) -> list[dict[str, Any]]:
    """Replies are in a list of their own, and name what they answer."""
    is_reply = bool(call.frozen["reply_to"])
    fields = f"{FIELDS},replied_to" if is_reply else FIELDS
    found = []
    path = OWN_REPLIES if is_reply else OWN
    async for item in THREADS.each(api, path, {"fields": fields, "limit": 25}):
        if instant(item["timestamp"]) < window.start:
            break
        found.append(item)
    return found


def _is_same(call: StepCall, item: Mapping[str, Any], window: Window) -> bool:
    replied = item.get("replied_to") or {}
    return (
        window.start <= instant(item["timestamp"]) <= window.end
        and str(item["id"]) not in window.adopted
        and words_of(str(item.get("text") or "")) == words_of(call.text)
        and item.get("media_type", "") == SHOWN_AS[call.frozen["kind"]]
        and str(replied.get("id") or "") == call.frozen["reply_to"]
    )


async def _deletion(target: Remote, api: Api) -> Sighting:
    """The candidate is the absence: adopted means deleted."""
    try:
        await THREADS.ask(api, target.id, {"fields": "id"})
    except RejectedError as error:
        if error.reason != GONE:
            raise
        await THREADS.ask(api, ME, {"fields": "id"})  # else nothing is visible to us
        return Seen((Candidate(target, api.now, certain=True),))
    return Seen()
