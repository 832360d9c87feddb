"""What goes out: a container by its number, as a post or as a reply; a deletion."""

from collections.abc import Mapping
from typing import Any

from tesselle.connectors.dialects.graph import containers
from tesselle.connectors.dialects.graph.containers import Wait
from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Account, Api, StepCall
from tesselle.domain.content import Content, Media
from tesselle.networks.threads import options, quotas
from tesselle.networks.threads.answers import PASSING
from tesselle.networks.threads.wire import OWN, PUBLISH, STATE, THREADS

TEXT, IMAGE, VIDEO, CAROUSEL = "TEXT", "IMAGE", "VIDEO", "CAROUSEL"
SHOWN_AS = {TEXT: "TEXT_POST", IMAGE: "IMAGE", VIDEO: "VIDEO", CAROUSEL: "CAROUSEL_ALBUM"}
"""What a container of each kind is called once it is out."""


def steps(purpose: str, content: Content, account: Account) -> tuple[str, ...]:
    """Each part of a thread answers the one before."""
    match purpose:
        case "post" | "answer":
            return (purpose, *("part" for _ in content.parts))
        case "delete":
            return ("delete",)
        case _:
            raise ValueError(f"There is no {purpose!r} here.")


async def prepare(call: StepCall, api: Api, wait: Wait) -> Mapping[str, Any]:
    if call.kind == "delete":
        await quotas.allow(quotas.DELETIONS, api)
        return {}
    before = str(call.frozen.get("container", ""))
    if before:
        state, _words = await containers.state_of(THREADS, api, before, STATE)
        if state not in {"ERROR", "EXPIRED"}:
            return {**call.frozen, "ready": await _filled(before, api, wait)}
    answered = _answered(call)
    await quotas.allow(quotas.REPLIES if answered else quotas.POSTS, api)
    made = await _made(call, answered, api, wait)
    return {
        "container": made,
        "kind": _kind(call.media),
        "reply_to": answered,
        "ready": await _filled(made, api, wait),
    }


async def _filled(container: str, api: Api, wait: Wait) -> bool:
    return await containers.filled(THREADS, api, container, wait, PASSING, STATE)


def _answered(call: StepCall) -> str:
    """What this step answers: the part before it, or what somebody wrote."""
    if call.earlier:
        return call.earlier[-1].id
    return call.target.id if call.target is not None else ""


def _kind(media: tuple[Media, ...]) -> str:
    if len(media) > 1:
        return CAROUSEL
    return (VIDEO if media[0].kind == "video" else IMAGE) if media else TEXT


async def _made(call: StepCall, answered: str, api: Api, wait: Wait) -> str:
    params = {"media_type": _kind(call.media), "text": call.text, "reply_to_id": answered}
    if call.kind == "post":
        params |= options.of_post(call.content.options)
    if len(call.media) > 1:
        params["children"] = ",".join(await _children(call.media, api, wait))
    elif call.media:
        params |= _file(call.media[0], api)
    elif call.position == 0:
        params |= _beside_words(call.content)
    return await containers.made(THREADS, api, OWN, params)


def _beside_words(content: Content) -> dict[str, Any]:
    """A poll, or a link's card: words alone can carry one of the two."""
    if content.poll is not None:
        names = ("option_a", "option_b", "option_c", "option_d")
        return {"poll_attachment": dict(zip(names, content.poll.answers, strict=False))}
    return {"link_attachment": content.link}


async def _children(files: tuple[Media, ...], api: Api, wait: Wait) -> list[str]:
    children = []
    for one in files:
        item = {"media_type": _kind((one,)), "is_carousel_item": True, **_file(one, api)}
        children.append(await containers.made(THREADS, api, OWN, item))
    for child in children:
        await _filled(child, api, wait)
    return children


def _file(media: Media, api: Api) -> dict[str, Any]:
    field = "video_url" if media.kind == "video" else "image_url"
    return {field: api.media_address(media), "alt_text": media.alt}


def request(call: StepCall, session: Mapping[str, str]) -> Request:
    server = call.account.server
    if call.kind == "delete" and call.target is not None:
        return THREADS.delete(server, session, call.target.id)
    return THREADS.post(server, session, PUBLISH, {"creation_id": call.frozen["container"]})
