"""The worker's side: renditions are rows that wait; each is taken under a lease, one at a time.

A worker that dies in the middle leaves a lease that runs out; the next one begins that file anew.
"""

import asyncio
import logging
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg

from tesselle.domain.fitting import Recipe
from tesselle.library import names
from tesselle.library.bench import workbench
from tesselle.library.decoding import Decoded, UndecodableError, prepare, wipe
from tesselle.library.storage import Store

log = logging.getLogger(__name__)

LEASE_S = 30.0
MOST_TRIES = 3
"""A file that ended its worker so often is not tried again."""

BEAT_S = 2.0
REST_S = 1.0


@dataclass(frozen=True, slots=True)
class Job:
    """`recipe` None: the film itself is prepared, with its captions in the picture where there are some;
    or it is made of two pictures (`pair`: see `services.wiping`)."""

    id: int
    token: UUID
    asset_id: int
    kind: str
    digest: str
    file: str
    original: str
    recipe: Recipe | None
    captions: str = ""
    pair: Mapping[str, Any] | None = None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Job":
        film = (row["asset_id"], row["kind"], row["sha256"], row["file"], row["original"])
        if row["key"]:
            return cls(row["id"], row["token"], *film, Recipe.from_json(row["recipe"]))
        said = row["recipe"]
        return cls(row["id"], row["token"], *film, None, said.get("captions", ""), said.get("pair"))


_TAKE = """
UPDATE library_rendition r SET state = 'working', progress = 0, tries = tries + 1, token = gen_random_uuid(),
  lease_until = now() + make_interval(secs => $1)
FROM library_asset a
WHERE a.id = r.asset_id AND r.id = (
  SELECT x.id FROM library_rendition x
  WHERE x.state = 'waiting' OR (x.state = 'working' AND x.lease_until < now())
  ORDER BY x.asked_at, x.id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING r.id, r.token, r.asset_id, r.key, r.recipe, r.tries, a.kind, a.sha256, a.file, a.original
"""

_BEAT = """
UPDATE library_rendition SET progress = $3, lease_until = now() + make_interval(secs => $4)
WHERE id = $1 AND token = $2 AND state = 'working' RETURNING true
"""

_SHOW = "UPDATE library_asset SET progress = $2 WHERE id = $1"

_MADE = """
UPDATE library_rendition SET state = 'ready', progress = 100, trouble = '', token = NULL, lease_until = NULL,
  made_at = now(), file = $3, mime = $4, size_bytes = $5, width_px = $6, height_px = $7, seconds = $8, fps = $9
WHERE id = $1 AND token = $2 AND state = 'working' RETURNING true
"""

_PREPARED = """
UPDATE library_asset SET state = 'ready', progress = 100, trouble = '', mime = $2, size_bytes = $3, width_px = $4,
  height_px = $5, seconds = $6, fps = $7, codec = $8 WHERE id = $1
"""

_FAILED = """
UPDATE library_rendition SET state = 'failed', trouble = $3, token = NULL, lease_until = NULL
WHERE id = $1 AND token = $2 AND state = 'working' RETURNING true
"""

_ASSET_FAILED = "UPDATE library_asset SET state = 'failed', trouble = $2 WHERE id = $1"

_HAND_BACK = """
UPDATE library_rendition SET state = 'waiting', tries = tries - 1, token = NULL, lease_until = NULL
WHERE id = $1 AND token = $2 AND state = 'working'
"""

_JOURNAL = """
INSERT INTO journal_entry (at, verb, workspace_id, actor_name, subject_kind, subject_id, params)
SELECT now(), $2, workspace_id, '', 'asset', id, $3 FROM library_asset WHERE id = $1
"""


class LeaseLostError(Exception):
    """Somebody else makes it now."""


async def make_one(db: asyncpg.Pool, store: Store, *, lease_s: float = LEASE_S) -> bool:
    """Make the file that has waited longest; False: none waits."""
    row = await db.fetchrow(_TAKE, lease_s)
    if row is None:
        return False
    job = Job.of(row)
    try:
        if row["tries"] > MOST_TRIES:
            raise UndecodableError("not_made" if job.pair else "interrupted")
        await _make(db, store, job, lease_s)
    except UndecodableError as error:
        await _failed(db, job, error.code)
    except LeaseLostError:
        log.warning("rendition_taken_over", extra={"rendition": job.id})
    except asyncio.CancelledError:
        # A clean stop: the next worker begins at once, without waiting for the lease.
        await asyncio.shield(db.execute(_HAND_BACK, job.id, job.token))
        raise
    return True


async def _make(db: asyncpg.Pool, store: Store, job: Job, lease_s: float) -> None:
    beat = _Beat(db, job, lease_s)
    with workbench() as bench:
        alive = asyncio.create_task(beat.forever())
        try:
            decoded = await _worked(store, job, Path(bench), beat)
            put = await asyncio.to_thread(_put, store, job, decoded)
        finally:
            alive.cancel()
        await _write(db, job, decoded, put)


async def _worked(store: Store, job: Job, bench: Path, beat: "_Beat") -> Decoded:
    if job.pair is not None:
        return await _wiped(store, job.pair, bench, beat)
    try:
        path = await asyncio.to_thread(store.local, job.file if job.recipe is not None else job.original)
    except FileNotFoundError:
        raise UndecodableError("broken") from None
    return await prepare(path, bench, job.recipe, beat.tell, job.captions)


async def _wiped(store: Store, pair: Mapping[str, Any], bench: Path, beat: "_Beat") -> Decoded:
    try:
        before, after = [await asyncio.to_thread(store.local, pair[which]) for which in ("before", "after")]
    except FileNotFoundError:
        raise UndecodableError("picture_gone") from None
    try:
        return await wipe(before, bench, beat.tell, after=after, cells=pair["cells"])
    except UndecodableError:
        raise UndecodableError("not_made") from None


@dataclass(slots=True)
class _Beat:
    """Keeps the lease while the child works, and shows how far it is."""

    db: asyncpg.Pool
    job: Job
    lease_s: float
    percent: int = 0
    shown_at: float = field(default_factory=time.monotonic)

    async def tell(self, percent: int) -> None:
        self.percent = percent
        if time.monotonic() - self.shown_at >= BEAT_S / 2:
            await self._show()

    async def forever(self) -> None:
        with suppress(LeaseLostError):  # `tell` and the last write find out
            while True:
                await asyncio.sleep(min(BEAT_S, self.lease_s / 4))
                await self._show()

    async def _show(self) -> None:
        self.shown_at = time.monotonic()
        job = self.job
        if not await self.db.fetchval(_BEAT, job.id, job.token, self.percent, self.lease_s):
            raise LeaseLostError
        if job.recipe is None:
            await self.db.execute(_SHOW, job.asset_id, self.percent)


@dataclass(frozen=True, slots=True)
class _Put:
    name: str
    size_bytes: int


def _put(store: Store, job: Job, decoded: Decoded) -> _Put:
    """Under the name that the recipe gives it: made twice, it is kept once."""
    if job.recipe is None:
        assert decoded.poster is not None and decoded.thumb is not None
        store.put(names.poster_of(job.file), decoded.poster)
        store.put(names.thumb_of(job.file), decoded.thumb)
        name = job.file
    else:
        name = names.made(job.digest, job.recipe.key, decoded.path.suffix)
    weight = decoded.path.stat().st_size
    store.put(name, decoded.path)
    return _Put(name, weight)


async def _write(db: asyncpg.Pool, job: Job, decoded: Decoded, put: _Put) -> None:
    shape = (decoded.width_px, decoded.height_px, decoded.seconds, decoded.fps)
    async with db.acquire() as connection, connection.transaction():
        if not await connection.fetchval(
            _MADE, job.id, job.token, put.name, decoded.mime, put.size_bytes, *shape
        ):
            raise LeaseLostError
        if job.recipe is None:
            await connection.execute(
                _PREPARED, job.asset_id, decoded.mime, put.size_bytes, *shape, decoded.codec
            )
            await connection.execute(_JOURNAL, job.asset_id, "asset.prepared", {})


async def _failed(db: asyncpg.Pool, job: Job, code: str) -> None:
    async with db.acquire() as connection, connection.transaction():
        if await connection.fetchval(_FAILED, job.id, job.token, code) and job.recipe is None:
            await connection.execute(_ASSET_FAILED, job.asset_id, code)
            await connection.execute(_JOURNAL, job.asset_id, "asset.failed", {"trouble": code})
