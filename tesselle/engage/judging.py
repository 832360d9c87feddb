"""Which comments still wait for an answer. Pure."""

import hashlib
from collections.abc import Collection, Sequence

from tesselle.connectors.protocols import Reply


def digest_of(network: str, remote_id: str) -> str:
    """Knows a comment again without its address, which on some networks names its author."""
    return hashlib.sha256(f"{network}\n{remote_id}".encode()).hexdigest()


def waiting(replies: Sequence[Reply], answered: Collection[str]) -> list[Reply]:
    """Of others, the last line of a private exchange, and nobody of ours wrote behind them. `answered`: remote
    ids with an answer in the ledger.

    Where a network knows two levels only, an answer to an answer stands beside it, later, below the same
    comment.
    """
    known = {reply.remote.id for reply in replies}
    below = {reply.parent_id for reply in replies if reply.mine}
    beside: dict[str, Reply] = {}
    for reply in replies:
        if reply.mine and reply.parent_id in known:
            last = beside.get(reply.parent_id)
            if last is None or reply.posted_at > last.posted_at:
                beside[reply.parent_id] = reply
    return [
        reply
        for reply in replies
        if not reply.mine
        and not reply.past
        and reply.remote.id not in below
        and reply.remote.id not in answered
        and not _is_before(reply, beside.get(reply.parent_id))
    ]


def _is_before(reply: Reply, ours: Reply | None) -> bool:
    return ours is not None and reply.posted_at < ours.posted_at
