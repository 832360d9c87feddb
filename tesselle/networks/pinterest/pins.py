"""From a step to the one request that does it."""

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Api, StepCall
from tesselle.domain.content import Content, Media
from tesselle.domain.errors import RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Remote
from tesselle.networks.pinterest.limits import ALT_SIGNS, LINK_SIGNS
from tesselle.networks.pinterest.options import BOARD, COVER, SECTION, cover_second
from tesselle.networks.pinterest.uploads import Wait, still_there, upload
from tesselle.networks.pinterest.wire import address, signed

ANSWER_SECONDS = 30.0
SLOWEST_UPLOAD_BYTES_A_SECOND = 250_000

NO_BOARD = N_("The pin has no board. Choose one among the channel’s choices.")
LONG_LINK = N_("The link is longer than the %(limit)s signs that Pinterest takes. Use a shorter one.")


async def prepare(call: StepCall, api: Api, wait: Wait) -> Mapping[str, Any]:
    """The pin but for its pictures' bytes, which are read from their files each time."""
    if call.kind == "delete" or (call.frozen and await _film_holds(call.frozen, api) and _files_hold(call)):
        return call.frozen
    fields = _fields(call)
    film = next((media for media in call.media if media.kind == "video"), None)
    if film is not None:
        source = {
            "source_type": "video_id",
            "media_id": await upload(film, api, wait),
            "cover_image_key_frame_time": cover_second(call.content.options.get(COVER, ""), film.seconds),
        }
        return {"pin": {**fields, "media_source": source}, "files": []}
    return {"pin": fields, "files": [_file(media, api) for media in call.media]}


async def _film_holds(frozen: Mapping[str, Any], api: Api) -> bool:
    """Pinterest may have forgotten a film."""
    source = frozen["pin"].get("media_source")
    return source is None or await still_there(str(source["media_id"]), api)


def _files_hold(call: StepCall) -> bool:
    """Another machine may have taken over."""
    return all(Path(file["path"]).is_file() for file in call.frozen["files"])


def link_fits(content: Content) -> None:
    if len(content.link) > LINK_SIGNS:
        raise RejectedError(Message(LONG_LINK, {"limit": LINK_SIGNS}), "link_too_long")


def _fields(call: StepCall) -> dict[str, Any]:
    content = call.content
    board = content.options.get(BOARD, "").strip()
    if not board:
        raise RejectedError(Message(NO_BOARD), "board_missing")
    link_fits(content)
    told = {
        "board_id": board,
        "board_section_id": content.options.get(SECTION, "").strip(),
        "title": content.title,
        "description": call.text,
        "link": content.link,
        "alt_text": joined_alts(content.media),
    }
    return {name: value for name, value in told.items() if value}


def joined_alts(media: tuple[Media, ...]) -> str:
    """A pin has one alternative text: those of its pictures, as far as they fit whole."""
    joined = ""
    for one in media:
        longer = "\n".join(part for part in (joined, one.alt.strip()) if part)
        joined = longer if len(longer) <= ALT_SIGNS or not joined else joined
    return joined


def _file(media: Media, api: Api) -> dict[str, str]:
    return {"path": str(api.media_file(media)), "content_type": media.mime}


def request(call: StepCall, session: Mapping[str, str]) -> Request:
    headers, server = signed(session), call.account.server
    if call.kind == "delete":
        assert call.target is not None
        return Request("DELETE", address(server, f"/pins/{call.target.id}"), headers)
    pin = dict(call.frozen["pin"])
    if call.frozen["files"]:
        pin["media_source"] = _pictures(call.frozen["files"])
    body = json.dumps(pin, ensure_ascii=False, separators=(",", ":")).encode()
    headers["Content-Type"] = "application/json"
    seconds = ANSWER_SECONDS + len(body) / SLOWEST_UPLOAD_BYTES_A_SECOND
    # Nothing recognises a repeat, so nothing on the way may repeat it.
    return Request("POST", address(server, "/pins"), headers, body, seconds, fresh_connection=True)


def _pictures(files: list[Mapping[str, str]]) -> dict[str, Any]:
    """One picture, or a carousel that begins with the first."""
    items = [
        {
            "content_type": file["content_type"],
            "data": base64.b64encode(Path(file["path"]).read_bytes()).decode(),
        }
        for file in files
    ]
    if len(items) == 1:
        return {"source_type": "image_base64", **items[0]}
    return {"source_type": "multiple_image_base64", "items": items, "index": 0}


def remote(pin: Mapping[str, Any]) -> Remote:
    pin_id = str(pin["id"])
    return Remote(pin_id, f"https://www.pinterest.com/pin/{pin_id}/")
