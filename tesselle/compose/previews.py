"""What each network makes of the words, drawn by the network's own template.

The template gets `content`, `account`, `posts` (the parts of the thread, the first with its media and
card), and `facts`: what the network's own `preview` module says, if it has one.
"""

import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.contrib.staticfiles.finders import find
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from tesselle.channels.models import Channel
from tesselle.compose.desk import Desk, Place
from tesselle.domain.content import Content
from tesselle.library.models import Asset


@dataclass(frozen=True, slots=True)
class PreviewMedia:
    """With the true size, so that the page can keep the proportions. `pages`: of a document, each page's
    picture."""

    url: str
    alt: str
    width: int
    height: int
    is_video: bool
    pages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    url: str
    title: str
    host: str


@dataclass(frozen=True, slots=True)
class PreviewPost:
    text: str
    media: tuple[PreviewMedia, ...]
    card: Card | None
    is_first: bool
    is_last: bool


class Address(Protocol):
    """Where somebody sees an asset, small; or one page of a document, counted from 1."""

    def __call__(self, asset: Asset, page: int = 0, /) -> str: ...


def picture_of(asset: Asset, page: int = 0) -> str:
    """For members of the workspace."""
    if page:
        return reverse("library:page", args=[asset.pk, page])
    return reverse("library:thumb", args=[asset.pk])


def preview_of(place: Place, desk: Desk, address: Address = picture_of) -> SafeString:
    """`address`: where the pictures are, for whoever looks."""
    channel = place.channel
    media = _media(desk, desk.draft.words(channel.pk).media, address)
    return drawn(channel, desk.content(channel.pk), media)


def drawn(
    channel: Channel,
    content: Content,
    media: tuple[PreviewMedia, ...],
    *,
    age: str = "",
    at: datetime | None = None,
    figures: Mapping[str, int] | None = None,
) -> SafeString:
    """`age`, `at` and `figures`: of a post that is out; without them it is drawn as if it went out now."""
    context = {
        "content": content,
        "account": channel,
        "initial": initial_of(channel.display_name or channel.handle),
        "posts": _posts(content, media),
        "media": media,
        "media_urls": [item.url for item in media],
        "facts": _facts(channel.network, content, channel.handle),
        "age": age,
        "at": at or timezone.now(),
        "figures": figures or {},
    }
    return render_to_string(f"networks/{channel.network}/preview.html", context)


def initial_of(name: str) -> str:
    """What stands in the place of a portrait."""
    return (name or "?").lstrip("@#~")[:1].upper()


@cache
def stylesheet_of(network: str) -> str:
    """The network's own drawing; empty when it has none."""
    path = f"networks/{network}/preview.css"
    return path if find(path) else ""


def _facts(network: str, content: Content, handle: str) -> Mapping[str, Any]:
    module = f"tesselle.networks.{network}.preview"
    if importlib.util.find_spec(module) is None:
        return {}
    facts: Mapping[str, Any] = importlib.import_module(module).facts(content, handle)
    return facts


def _media(desk: Desk, ids: tuple[int, ...], address: Address) -> tuple[PreviewMedia, ...]:
    return tuple(
        PreviewMedia(
            url=address(desk.assets[pk]),
            alt=desk.draft.alts.get(pk, ""),
            width=desk.assets[pk].width_px,
            height=desk.assets[pk].height_px,
            is_video=desk.assets[pk].kind == "video",
            pages=pages_of(desk.assets[pk], address),
        )
        for pk in ids
        if pk in desk.assets
    )


def pages_of(asset: Asset, address: Address = picture_of) -> tuple[str, ...]:
    return tuple(address(asset, number) for number in range(1, asset.pages + 1))


def _posts(content: Content, media: tuple[PreviewMedia, ...]) -> tuple[PreviewPost, ...]:
    last = len(content.texts) - 1
    card = _card(content)
    return tuple(
        PreviewPost(
            text=text,
            media=media if index == 0 else (),
            card=card if index == 0 else None,
            is_first=index == 0,
            is_last=index == last,
        )
        for index, text in enumerate(content.texts)
    )


def _card(content: Content) -> Card | None:
    if not content.link:
        return None
    try:
        host = urlsplit(content.link).hostname or content.link
    except ValueError:
        host = content.link
    return Card(content.link, content.title or host.removeprefix("www."), host.removeprefix("www."))
