"""The cheap sign: the figures that are read anyway tell how many comments there are."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from tesselle.connectors.card import Ability, Discussed, discussed_on
from tesselle.ledger.hot.dispatch import Database
from tesselle.networks import card, cards

AGAIN, AGAIN_WHERE_BILLED = timedelta(hours=3), timedelta(days=1)

_BELOW_POSTS = """
INSERT INTO engage_conversation AS c (channel_id, delivery_id, told, next_at)
SELECT x.channel_id, x.delivery_id, x.told, CASE WHEN x.told IS DISTINCT FROM 0 THEN x.at END
FROM jsonb_to_recordset($1) AS x(channel_id bigint, delivery_id bigint, told bigint, at timestamptz)
ON CONFLICT (delivery_id) DO UPDATE SET told = coalesce(excluded.told, c.told), next_at = CASE
    WHEN c.failures > 0 AND c.next_at IS NOT NULL THEN c.next_at
    WHEN excluded.told IS NULL THEN coalesce(c.next_at, c.read_at + interval '1 hour', excluded.next_at)
    WHEN excluded.told IS DISTINCT FROM c.told
      THEN least(c.next_at, greatest(excluded.next_at, c.read_at + interval '5 minutes'))
    ELSE c.next_at END
"""
"""A network that waits for its rate limit is not asked sooner; one that tells no count, once an hour."""

_OF_ACCOUNTS = """
INSERT INTO engage_conversation AS c (channel_id, kind, told, next_at)
SELECT x.channel_id, x.kind, x.told, x.at FROM jsonb_to_recordset($1)
  AS x(channel_id bigint, kind text, told bigint, at timestamptz)
ON CONFLICT (channel_id, kind) WHERE delivery_id IS NULL
DO UPDATE SET told = coalesce(excluded.told, c.told), next_at = coalesce(c.next_at, excluded.next_at)
"""

_ALLOWED = "SELECT channel_id FROM engage_listening WHERE channel_id = ANY($1)"


@dataclass(frozen=True, slots=True)
class Counted:
    """`delivery_id` None: of the account. `told` None: the network said nothing of comments."""

    channel_id: int
    account_kind: str
    delivery_id: int | None
    told: int | None
    at: datetime


def is_discussed(network: str) -> bool:
    return Ability.DISCUSS in card(network).abilities


def is_billed(network: str) -> bool:
    """Each thing read there costs: only a person spends that money, or says that it may be spent."""
    return is_discussed(network) and card(network).bills_reading


def again_after(network: str) -> timedelta:
    """While something waits, it is read again: an answer given on the network need not change the count."""
    return AGAIN_WHERE_BILLED if is_billed(network) else AGAIN


def billed() -> list[str]:
    return [one.slug for one in cards() if is_billed(one.slug)]


async def notice(db: Database, network: str, counted: Sequence[Counted]) -> None:
    """After figures were kept: what has more or fewer comments than before is to be read."""
    if not is_discussed(network):
        return
    if is_billed(network):
        told = {one.channel_id for one in counted}
        allowed = {row[0] for row in await db.fetch(_ALLOWED, list(told))}
        counted = [one for one in counted if one.channel_id in allowed]
    rows = [
        asdict(one) | {"at": one.at.isoformat(), "kind": kind.value}
        for one in counted
        for kind in discussed_on(card(network), one.account_kind)
        if (kind is Discussed.COMMENTS) == (one.delivery_id is not None)
    ]
    for statement, of_account in ((_BELOW_POSTS, False), (_OF_ACCOUNTS, True)):
        if some := [row for row in rows if (row["delivery_id"] is None) == of_account]:
            await db.execute(statement, some)
