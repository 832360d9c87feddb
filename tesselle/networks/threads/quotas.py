"""How much of the day's posts, replies and deletions is used: Threads tells, nothing is assumed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tesselle.connectors.protocols import Api
from tesselle.domain.errors import RejectedError, TryLaterError
from tesselle.domain.messages import Message
from tesselle.networks.threads import answers, wire

POSTS, REPLIES, DELETIONS = "", "reply_", "delete_"
"""How the fields of each begin."""
WAIT = timedelta(hours=1)
"""The window moves: when there is room again is not told."""


@dataclass(frozen=True, slots=True)
class Quota:
    """`total` 0: not told."""

    used: int = 0
    total: int = 0


async def read(api: Api) -> Mapping[str, Quota]:
    kinds = (POSTS, REPLIES, DELETIONS)
    fields = ",".join(f"{kind}quota_usage,{kind}config" for kind in kinds)
    try:
        told = await wire.THREADS.ask(api, wire.QUOTA, {"fields": fields})
        row = (told.get("data") or [{}])[0]
        return {kind: _quota(row, kind) for kind in kinds}
    except (RejectedError, ValueError, TypeError, AttributeError):
        return {kind: Quota() for kind in kinds}


def _quota(row: Mapping[str, Any], kind: str) -> Quota:
    config = row.get(f"{kind}config") or {}
    return Quota(int(row.get(f"{kind}quota_usage") or 0), int(config.get("quota_total") or 0))


async def allow(kind: str, api: Api) -> None:
    """Raises TryLaterError: used up."""
    quota = (await read(api))[kind]
    if quota.total and quota.used >= quota.total:
        raise TryLaterError(Message(answers.QUOTA), api.now + WAIT)
