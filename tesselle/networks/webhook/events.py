"""From a step to the event that tells of it: the bytes that are signed and sent."""

import json
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from tesselle.connectors.protocols import StepCall

TYPES = {"post": "post.published", "edit": "post.updated", "delete": "post.deleted"}


def event_id(call: StepCall) -> str:
    """The same for every attempt at a step, whatever was answered: what receivers drop repeats by."""
    return f"msg_{call.key.replace('-', '')}"


def body_of(call: StepCall) -> str:
    at = call.instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    event = {"type": TYPES[call.kind], "timestamp": at, "data": _data(call)}
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"))


def _data(call: StepCall) -> Mapping[str, Any]:
    """A post keeps its first event's id over edits and deletion."""
    post = call.target.id if call.target is not None else event_id(call)
    if call.kind == "delete":
        return {"id": post}
    content = call.content
    told = {"title": content.title, "text": call.text, "link": content.link, "language": content.language}
    return {"id": post, **{name: value for name, value in told.items() if value}}
