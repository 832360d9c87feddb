"""Pinterest's own SDK at work, in an environment of its own: one act, told and answered as JSON.

Run by `tests/real/test_pinterest.py`. Nothing of ours is imported here.
"""
# mypy: disable-error-code="import-not-found"
# ruff: noqa: E402 - the SDK reads its settings while it is imported

import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

TOLD = json.loads(sys.stdin.read())
os.environ["PINTEREST_API_URI"] = f"{TOLD['server']}/v5"
# It looks away from lengths and patterns unless told which few to look away from.
os.environ["PINTEREST_DISABLED_CLIENT_SIDE_VALIDATIONS"] = "multipleOf"

import urllib3
from openapi_generated.pinterest_client.api.media_api import MediaApi
from openapi_generated.pinterest_client.api.pins_api import PinsApi
from openapi_generated.pinterest_client.api.user_account_api import UserAccountApi
from openapi_generated.pinterest_client.exceptions import ApiException
from openapi_generated.pinterest_client.model.media_upload_request import MediaUploadRequest
from openapi_generated.pinterest_client.model.pin_create import PinCreate
from openapi_generated.pinterest_client.model.pin_media_source_image_base64 import PinMediaSourceImageBase64
from openapi_generated.pinterest_client.model.pin_media_source_images_base64 import (
    PinMediaSourceImagesBase64,
)
from openapi_generated.pinterest_client.model.pin_media_source_images_base64_items import (
    PinMediaSourceImagesBase64Items,
)
from openapi_generated.pinterest_client.model.pin_media_source_video_id import PinMediaSourceVideoID
from pinterest.client import PinterestSDKClient
from pinterest.organic.boards import Board
from pinterest.organic.pins import Pin

CLIENT = PinterestSDKClient.create_client_with_token(TOLD["token"])
SOURCES = {
    "image_base64": PinMediaSourceImageBase64,
    "multiple_image_base64": PinMediaSourceImagesBase64,
    "video_id": PinMediaSourceVideoID,
}


def look_around() -> Any:
    account = UserAccountApi(CLIENT).user_account_get()
    boards, _bookmark = Board.get_all(client=CLIENT)
    sections, _bookmark = boards[0].list_sections()
    return {
        "username": account.username,
        "kind": account.account_type,
        "boards": [board.name for board in boards],
        "sections": [section.name for section in sections],
    }


def make_a_board() -> Any:
    board = Board.create(name=TOLD["name"], privacy="SECRET", client=CLIENT)
    return {"id": board.id, "privacy": board.privacy}


def make_a_pin() -> Any:
    pin = Pin.create(**TOLD["pin"], client=CLIENT)
    again = Pin(pin_id=pin.id, client=CLIENT)
    return {name: getattr(again, name) for name in ("id", "title", "description", "link", "alt_text")}


def read_and_delete() -> Any:
    """Also the pins of its board, and what is said of a pin that is gone."""
    pin = Pin(pin_id=TOLD["id"], client=CLIENT)
    on_board, _bookmark = Board(board_id=pin.board_id, client=CLIENT).list_pins()
    listed = PinsApi(CLIENT).pins_list(page_size=1)
    Pin.delete(pin_id=TOLD["id"], client=CLIENT)
    return {
        "kind": pin.creative_type,
        "media": pin.media["media_type"],
        "created_at": str(pin.created_at),
        "on_board": [one.id for one in on_board],
        "newest": listed["items"][0]["id"],
        "gone": _refused(lambda: PinsApi(CLIENT).pins_get(TOLD["id"])),
    }


def make_a_film() -> Any:
    """The SDK registers and asks; to put the file into the store is left to its users."""
    api = MediaApi(CLIENT)
    place = api.media_create(media_upload_request=MediaUploadRequest(media_type="video"))
    told = place.upload_parameters
    spelt = told.attribute_map
    fields: list[tuple[str, Any]] = [(spelt.get(name, name), value) for name, value in told.to_dict().items()]
    with open(TOLD["file"], "rb") as film:
        fields.append(("file", ("film.mp4", film.read(), "video/mp4")))
    put = urllib3.PoolManager().request("POST", place.upload_url, fields=fields)
    seen: list[str] = []
    while not seen or seen[-1] in {"registered", "processing"}:
        seen.append(api.media_get(media_id=place.media_id).status)
        assert len(seen) < 20, seen
        time.sleep(0.01)
    return {"put": put.status, "seen": seen, "media_id": place.media_id}


def be_refused() -> Any:
    return _refused(lambda: PinsApi(CLIENT).pins_create(PinCreate(**TOLD["pin"])))


def check_requests() -> Any:
    """Each body as the SDK's models take it; and the names in it that they do not know."""
    return [_unknown_names(body) for body in TOLD["bodies"]]


def _unknown_names(body: Mapping[str, Any]) -> list[str]:
    source = dict(body["media_source"])
    model = SOURCES[source["source_type"]]
    strange = {*_strange(PinCreate, body), *_strange(model, source)}
    for item in source.get("items", ()):
        strange |= _strange(PinMediaSourceImagesBase64Items, item)
    if "items" in source:
        source["items"] = [PinMediaSourceImagesBase64Items(**item) for item in source["items"]]
    PinCreate(**{**body, "media_source": model(**source).to_dict()})
    return sorted(strange)


def _strange(model: Any, told: Mapping[str, Any]) -> set[str]:
    return set(told) - set(model.openapi_types)


def _refused(act: Callable[[], Any]) -> Any:
    try:
        act()
    except ApiException as error:
        return {**json.loads(error.body), "status": error.status}
    return None


ACTS = (look_around, make_a_board, make_a_pin, read_and_delete, make_a_film, be_refused, check_requests)
print(json.dumps({act.__name__: act for act in ACTS}[TOLD["act"]](), default=str))
