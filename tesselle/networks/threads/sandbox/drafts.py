"""What a container may be made of: each kind with its own parameters, counted here by code of its own."""

from collections.abc import Mapping
from typing import Any

import regex

from tesselle.connectors.sandbox.graph import errors
from tesselle.connectors.sandbox.graph.wire import listed, words
from tesselle.networks.threads import limits
from tesselle.simulation.network import SimulatedNetwork

CONTROLS = {
    "everyone",
    "accounts_you_follow",
    "mentioned_only",
    "parent_post_author_only",
    "followers_only",
}
_EMOJI = regex.compile(
    r"[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}]|\u200d|\ufe0f|\u20e3|[\U000e0020-\U000e007f]"
)
_LINK = regex.compile(r"https?://[^\s<>\"]+")


def weight(text: str) -> int:
    total = 0
    for sign in text:
        total += len(sign.encode()) if _EMOJI.match(sign) else 1
    return total


def units(text: str) -> int:
    return sum(2 if ord(sign) > 0xFFFF else 1 for sign in text)


def check_words(data: Mapping[str, Any], kind: str) -> None:
    text, link, topic = words(data, "text"), words(data, "link_attachment"), words(data, "topic_tag")
    if weight(text) > limits.TEXT_UNITS:
        raise errors.invalid("Param text must be at most 500 characters long.")
    links = set(_LINK.findall(text)) | ({link} if link else set())
    if len(links) > limits.MAX_LINKS:
        raise errors.invalid("THREADS_API__LINK_LIMIT_EXCEEDED")
    if kind != "TEXT" and link:
        raise errors.invalid("link_attachment can only be used with text posts")
    if len(topic) > limits.TAG_CHARACTERS or any(sign in topic for sign in limits.TAG_REFUSES):
        raise errors.invalid("topic_tag")
    if (words(data, "reply_control") or "everyone") not in CONTROLS:
        raise errors.invalid("reply_control must be one of the following values")
    _check_poll(data, kind)
    if kind == "TEXT" and not text.strip() and not words(data, "poll_attachment"):
        raise errors.invalid("The parameter text is required.")


def _check_poll(data: Mapping[str, Any], kind: str) -> None:
    found = listed(data, "poll_attachment")
    if not found:
        return
    least, most = limits.POLL_ANSWERS
    answers = list(found[0].values()) if isinstance(found[0], dict) else []
    if kind != "TEXT" or words(data, "link_attachment") or not least <= len(answers) <= most:
        raise errors.invalid("poll_attachment")
    if any(not answer or units(str(answer)) > limits.POLL_CHARACTERS for answer in answers):
        raise errors.invalid("poll_attachment")


def file_of(data: Mapping[str, Any], kind: str, network: SimulatedNetwork) -> dict[str, Any]:
    """The picture or film, fetched from its address."""
    is_film = kind == "VIDEO"
    address = words(data, "video_url" if is_film else "image_url")
    if not address.startswith(("http://", "https://")):
        raise errors.invalid("video_url" if is_film else "image_url")
    if units(words(data, "alt_text")) > limits.ALT_UNITS:
        raise errors.invalid("alt_text")
    content = network.web(address) if network.web is not None else None
    if network.web is not None and content is None:
        raise errors.GraphRefusal(400, 2, "Media download has failed.", 2207052, transient=True)
    if content is not None and not is_film:
        if len(content) > limits.IMAGE_BYTES:
            raise errors.invalid("The image is too large to download")
        if not content.startswith((b"\xff\xd8", b"\x89PNG")):
            raise errors.invalid("The image format is not supported")
    mime = "video/mp4" if is_film else "image/jpeg"
    return {"mime": mime, "alt": words(data, "alt_text"), "address": address}
