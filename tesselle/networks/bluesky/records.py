"""The record of a post, built once and sent as it is at every attempt.

Blobs, mentions and reply references are fetched first (all repeatable), so that the irreversible
call only hands the finished record over.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from tesselle.connectors.api import AnswerError
from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Api, StepCall
from tesselle.domain.content import Content, Media
from tesselle.domain.errors import RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Remote
from tesselle.networks.bluesky import xrpc
from tesselle.networks.bluesky.facets import facets, handles
from tesselle.networks.bluesky.tid import record_key

TARGET_GONE = N_("The post to be answered is no longer on Bluesky.")
UPLOAD_SECONDS = 180.0


async def build(call: StepCall, api: Api) -> dict[str, Any]:
    """`{"rkey", "record"}` of a post, a part or an answer."""
    text = call.text
    record: dict[str, Any] = {"$type": xrpc.POSTS, "text": text, "createdAt": xrpc.stamp(call.instant)}
    if call.content.language:
        record["langs"] = [call.content.language]
    if marked := facets(text, await _dids(text, api)):
        record["facets"] = marked
    if embed := embedded(call, await upload(call.media, api)):
        record["embed"] = embed
    if reply := await _reply(call, api):
        record["reply"] = reply
    return {"rkey": record_key(call.instant, call.key), "record": record}


async def upload(media: tuple[Media, ...], api: Api) -> list[dict[str, Any]]:
    """Put the files on the server; what it answers goes into the record word for word.

    Blobs are named by their content: doing this again changes nothing, and brings back what the
    server dropped because no record spoke of it.
    """
    if not media:
        return []
    headers = xrpc.signed(await api.session())
    blobs = []
    for item in media:
        request = Request(
            "POST",
            f"{api.account.server}/xrpc/com.atproto.repo.uploadBlob",
            {**headers, "Content-Type": item.mime},
            api.media_file(item),
            deadline_seconds=UPLOAD_SECONDS,
        )
        blobs.append((await api.call(request)).mapping()["blob"])
    return blobs


def embedded(call: StepCall, blobs: list[dict[str, Any]]) -> dict[str, Any] | None:
    if call.media and call.media[0].kind == "video":
        film = {"$type": "app.bsky.embed.video", "video": blobs[0], **_shown(call.media[0])}
        return film if film["alt"] else {key: value for key, value in film.items() if key != "alt"}
    if call.media:
        images = [{"image": blob, **_shown(item)} for item, blob in zip(call.media, blobs, strict=True)]
        return {"$type": "app.bsky.embed.images", "images": images}
    if call.position == 0 and call.content.link:
        return {"$type": "app.bsky.embed.external", "external": _card(call.content)}
    return None


def _shown(media: Media) -> dict[str, Any]:
    shown: dict[str, Any] = {"alt": media.alt}
    if media.width_px > 0 and media.height_px > 0:
        shown["aspectRatio"] = {"width": media.width_px, "height": media.height_px}
    return shown


def _card(content: Content) -> dict[str, str]:
    title = content.title or urlsplit(content.link).netloc or content.link
    return {"uri": content.link, "title": title, "description": ""}


async def _dids(text: str, api: Api) -> Mapping[str, str]:
    """The accounts behind the handles; one that nobody has stays plain text."""
    found: dict[str, str] = {}
    for handle in handles(text):
        request = xrpc.query(api.account.server, "com.atproto.identity.resolveHandle", {"handle": handle})
        try:
            found[handle] = str((await api.call(request)).mapping()["did"])
        except AnswerError as error:
            if error.response.status >= 500:
                raise
    return found


async def _reply(call: StepCall, api: Api) -> dict[str, Any] | None:
    if call.kind == "part":
        parent = call.earlier[-1]
        return {"root": _reference(call.earlier[0]), "parent": _reference(parent)}
    if call.kind == "answer" and call.target is not None:
        target = await _with_reference(call.target, api)
        root = {"uri": target.extra.get("root_uri", ""), "cid": target.extra.get("root_cid", "")}
        return {"root": root if root["uri"] else _reference(target), "parent": _reference(target)}
    return None


def _reference(remote: Remote) -> dict[str, str]:
    return {"uri": remote.id, "cid": remote.extra["cid"]}


async def _with_reference(target: Remote, api: Api) -> Remote:
    """A target whose `cid` and thread root are known, asked from the server where they were not kept."""
    if "cid" in target.extra:
        return target
    address = xrpc.RecordAddress.of(target.id)
    request = xrpc.query(
        api.account.server, "com.atproto.repo.getRecord", address.params, xrpc.signed(await api.session())
    )
    try:
        answer = (await api.call(request)).mapping()
    except AnswerError as error:
        if xrpc.Complaint.of(error.response).name == "RecordNotFound":
            raise RejectedError(Message(TARGET_GONE), "target_gone") from error
        raise
    return Remote(target.id, target.url, extras(answer["cid"], answer["value"]))


def extras(cid: str, record: Mapping[str, Any]) -> dict[str, str]:
    """What must be known of a post to answer it: its `cid`, and the root of its thread."""
    root = (record.get("reply") or {}).get("root") or {}
    if not root:
        return {"cid": cid}
    return {"cid": cid, "root_uri": str(root.get("uri", "")), "root_cid": str(root.get("cid", ""))}


def remote(uri: str, cid: str, record: Mapping[str, Any]) -> Remote:
    return Remote(uri, xrpc.RecordAddress.of(uri).page, extras(cid, record))
