"""Reading what anybody can see of peers, once a day, where a network tells it without a sign-in.

Real workspaces only: in practice no network is reached.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tesselle.connectors.http.exchange import Exchange
from tesselle.connectors.protocols import TellsPublicly
from tesselle.connectors.registry import World, transport_for
from tesselle.domain.messages import N_, Message
from tesselle.domain.metrics import Metric
from tesselle.ledger.hot.dispatch import Database
from tesselle.networks import plugin, slugs
from tesselle.publish.deciding import note

_LEASE = """
UPDATE measure_peer p SET next_at = now() + interval '1 hour' FROM workspaces_workspace w
WHERE w.id = p.workspace_id AND p.id = (
  SELECT one.id FROM measure_peer one JOIN workspaces_workspace its ON its.id = one.workspace_id
  WHERE one.next_at <= now() AND its.world_kind = 'real' AND its.deleted_at IS NULL
  ORDER BY one.next_at LIMIT 1 FOR UPDATE OF one SKIP LOCKED)
RETURNING p.id, p.network, p.url, (now() AT TIME ZONE w.zone)::date
"""
_LEAVE_OUT = "UPDATE measure_peer SET next_at = NULL WHERE id = $1"
_KEEP = """
INSERT INTO measure_peerfigure (peer_id, day, followers, all_posts) VALUES ($1, $2, $3, $4)
ON CONFLICT (peer_id, day) DO UPDATE
SET all_posts = coalesce(measure_peerfigure.all_posts, excluded.all_posts)
"""
"""Frozen on the day: neither what a person noted nor the first reading is written over."""
_TOMORROW = """
UPDATE measure_peer p SET trouble = $2,
  next_at = ((now() AT TIME ZONE w.zone)::date + 1 + time '04:00') AT TIME ZONE w.zone + p.id % 60 * interval '1 minute'
FROM workspaces_workspace w WHERE w.id = p.workspace_id AND p.id = $1
"""
_SOON = "UPDATE measure_peer SET trouble = $2 WHERE id = $1"


@dataclass(frozen=True, slots=True)
class _Due:
    id: int
    network: str
    page: str
    today: date


def is_read(network: str, page: str) -> bool:
    """Whether a peer's figures can be read without a person."""
    teller = _teller(network)
    return teller is not None and teller.public_request(page) is not None


def _teller(network: str) -> TellsPublicly | None:
    connector = plugin(network).connector if network in slugs() else None
    return connector if isinstance(connector, TellsPublicly) else None


async def read_one_peer(db: Database) -> bool:
    """Whether one was due."""
    row = await db.fetchrow(_LEASE)
    if row is None:
        return False
    due = _Due(*row)
    teller = _teller(due.network)
    request = teller.public_request(due.page) if teller is not None else None
    if teller is None or request is None:
        await db.execute(_LEAVE_OUT, due.id)
        return True
    exchange = await transport_for(World("real")).exchange(request)
    if exchange.response is None or not exchange.response.ok:
        await _say(db, due, exchange)
        return True
    await _keep(db, due, teller.public_figures(exchange.response))
    return True


async def _keep(db: Database, due: _Due, told: Mapping[str, int]) -> None:
    followers = told.get(Metric.FOLLOWERS.value)
    if followers is None:
        await db.execute(_TOMORROW, due.id, note(Message(_SILENT)))
        return
    await db.execute(_KEEP, due.id, due.today, followers, told.get(Metric.POSTS.value))
    await db.execute(_TOMORROW, due.id, {})


async def _say(db: Database, due: _Due, exchange: Exchange) -> None:
    """An account that is not there is looked for tomorrow; anything else in an hour."""
    if (
        exchange.response is not None
        and 400 <= exchange.response.status < 500
        and exchange.response.status != 429
    ):
        await db.execute(_TOMORROW, due.id, note(Message(_NOT_THERE)))
    else:
        await db.execute(_SOON, due.id, note(Message(_NO_ANSWER)))


_SILENT = N_("The network answers, but does not tell how many follow this account. Note its figures by hand.")
_NOT_THERE = N_(
    "The network shows no account at this address. Look whether the address of its page is right."
)
_NO_ANSWER = N_("The network did not answer when its figures were read. It is tried again in an hour.")
