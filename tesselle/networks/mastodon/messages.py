"""Private mentions: what people write to the account alone, and our answers.

A server lists them by exchange, each with its last line; the lines before it stand in the thread.
Source: https://docs.joinmastodon.org/methods/conversations/ and the source of Mastodon (ConversationsController,
AccountConversation) and of GoToSocial, which pages alike (by the id of the last line); read on 26 November 2026.
"""

import dataclasses
from collections.abc import Mapping
from typing import Any

from tesselle.connectors.protocols import Api, Reply
from tesselle.domain.errors import RejectedError
from tesselle.networks.mastodon.reading import DIRECT, reply_of
from tesselle.networks.mastodon.wire import ask_list, ask_mapping

A_PAGE = 40
MOST = 200
"""So many exchanges, the newest."""

THREADS = 40
"""Of so many the earlier lines are read too: that takes two more questions each, and there are 300 in five
minutes. Of the older ones the last line stands alone, and it is the last that decides."""


async def messages(api: Api) -> tuple[Reply, ...]:
    found: dict[str, Reply] = {}
    for number, last in enumerate(await _last_lines(api)):
        before = await _lines(last, api) if number < THREADS and last.get("in_reply_to_id") else []
        for status in before:
            reply = reply_of(status, api)
            found.setdefault(reply.remote.id, dataclasses.replace(reply, past=True))
        reply = reply_of(last, api)
        found[reply.remote.id] = reply
    return tuple(found.values())


async def _last_lines(api: Api) -> list[dict[str, Any]]:
    """The newest exchange first. One whose last line was deleted has none."""
    found: list[dict[str, Any]] = []
    query = {"limit": str(A_PAGE)}
    while len(found) < MOST:
        page = await ask_list(api, "/api/v1/conversations", query)
        lines = [one["last_status"] for one in page if isinstance(one.get("last_status"), dict)]
        found += [line for line in lines if line.get("visibility") == DIRECT]
        if len(page) < A_PAGE or not lines:
            break
        query["max_id"] = str(lines[-1]["id"])
    return found[:MOST]


async def _lines(last: Mapping[str, Any], api: Api) -> list[dict[str, Any]]:
    """All private lines around the last one: from the first of its thread down, since somebody may write
    twice below the same line."""
    try:
        above = _private((await _context(str(last["id"]), api)).get("ancestors"))
        below = _private((await _context(str(above[0]["id"]), api)).get("descendants")) if above else []
    except RejectedError:  # deleted meanwhile
        return []
    return [*above[:1], *(line for line in below or above[1:] if line["id"] != last["id"])]


async def _context(status_id: str, api: Api) -> dict[str, Any]:
    return await ask_mapping(api, f"/api/v1/statuses/{status_id}/context")


def _private(statuses: Any) -> list[dict[str, Any]]:
    """A private line can stand below a public post: that and its comments are no part of it."""
    return [one for one in statuses or () if isinstance(one, dict) and one.get("visibility") == DIRECT]
