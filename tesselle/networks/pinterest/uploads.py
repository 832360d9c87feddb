"""Films go up before the pin: registered with Pinterest, put into its store, worked on there."""

from collections.abc import Awaitable, Callable
from typing import Any

from tesselle.connectors.api import AnswerError
from tesselle.connectors.http.exchange import FilePart, Multipart, Request
from tesselle.connectors.protocols import Api
from tesselle.domain.content import Media
from tesselle.domain.errors import NotSentError, RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.networks.pinterest.wire import address, ask, signed

Wait = Callable[[float], Awaitable[None]]
"""Waits so many seconds; handed in, so that tests and practice worlds need not."""

POLL_SECONDS = (2, 5, 5, 10, 10, 10, 20, 20, 30, 30)
UPLOAD_SECONDS = 120.0
SLOWEST_UPLOAD_BYTES_A_SECOND = 250_000

UNREADABLE = N_("Pinterest took the film, but its answer could not be read. It will be tried again.")
SLOW = N_("Pinterest is still working on the film. It will be tried again.")
FAILED = N_("Pinterest cannot use this film. Try MP4 with H.264, 4 seconds to 15 minutes long.")


async def upload(film: Media, api: Api, wait: Wait) -> str:
    """The number under which a pin can hold the film."""
    place = await _register(api)
    await _put(film, place, api)
    media_id = str(place["media_id"])
    for seconds in POLL_SECONDS:
        match await _status(media_id, api):
            case "succeeded":
                return media_id
            case "failed":
                raise RejectedError(Message(FAILED), "media_refused")
        await wait(seconds)
    raise NotSentError(Message(SLOW))


async def still_there(media_id: str, api: Api) -> bool:
    try:
        return await _status(media_id, api) == "succeeded"
    except RejectedError:
        return False
    except AnswerError as error:
        if error.response.status != 404:
            raise
        return False


async def _register(api: Api) -> dict[str, Any]:
    headers = signed(await api.session())
    url = address(api.account.server, "/media")
    place = (await api.call(Request.json("POST", url, {"media_type": "video"}, headers))).mapping()
    if not place.get("media_id") or not place.get("upload_url"):
        raise NotSentError(Message(UNREADABLE))
    return place


async def _put(film: Media, place: dict[str, Any], api: Api) -> None:
    """The store wants every parameter before the file, and no token of ours: they are the permission."""
    path = api.media_file(film)
    told = place.get("upload_parameters") or {}
    fields = {str(name): str(value) for name, value in told.items()}
    form = Multipart(fields, (FilePart("file", path.name, film.mime, path=path),))
    seconds = UPLOAD_SECONDS + film.size_bytes / SLOWEST_UPLOAD_BYTES_A_SECOND
    await api.call(Request("POST", str(place["upload_url"]), {}, form, seconds))


async def _status(media_id: str, api: Api) -> str:
    return str((await ask(api, f"/media/{media_id}")).get("status", ""))
