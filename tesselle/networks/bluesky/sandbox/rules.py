"""What a server refuses in a post's record, in its own words.

It is as lenient as the real one: a facet beyond the text, an embed of unknown type and unknown
fields are all taken (measured), so the mistake shows on the screen and nowhere else.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tesselle.networks.bluesky import limits
from tesselle.networks.bluesky.sandbox.counting import graphemes
from tesselle.networks.bluesky.sandbox.wire import XrpcError, invalid
from tesselle.simulation.network import SimulatedNetwork

POSTS = "app.bsky.feed.post"
TID = re.compile(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")
DATETIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def wrong(what: str, where: str) -> XrpcError:
    return invalid(f"Invalid {POSTS} record: {what} at $.record{where}")


def check_key(collection: str, rkey: str) -> None:
    if collection == POSTS and not TID.fullmatch(rkey):
        raise invalid(f"Invalid record key for {collection}: Invalid TID string (got {_quoted(rkey)}) at $")


def _quoted(text: str) -> str:
    return f'"{text}"'


async def check_post(record: Mapping[str, Any], network: SimulatedNetwork) -> None:
    _check_text(record)
    _at_most(record.get("langs"), limits.MAX_LANGS, ".langs")
    _at_most(record.get("tags"), limits.MAX_TAGS, ".tags")
    created = record.get("createdAt")
    if created is None:
        raise wrong('Missing required key "createdAt"', "")
    if not isinstance(created, str) or not DATETIME.fullmatch(created):
        raise wrong(f"Invalid datetime (got {_quoted(str(created))})", ".createdAt")
    embed = record.get("embed") or {}
    await _check_embed(embed.get("media") or embed, network)


def _check_text(record: Mapping[str, Any]) -> None:
    text = record.get("text")
    if not isinstance(text, str):
        raise wrong('Missing required key "text"', "")
    length = len(text.encode("utf-8", "surrogatepass"))
    if length > limits.MAX_TEXT_BYTES:
        raise wrong(f"string too big (maximum {limits.MAX_TEXT_BYTES}, got {length})", ".text")
    signs = graphemes(text)
    if signs > limits.MAX_GRAPHEMES:
        raise wrong(f"grapheme too big (maximum {limits.MAX_GRAPHEMES}, got {signs})", ".text")


def _at_most(things: Sequence[Any] | None, maximum: int, where: str) -> None:
    if things is not None and len(things) > maximum:
        raise wrong(f"array too big (maximum {maximum}, got {len(things)})", where)


async def _check_embed(embed: Mapping[str, Any], network: SimulatedNetwork) -> None:
    match embed.get("$type"):
        case "app.bsky.embed.images":
            _at_most(embed.get("images"), limits.MAX_IMAGES, ".embed.images")
            await _check_images(embed.get("images", ()), ".embed.images", network)
        case "app.bsky.embed.gallery":
            _at_most(embed.get("items"), limits.MAX_GALLERY, ".embed.items")
            await _check_images(embed.get("items", ()), ".embed.items", network)
        case "app.bsky.embed.video":
            await _check_blob(
                embed.get("video"), ".embed.video", limits.MAX_VIDEO_BYTES, "video/mp4", network
            )
        case "app.bsky.embed.external":
            for key in ("uri", "title", "description"):
                if not isinstance((embed.get("external") or {}).get(key), str):
                    raise wrong(f'Missing required key "{key}"', ".embed.external")


async def _check_images(images: Sequence[Mapping[str, Any]], where: str, network: SimulatedNetwork) -> None:
    for place, image in enumerate(images):
        if not isinstance(image.get("alt"), str):
            raise wrong('Missing required key "alt"', f"{where}[{place}]")
        spot = f"{where}[{place}].image"
        await _check_blob(image.get("image"), spot, limits.MAX_IMAGE_BYTES, "image/", network)


async def _check_blob(blob: Any, where: str, maximum: int, mime: str, network: SimulatedNetwork) -> None:
    if not isinstance(blob, Mapping) or blob.get("$type") != "blob":
        raise wrong("Expected blob value type", where)
    if not str(blob.get("mimeType", "")).startswith(mime):
        raise wrong(f"Expected {mime}* mime type (got {_quoted(str(blob.get('mimeType')))})", where)
    if int(blob.get("size", 0)) > maximum:
        raise wrong(f"blob too big (maximum {maximum}, got {blob['size']})", where)
    cid = str((blob.get("ref") or {}).get("$link", ""))
    if await network.kept("blobs", cid) is None:
        raise XrpcError(400, "BlobNotFound", f"Could not find blob: {cid}")
