"""Files on their way to a site's media library, each at most once."""

from hashlib import sha256
from typing import Any

from tesselle.connectors.api import AnswerError
from tesselle.connectors.http.exchange import Response
from tesselle.connectors.protocols import Api, StepCall
from tesselle.domain.content import Media
from tesselle.domain.errors import BlockedError, NotSentError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import BlockReason
from tesselle.networks.wordpress import routes
from tesselle.networks.wordpress.answers import items, mapping
from tesselle.networks.wordpress.markup import Placed, words

IMAGE_SECONDS, VIDEO_SECONDS = 60.0, 600.0
ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/webm": "webm",
}
NO_UPLOADS = N_(
    "The site’s user may not upload files: contributors cannot. Give it the role Author or Editor."
)


async def place_all(call: StepCall, api: Api) -> list[Placed]:
    if call.media and not api.account.facts.get("can_upload", True):
        raise BlockedError(Message(NO_UPLOADS), BlockReason.ROLE)
    return [await _place(call, api, number, media) for number, media in enumerate(call.media)]


async def _place(call: StepCall, api: Api, number: int, media: Media) -> Placed:
    """Upload, or find what an earlier try uploaded: the file's name is its key."""
    name = "t" + sha256(f"{call.key}/{number}/{media.asset}".encode()).hexdigest()[:12]
    item = await _found(api, name) or await _uploaded(api, media, name)
    # A raw upload cannot carry the alternative text; the site strips what looks like HTML from it.
    alt = words(media.alt)
    if alt and item.get("alt_text") != alt:
        request = routes.send(api.account, "POST", f"/media/{item['id']}", {"alt_text": alt})
        await api.call(request)
    return Placed(int(item["id"]), str(item["source_url"]), media.alt, media.kind)


async def _found(api: Api, name: str) -> dict[str, Any] | None:
    params = {"slug": name, "status": "inherit", "context": "edit"}
    listed = items(await api.call(routes.get(api.account, "/media", params)))
    if listed is None:
        raise NotSentError(Message(N_("The site’s list of files could not be read.")))
    return min(listed, key=lambda item: int(item["id"]), default=None)


async def _uploaded(api: Api, media: Media, name: str) -> dict[str, Any]:
    seconds = VIDEO_SECONDS if media.kind == "video" else IMAGE_SECONDS
    filename = f"{name}.{ENDINGS.get(media.mime, 'bin')}"
    request = routes.upload(api.account, api.media_file(media), filename, media.mime, seconds)
    try:
        response = await api.call(request)
    except AnswerError as error:
        response = await _finished(api, error)
    item = mapping(response)
    if "id" not in item or "source_url" not in item:
        raise NotSentError(Message(N_("The site’s answer to an upload could not be read.")))
    return item


async def _finished(api: Api, error: AnswerError) -> Response:
    """A site that ran out of memory while making small versions says which file it kept."""
    kept = error.response.headers.get("x-wp-upload-attachment-id", "")
    if not kept.isdigit():
        raise error
    fields = {"action": "create-image-subsizes"}
    return await api.call(routes.send(api.account, "POST", f"/media/{kept}/post-process", fields))
