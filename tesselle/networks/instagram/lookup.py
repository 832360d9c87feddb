"""Looking for what a doubtful attempt may have left."""

from datetime import datetime

from tesselle.connectors.dialects.graph import containers
from tesselle.connectors.dialects.graph.answers import GONE
from tesselle.connectors.dialects.graph.wire import instant
from tesselle.connectors.protocols import Api, StepCall, Window
from tesselle.domain.errors import NetworkError, RejectedError
from tesselle.domain.verdicts import Candidate, Remote, Seen, Sighting, Silent
from tesselle.networks.instagram.limits import STORY
from tesselle.networks.instagram.posting import remote_of
from tesselle.networks.instagram.reading import comments_below, is_own, silent, words_of
from tesselle.networks.instagram.wire import graph_of

FIELDS = "id,caption,timestamp,media_type,media_product_type,permalink"


async def look_up(call: StepCall, api: Api, window: Window) -> Sighting:
    try:
        match call.kind:
            case "post":
                return await _post(call, api, window)
            case "comment" | "answer":
                return await _comment(call, api, window)
            case _ if call.target is not None:
                return await _deletion(call.target, api)
            case _:
                return Seen()
    except (NetworkError, ValueError, KeyError) as error:
        return silent(error)


async def _post(call: StepCall, api: Api, window: Window) -> Sighting:
    """The container says whether; which post it became can only be found among the account's own."""
    if "container" not in call.frozen:
        return Seen()
    state, _words = await containers.state_of(graph_of(api.account), api, call.frozen["container"])
    if state != "PUBLISHED":
        return Seen()
    found = await _same(call, api, window)
    if not found:
        return Silent("published, but not in the list of posts yet")
    is_sure = len(found) == 1
    return Seen(tuple(Candidate(remote, at, is_sure, call.text) for remote, at in found))


async def _same(call: StepCall, api: Api, window: Window) -> list[tuple[Remote, datetime]]:
    edge = "stories" if call.content.format == STORY else "media"
    found = []
    async for item in graph_of(api.account).each(
        api, f"{api.account.remote_id}/{edge}", {"fields": FIELDS, "limit": 25}
    ):
        at = instant(item["timestamp"])
        if at < window.start:
            break
        same = words_of(str(item.get("caption", ""))) == words_of(call.text)
        if same and at <= window.end and str(item["id"]) not in window.adopted:
            found.append((remote_of(call, str(item["id"]), str(item.get("permalink", ""))), at))
    return found


async def _comment(call: StepCall, api: Api, window: Window) -> Sighting:
    """The account's own with the same words. Which application wrote it is not told, so that somebody
    could have typed it by hand: never certain."""
    if "path" not in call.frozen:
        return Seen()
    made = remote_of(call, "")
    found = []
    for item in await comments_below(made.extra["media"], api):
        at = instant(item["timestamp"])
        same = words_of(str(item.get("text", ""))) == words_of(call.frozen["message"])
        below = str(item.get("parent_id") or "") == str(call.frozen.get("parent", ""))
        is_new = str(item["id"]) not in window.adopted and window.start <= at <= window.end
        if same and below and is_new and is_own(item, api):
            found.append(Candidate(remote_of(call, str(item["id"])), at, certain=False, text=call.text))
    return Seen(tuple(found))


async def _deletion(target: Remote, api: Api) -> Sighting:
    """The candidate is the absence: adopted means deleted."""
    graph = graph_of(api.account)
    try:
        await graph.ask(api, target.id, {"fields": "id"})
    except RejectedError as error:
        if error.reason != GONE:
            raise
        await graph.ask(api, api.account.remote_id, {"fields": "id"})  # else nothing is visible to us
        return Seen((Candidate(target, api.now, certain=True),))
    return Seen()
