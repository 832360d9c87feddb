"""Pictures go up unpublished; a post or a story then names them. Their numbers are how a post is known again."""

from collections.abc import Sequence
from typing import Any

from tesselle.connectors.http.exchange import FilePart, Multipart
from tesselle.connectors.protocols import Api
from tesselle.domain.content import Media
from tesselle.domain.errors import NotSentError, RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.networks.facebook.wire import GRAPH

NO_ID = N_("Facebook took a picture, but did not say under which number. It will be tried again.")


async def put_up(pictures: Sequence[Media], api: Api) -> list[str]:
    return [await _one(picture, api) for picture in pictures]


async def _one(picture: Media, api: Api) -> str:
    path = api.media_file(picture)
    fields = {"published": "false", **({"alt_text_custom": picture.alt} if picture.alt else {})}
    form = Multipart(fields, (FilePart("source", path.name, picture.mime, path=path),))
    request = GRAPH.upload(api.account.server, await api.session(), f"{api.account.remote_id}/photos", form)
    photo = str((await api.call(request)).mapping().get("id", ""))
    if not photo:
        raise NotSentError(Message(NO_ID))
    return photo


async def still_there(photos: Sequence[str], api: Api) -> bool:
    try:
        for photo in photos:
            await GRAPH.ask(api, photo, {"fields": "id"})
    except RejectedError:
        return False
    return True


def shown_in(post: dict[str, Any]) -> set[str]:
    """The numbers of the pictures in a post, as its `attachments` name them."""
    found: set[str] = set()
    for attachment in (post.get("attachments") or {}).get("data") or ():
        inner = (attachment.get("subattachments") or {}).get("data") or [attachment]
        found |= {str((one.get("target") or {}).get("id", "")) for one in inner}
    return found - {""}
