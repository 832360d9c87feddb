"""The files of a content at the moment it is sent: each within its network's limits, or the reason
why not yet, or why never."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import asyncpg

from tesselle.domain.content import Content, Media, kind_of
from tesselle.domain.errors import RuleError
from tesselle.domain.fitting import Recipe, as_known, limit_of, recipe_for
from tesselle.domain.limits import Limits
from tesselle.domain.messages import N_, Message
from tesselle.library import names, refusals
from tesselle.library.bench import workbench
from tesselle.library.decoding import Decoded, UndecodableError, draw
from tesselle.library.storage import Store

DRAWN_AT_ONCE = 2
"""So many pictures are drawn at the same time by one worker, when nobody asked for them before."""

_ASSETS = """
SELECT a.id, a.kind, a.mime, a.file, a.size_bytes, a.width_px, a.height_px, a.seconds, a.fps, a.codec, a.pages,
  a.sha256, a.state, a.progress, a.trouble, a.original_name
FROM library_asset a WHERE a.workspace_id = $1 AND a.file = ANY($2::text[])
"""

_RENDITION = """
SELECT id, state, progress, trouble, file, mime, size_bytes, width_px, height_px, seconds, fps
FROM library_rendition WHERE asset_id = $1 AND key = $2
"""

_ASK = """
INSERT INTO library_rendition (asset_id, key, recipe) VALUES ($1, $2, $3)
ON CONFLICT (asset_id, key) DO UPDATE SET state = 'waiting', tries = 0, asked_at = now()
  WHERE library_rendition.state IN ('ready', 'failed')
"""

_DRAWN = """
INSERT INTO library_rendition
  (asset_id, key, recipe, state, progress, made_at, file, mime, size_bytes, width_px, height_px)
VALUES ($1, $2, $3, 'ready', 100, now(), $4, $5, $6, $7, $8)
ON CONFLICT (asset_id, key) DO UPDATE SET state = 'ready', progress = 100, trouble = '', token = NULL,
  lease_until = NULL, made_at = now(), file = $4, mime = $5, size_bytes = $6, width_px = $7, height_px = $8
"""


class NotReadyError(Exception):
    """`message` says how far it is; ask again in a moment."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(slots=True)
class Wardrobe:
    """What fits each network, found or made."""

    db: asyncpg.Pool
    store: Store
    turns: asyncio.Semaphore

    @classmethod
    def over(cls, db: asyncpg.Pool, store: Store) -> "Wardrobe":
        return cls(db, store, asyncio.Semaphore(DRAWN_AT_ONCE))

    async def dressed(self, content: Content, limits: Limits, workspace_id: int) -> Content:
        """The content with the facts and names of the files that go out.

        A picture is drawn here if nobody asked for it in time; a film is asked for and waited for.

        Raises:
            NotReadyError: a film is still being prepared.
            RuleError: a file cannot be used, with the sentence that says why.
        """
        if not content.media:
            return content
        limits = limits.of(content.format)
        rows = await self.db.fetch(_ASSETS, workspace_id, [media.asset for media in content.media])
        known = {row["file"]: row for row in rows}
        media = [await self._dressed_one(item, known.get(item.asset), limits) for item in content.media]
        return replace(content, media=tuple(media))

    async def _dressed_one(self, media: Media, row: Mapping[str, Any] | None, limits: Limits) -> Media:
        if row is None:  # a file without a row: what is known of it was frozen with the post
            return media
        if row["state"] == "failed":
            raise RuleError(refusals.message_of(row["trouble"], row["original_name"]))
        if row["state"] == "preparing":
            raise NotReadyError(_preparing(row["original_name"], row["progress"]))
        media = as_known(media, _facts(row))
        limit = limit_of(media, limits)
        recipe = recipe_for(media, limit) if limit is not None else None
        if recipe is None:
            return media
        return await self._rendition(media, row, recipe)

    async def _rendition(self, media: Media, row: Mapping[str, Any], recipe: Recipe) -> Media:
        found = await self.db.fetchrow(_RENDITION, row["id"], recipe.key)
        if found is not None and found["state"] == "ready":
            if await asyncio.to_thread(self.store.exists, found["file"]):
                return _as_made(media, found)
            found = None  # thrown away, or not brought along from another machine
        if found is not None and found["state"] == "failed":
            raise RuleError(refusals.message_of(found["trouble"], row["original_name"]))
        if media.kind == "image":
            return await self._draw_now(media, row, recipe)
        if found is None:
            await self.db.execute(_ASK, row["id"], recipe.key, recipe.to_json())
        raise NotReadyError(_preparing(row["original_name"], found["progress"] if found is not None else 0))

    async def _draw_now(self, media: Media, row: Mapping[str, Any], recipe: Recipe) -> Media:
        async with self.turns:
            try:
                made = await asyncio.to_thread(self._draw, media.asset, row["sha256"], recipe)
            except UndecodableError as error:
                raise RuleError(refusals.message_of(error.code, row["original_name"])) from error
        await self.db.execute(
            _DRAWN,
            row["id"],
            recipe.key,
            recipe.to_json(),
            made["file"],
            made["mime"],
            made["size_bytes"],
            made["width_px"],
            made["height_px"],
        )
        return _as_made(media, made)

    def _draw(self, source: str, digest: str, recipe: Recipe) -> dict[str, Any]:
        with workbench() as bench:
            drawn: Decoded = draw(self.store.local(source), Path(bench), recipe)
            name = names.made(digest, recipe.key, drawn.path.suffix)
            weight = drawn.path.stat().st_size
            self.store.put(name, drawn.path)
        return {
            "file": name,
            "mime": drawn.mime,
            "size_bytes": weight,
            "width_px": drawn.width_px,
            "height_px": drawn.height_px,
        }


def _facts(row: Mapping[str, Any]) -> Media:
    return Media(
        kind=kind_of(row["kind"]),
        mime=row["mime"],
        size_bytes=row["size_bytes"],
        width_px=row["width_px"],
        height_px=row["height_px"],
        seconds=row["seconds"],
        asset=row["file"],
        fps=row["fps"],
        codec=row["codec"],
        pages=row["pages"],
    )


def _as_made(media: Media, made: Mapping[str, Any]) -> Media:
    return replace(
        media,
        asset=made["file"],
        mime=made["mime"],
        size_bytes=made["size_bytes"],
        width_px=made["width_px"],
        height_px=made["height_px"],
        seconds=made.get("seconds") or media.seconds,
        fps=made.get("fps") or media.fps,
    )


def _preparing(name: str, percent: int) -> Message:
    return Message(_PREPARING, {"name": name, "percent": percent})


_PREPARING = N_(
    "The film “%(name)s” is still being prepared (%(percent)s%%). It goes out as soon as that is done."
)
