"""What the channel says itself: the first comment, answers, and taking them down."""

from collections.abc import Mapping
from typing import Any

from tesselle.connectors.dialects.google.sign_in import bearer
from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import StepCall
from tesselle.domain.verdicts import Remote
from tesselle.networks.youtube.wire import DATA, address

VIDEO, THREAD = "video", "thread"
"""In a comment's `Remote.extra`: the film it lies below, and the comment that its thread began with."""
SPOKEN = frozenset({"comment", "answer"})


def is_comment(thing: Remote) -> bool:
    return VIDEO in thing.extra


def prepared(call: StepCall) -> dict[str, str]:
    """Threads have two levels: who answers an answer answers the comment above it."""
    below = call.earlier[0] if call.kind == "comment" else call.target
    assert below is not None
    if not is_comment(below):
        return {VIDEO: below.id, THREAD: "", "text": call.text}
    return {VIDEO: below.extra[VIDEO], THREAD: below.extra.get(THREAD) or below.id, "text": call.text}


def request(call: StepCall, session: Mapping[str, str]) -> Request:
    headers, server, said = bearer(session), call.account.server, call.frozen
    if call.kind == "delete":
        assert call.target is not None
        return Request("DELETE", address(server, f"{DATA}/comments", {"id": call.target.id}), headers)
    resource, body = "commentThreads", _thread(call)
    if said[THREAD]:
        resource, body = "comments", {"snippet": {"parentId": said[THREAD], "textOriginal": said["text"]}}
    url = address(server, f"{DATA}/{resource}", {"part": "snippet"})
    made = Request.json("POST", url, body, headers)
    # Nothing recognises a repeat, so nothing on the way may repeat it.
    return Request(made.method, made.url, made.headers, made.body, fresh_connection=True)


def _thread(call: StepCall) -> dict[str, Any]:
    top = {"snippet": {"textOriginal": call.frozen["text"]}}
    return {
        "snippet": {
            "channelId": call.account.remote_id,
            "videoId": call.frozen[VIDEO],
            "topLevelComment": top,
        }
    }


def comment_remote(comment: str, video: str, thread: str) -> Remote:
    url = f"https://www.youtube.com/watch?v={video}&lc={comment}"
    return Remote(comment, url, {VIDEO: video} | ({THREAD: thread} if thread else {}))
