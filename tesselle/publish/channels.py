"""The worker's view of channels: accounts opened once per version, sessions shared by all."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime

from tesselle.channels.conversation import RENEWAL_LEASE_S
from tesselle.channels.sign_in_life import life_of
from tesselle.connectors.protocols import Account
from tesselle.ledger.hot.dispatch import Database
from tesselle.vault import secrets

_LEASE_SESSION = """
UPDATE channels_channel SET renewing_until = now() + make_interval(secs => $2)
WHERE id = $1 AND (renewing_until IS NULL OR renewing_until < now()) RETURNING true
"""

_KEEP_SESSION = "UPDATE channels_channel SET sealed_session = $2 WHERE id = $1"
_KEEP_RENEWED = """
UPDATE channels_channel SET sealed_session = $2, renew_at = $3, signed_in_until = $4,
  renew_failures = 0, renew_note = '{}'
WHERE id = $1
"""

Sessions = dict[int, tuple[int, Mapping[str, str]]]
"""By channel: the version it was seen with, and the session."""

_ACCOUNT = """
SELECT kind, remote_id, handle, server, facts, sealed_credentials FROM channels_channel WHERE id = $1
"""


class Accounts:
    """Opened credentials, kept per channel and version so that the hot path decrypts once."""

    def __init__(self, db: Database, limit: int = 2000) -> None:
        self._db = db
        self._limit = limit
        self._kept: dict[int, tuple[int, Account]] = {}

    async def get(self, channel_id: int, version: int) -> Account:
        kept = self._kept.get(channel_id)
        if kept is not None and kept[0] == version:
            return kept[1]
        row = await self._db.fetchrow(_ACCOUNT, channel_id)
        account = Account(
            kind=row["kind"],
            remote_id=row["remote_id"],
            handle=row["handle"],
            server=row["server"],
            facts=row["facts"],
            credentials=secrets.unseal(row["sealed_credentials"]),
        )
        if len(self._kept) >= self._limit:
            self._kept.pop(next(iter(self._kept)))
        self._kept[channel_id] = (version, account)
        return account


class ChannelSession:
    """`SavedSession` in the channel's row; renewed by one process at a time."""

    def __init__(
        self, db: Database, channel_id: int, version: int, cache: "Sessions", network: str, now: datetime
    ) -> None:
        self._db = db
        self._channel_id = channel_id
        self._version = version
        self._cache = cache
        self._network = network
        self._now = now

    async def read(self) -> Mapping[str, str]:
        """The session this process last saw; `renewing` looks again before it is replaced. A channel
        that was connected again has another version: what was seen before is of no use then."""
        version, known = self._cache.get(self._channel_id, (0, {}))
        return known if version == self._version else await self._look()

    async def _look(self) -> Mapping[str, str]:
        known = await self._stored()
        self._cache[self._channel_id] = (self._version, known)
        return known

    async def _stored(self) -> Mapping[str, str]:
        sealed = await self._db.fetchval(
            "SELECT sealed_session FROM channels_channel WHERE id = $1", self._channel_id
        )
        return secrets.unseal(sealed or "")

    @asynccontextmanager
    async def renewing(self) -> AsyncIterator[None]:
        """A lease in the row, not a lock on a connection: a slow network holds nothing of ours."""
        while not await self._db.fetchval(_LEASE_SESSION, self._channel_id, RENEWAL_LEASE_S):
            await asyncio.sleep(0.2)
        try:
            await self._look()
            yield
        finally:
            await self._db.execute(
                "UPDATE channels_channel SET renewing_until = NULL WHERE id = $1", self._channel_id
            )

    async def write(self, session: Mapping[str, str]) -> None:
        self._cache[self._channel_id] = (self._version, dict(session))
        sealed = secrets.seal(session) if session else ""
        if not session.get("access_token"):
            await self._db.execute(_KEEP_SESSION, self._channel_id, sealed)
            return
        life = life_of(session, self._network, self._now)
        await self._db.execute(_KEEP_RENEWED, self._channel_id, sealed, life.renew_at, life.until)
