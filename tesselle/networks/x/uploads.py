"""Files go up before the post; the keys they get are also how the post is found again."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from tesselle.connectors.http.exchange import FilePart, Multipart, Request
from tesselle.connectors.protocols import Api
from tesselle.domain.content import Media
from tesselle.domain.errors import NotSentError, RejectedError, TryLaterError
from tesselle.domain.messages import N_, Message
from tesselle.networks.x.answers import MEDIA
from tesselle.networks.x.wire import address, ask, signed

Wait = Callable[[float], Awaitable[None]]
"""Waits so many seconds; handed in, so that tests and practice worlds need not."""

UPLOAD = "/2/media/upload"
CHUNK_BYTES = 1_048_576
"""5 MB are documented, but some proxies refuse so much."""
UPLOAD_DEADLINE_SECONDS = 120.0
PATIENCE_SECONDS = 240
MARGIN = timedelta(minutes=30)
UNTOLD_LIFE_SECONDS = 3_600

NO_ID = N_("X took a file, but did not say under which name. It will be tried again.")
SLOW = N_("X is still working on a film. It will be tried again.")


async def upload_all(media: Sequence[Media], api: Api, wait: Wait) -> list[dict[str, str]]:
    """For each file `id`, `key` and until when X keeps it unused."""
    return [await _upload(one, api, wait) for one in media]


def still_there(files: Sequence[dict[str, str]], now: datetime) -> bool:
    return all(datetime.fromisoformat(one["until"]) > now + MARGIN for one in files)


async def _upload(media: Media, api: Api, wait: Wait) -> dict[str, str]:
    data = await (_in_pieces(media, api, wait) if media.kind == "video" else _at_once(media, api))
    if not data.get("id"):
        raise NotSentError(Message(NO_ID))
    if media.alt and media.kind == "image":
        words = {"id": str(data["id"]), "metadata": {"alt_text": {"text": media.alt}}}
        await _post(api, "/2/media/metadata", words)
    life = timedelta(seconds=int(data.get("expires_after_secs") or UNTOLD_LIFE_SECONDS))
    return {
        "id": str(data["id"]),
        "key": str(data.get("media_key", "")),
        "until": (api.now + life).isoformat(),
    }


async def _at_once(media: Media, api: Api) -> dict[str, Any]:
    path = api.media_file(media)
    form = Multipart(
        {"media_category": "tweet_image"}, (FilePart("media", path.name, media.mime, path=path),)
    )
    return _data(await _form(api, UPLOAD, form))


async def _in_pieces(media: Media, api: Api, wait: Wait) -> dict[str, Any]:
    path = api.media_file(media)
    begun = {
        "media_type": media.mime,
        "total_bytes": path.stat().st_size,
        "media_category": "tweet_video",
    }
    upload = _data(await _post(api, f"{UPLOAD}/initialize", begun))
    if not upload.get("id"):
        return {}
    place = f"{UPLOAD}/{upload['id']}"
    with path.open("rb") as file:
        index = 0
        while piece := file.read(CHUNK_BYTES):
            part = FilePart("media", path.name, "application/octet-stream", data=piece)
            await _form(api, f"{place}/append", Multipart({"segment_index": str(index)}, (part,)))
            index += 1
    done = _data(await _post(api, f"{place}/finalize", None))
    await _processed(str(upload["id"]), done, api, wait)
    return {**upload, **done}


async def _processed(media_id: str, data: dict[str, Any], api: Api, wait: Wait) -> None:
    """Asks as often as X wants to be asked, for some minutes."""
    waited = 0.0
    while info := data.get("processing_info"):
        if info.get("state") == "failed":
            raise _failure(info)
        if info.get("state") == "succeeded":
            return
        if waited >= PATIENCE_SECONDS:
            raise TryLaterError(Message(SLOW), api.now + timedelta(minutes=5))
        seconds = max(1.0, float(info.get("check_after_secs") or 5))
        await wait(seconds)
        waited += seconds
        data = _data(await ask(api, UPLOAD, {"media_id": media_id, "command": "STATUS"}))


def _failure(info: dict[str, Any]) -> NotSentError | RejectedError:
    error = info.get("error") or {}
    name = str(error.get("name", ""))
    if name == "InternalError":
        return NotSentError(Message(SLOW))
    answer = str(error.get("message") or name or "?")[:200]
    return RejectedError(Message(MEDIA, {"answer": answer}), "media_refused")


def _data(answer: Any) -> dict[str, Any]:
    data = answer.get("data") if isinstance(answer, dict) else None
    return data if isinstance(data, dict) else {}


async def _post(api: Api, path: str, body: dict[str, Any] | None) -> Any:
    url, headers = address(api.account, path), signed(await api.session())
    request = Request("POST", url, headers) if body is None else Request.json("POST", url, body, headers)
    return (await api.call(request)).json()


async def _form(api: Api, path: str, form: Multipart) -> Any:
    headers = signed(await api.session())
    url = address(api.account, path)
    request = Request("POST", url, headers, form, deadline_seconds=UPLOAD_DEADLINE_SECONDS)
    return (await api.call(request)).json()
