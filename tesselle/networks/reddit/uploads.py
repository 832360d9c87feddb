"""Files go into Reddit's store before the post: a lease from Reddit, then a form with the file at its end."""

import struct
import zlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from tesselle.connectors.http.exchange import FilePart, Multipart, Request
from tesselle.connectors.protocols import Api
from tesselle.domain.content import Media
from tesselle.domain.errors import NotSentError
from tesselle.domain.messages import N_, Message
from tesselle.networks.reddit.wire import API, form

UPLOAD_SECONDS = 120.0
SLOWEST_UPLOAD_BYTES_A_SECOND = 250_000

UNREADABLE = N_("Reddit’s answer to the file could not be read. It will be tried again.")

COVER_SIZE = (1280, 720)
COVER_COLOUR = b"\x2b\x2f\x36"


async def upload(media: Media, api: Api) -> dict[str, str]:
    """The number of the file, and its address in the store."""
    path = api.media_file(media)
    size = media.size_bytes
    return await _put(FilePart("file", path.name, media.mime, path=path), size, api)


async def upload_plain_cover(api: Api) -> dict[str, str]:
    """A film needs a cover, and nobody chose one."""
    data = plain_picture()
    return await _put(FilePart("file", "cover.png", "image/png", data=data), len(data), api)


async def _put(file: FilePart, size: int, api: Api) -> dict[str, str]:
    fields = {"filepath": file.filename, "mimetype": file.mime}
    asked = form(api.account, "/api/media/asset.json", fields, await api.session())
    lease = (await api.call(asked)).mapping()
    told, place = _fields(lease), _place(lease, api)
    asset = str((lease.get("asset") or {}).get("asset_id") or "")
    if not (told.get("key") and place and asset):
        raise NotSentError(Message(UNREADABLE))
    seconds = UPLOAD_SECONDS + size / SLOWEST_UPLOAD_BYTES_A_SECOND
    # No token of ours: the fields are the permission. Their order counts, and the file comes last.
    await api.call(Request("POST", place, {}, Multipart(told, (file,)), seconds))
    return {"asset": asset, "url": f"{place}/{told['key']}"}


def _fields(lease: Mapping[str, Any]) -> dict[str, str]:
    fields = (lease.get("args") or {}).get("fields")
    named = [one for one in fields or () if isinstance(one, Mapping)]
    return {str(one.get("name")): str(one.get("value")) for one in named}


def _place(lease: Mapping[str, Any], api: Api) -> str:
    """It is told without a scheme: that of the API."""
    action = str((lease.get("args") or {}).get("action") or "")
    scheme = urlsplit(api.account.server or API).scheme
    return f"{scheme}:{action}" if action.startswith("//") else ""


def plain_picture() -> bytes:
    """A PNG of one dark colour."""
    width, height = COVER_SIZE
    rows = (b"\x00" + COVER_COLOUR * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
