"""What a pin shows: pictures within the request, or a film that was put up before."""

import base64
import binascii
from typing import Any

from tesselle.networks.pinterest import limits
from tesselle.networks.pinterest.sandbox import wire
from tesselle.networks.pinterest.sandbox.films import Films
from tesselle.simulation.network import SimAccount

STARTS = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
IMAGE_HOST = "https://i.pinimg.example"


async def check_source(source: Any, account: SimAccount, films: Films) -> dict[str, Any]:
    """The kind of media and its files. Raises Pinterest's own refusals."""
    if not isinstance(source, dict):
        raise wire.invalid("'media_source' is a required property")
    match source.get("source_type"):
        case "image_base64":
            return {"type": "image", "files": [_picture(source)]}
        case "multiple_image_base64":
            items = source.get("items")
            if not isinstance(items, list) or not 2 <= len(items) <= limits.MOST_IMAGES:
                raise wire.invalid(f"items: minItems=2, maxItems={limits.MOST_IMAGES}")
            return {"type": "multiple_images", "files": [_picture(item) for item in items]}
        case "video_id":
            return {"type": "video", "files": [await _film(source, account, films)]}
    raise wire.invalid(f"{source.get('source_type')!r} is not a known source_type")


def _picture(item: Any) -> dict[str, Any]:
    mime = item.get("content_type") if isinstance(item, dict) else None
    if mime not in STARTS:
        raise wire.invalid(f"{mime!r} is not one of {sorted(STARTS)}")
    try:
        data = base64.b64decode(str(item.get("data", "")), validate=True)
    except binascii.Error:
        raise wire.invalid("data does not match '^[a-zA-Z0-9+/=]+$'") from None
    if not data.startswith(STARTS[mime]) or len(data) > limits.IMAGE_BYTES:
        raise wire.ProblemError(400, 235, "Sorry! We could not use this image.")
    return {"mime": mime, "title": item.get("title"), "link": item.get("link")}


async def _film(source: dict[str, Any], account: SimAccount, films: Films) -> dict[str, Any]:
    covers = ("cover_image_url", "cover_image_data", "cover_image_key_frame_time")
    if all(source.get(name) is None for name in covers):
        raise wire.invalid("cover_image_url or cover_image_content_type is required for video Pins.")
    film = await films.of(account, str(source.get("media_id", "")))
    if film is None or film["status"] != "succeeded":
        raise wire.invalid("media_id: the media is not there, or not ready.")
    return {"mime": "video/mp4"}


def media_json(media: dict[str, Any]) -> dict[str, Any]:
    images = {
        size: {"width": width, "height": width, "url": f"{IMAGE_HOST}/{size}/00/00/00/pin.jpg"}
        for size, width in (("150x150", 150), ("600x", 600), ("1200x", 1200))
    }
    if media["type"] == "multiple_images":
        items = [
            {
                "item_type": "image",
                "title": file["title"],
                "description": None,
                "link": file["link"],
                "images": images,
            }
            for file in media["files"]
        ]
        return {"media_type": "multiple_images", "items": items}
    shown: dict[str, Any] = {"media_type": media["type"], "images": images}
    if media["type"] == "video":
        shown |= {"cover_image_url": images["600x"]["url"], "duration": None, "width": None, "height": None}
    return shown
