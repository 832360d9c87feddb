"""Files go up before the post: each gets an address to be sent to, and a URN that the post names."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Api
from tesselle.domain.content import Media, MediaKind
from tesselle.domain.errors import BlockedError, NotSentError, RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import BlockReason
from tesselle.networks.linkedin.answers import MEDIA
from tesselle.networks.linkedin.limits import PART_BYTES
from tesselle.networks.linkedin.wire import address, encoded, get, signed

Wait = Callable[[float], Awaitable[None]]
"""Waits so many seconds; handed in, so that tests and practice worlds need not."""

RESOURCES: dict[MediaKind, str] = {"image": "images", "video": "videos", "document": "documents"}
POLL_SECONDS = (1, 2, 3, 5, 8, 10)
UNSEEN_SECONDS = 4
"""A member's token may not ask how far a file is: then a moment is all one can give."""
UPLOAD_DEADLINE_SECONDS = 120.0

NO_PLACE = N_("LinkedIn named no place to send a file to. It will be tried again.")
STOPPED = N_("LinkedIn did not confirm a piece of a film. It will be sent again.")


async def upload_all(media: Sequence[Media], api: Api, wait: Wait) -> list[str]:
    """The URNs, in order. A file that is still worked on after half a minute goes out all the same:
    LinkedIn takes the post and shows it once the file is done, which reading back will tell."""
    urns = [await _upload(one, api) for one in media]
    for one, urn in zip(media, urns, strict=True):
        await _finished(RESOURCES[one.kind], urn, api, wait)
    return urns


async def _upload(media: Media, api: Api) -> str:
    return await (_upload_film(media, api) if media.kind == "video" else _upload_whole(media, api))


async def _begun(resource: str, extra: dict[str, Any], api: Api) -> dict[str, Any]:
    data = {"initializeUploadRequest": {"owner": api.account.remote_id, **extra}}
    url = address(api.account.server, f"/rest/{resource}", "action=initializeUpload")
    answer = (await api.call(Request.json("POST", url, data, signed(await api.session())))).mapping()
    value = answer.get("value")
    if not isinstance(value, dict) or not value.get(resource.removesuffix("s")):
        raise NotSentError(Message(NO_PLACE))
    return value


async def _upload_whole(media: Media, api: Api) -> str:
    resource = RESOURCES[media.kind]
    value = await _begun(resource, {}, api)
    headers = {"Authorization": signed(await api.session())["Authorization"], "Content-Type": media.mime}
    path = api.media_file(media)
    await api.call(Request("PUT", str(value["uploadUrl"]), headers, path, UPLOAD_DEADLINE_SECONDS))
    return str(value[resource.removesuffix("s")])


async def _upload_film(media: Media, api: Api) -> str:
    """In pieces, each to an address of its own and without our token."""
    path = api.media_file(media)
    size = path.stat().st_size
    extra = {"fileSizeBytes": size, "uploadCaptions": False, "uploadThumbnail": False}
    value = await _begun("videos", extra, api)
    parts = []
    with path.open("rb") as file:
        for piece in value.get("uploadInstructions") or [{}]:
            first, last = int(piece.get("firstByte", 0)), int(piece.get("lastByte", PART_BYTES - 1))
            file.seek(first)
            parts.append(await _sent(str(piece.get("uploadUrl", "")), file.read(last - first + 1), api))
    done = {"video": value["video"], "uploadToken": value.get("uploadToken", ""), "uploadedPartIds": parts}
    url = address(api.account.server, "/rest/videos", "action=finalizeUpload")
    headers = signed(await api.session())
    await api.call(Request.json("POST", url, {"finalizeUploadRequest": done}, headers))
    return str(value["video"])


async def _sent(url: str, piece: bytes, api: Api) -> str:
    headers = {"Content-Type": "application/octet-stream"}
    answer = await api.call(Request("PUT", url, headers, piece, UPLOAD_DEADLINE_SECONDS))
    tag = answer.headers.get("etag", "").strip('"')
    if not tag:
        raise NotSentError(Message(STOPPED))
    return tag


async def _finished(resource: str, urn: str, api: Api, wait: Wait) -> None:
    """Asks until LinkedIn has finished with the file, within bounds.

    Raises:
        RejectedError: it could do nothing with it.
    """
    for seconds in POLL_SECONDS:
        try:
            told = (await get(api, f"/rest/{resource}/{encoded(urn)}")).mapping()
        except BlockedError as error:
            if error.reason != BlockReason.ROLE:
                raise
            await wait(UNSEEN_SECONDS)
            return
        if told.get("status") == "AVAILABLE":
            return
        if told.get("status") == "PROCESSING_FAILED":
            why = str(told.get("processingFailureReason") or "PROCESSING_FAILED")
            raise RejectedError(Message(MEDIA, {"answer": why[:200]}), "media_refused")
        await wait(seconds)
