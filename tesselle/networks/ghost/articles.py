"""What is prepared before the irreversible call: the pictures, the draft, the fields of an edit.

A post goes out in two steps. The draft carries an address of our own and can be found by it; only
then is it made public, by its number, which is the witness of what became of the call.
"""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from tesselle.connectors.dialects import articles
from tesselle.connectors.protocols import Api, StepCall
from tesselle.domain.content import Media
from tesselle.domain.errors import NotSentError, RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.networks.ghost import routes
from tesselle.networks.ghost.answers import GONE
from tesselle.networks.ghost.options import names

UPLOAD_SECONDS = 120.0
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp"}
FROM_HTML = {"source": "html"}

_UNREADABLE = N_("The site’s answer could not be read.")


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture that is on the site."""

    url: str
    alt: str


def slug_for(call: StepCall) -> str:
    digest = sha256(call.key.encode()).hexdigest()[:8]
    return f"{articles.readable(articles.title_of(call.content.title, call.text))}-{digest}"


async def prepared_post(call: StepCall, api: Api) -> dict[str, Any]:
    """The draft, made once: `updated_at` guards it against what somebody changes there meanwhile."""
    slug = slug_for(call)
    kept = await _still_there(call, api) if call.frozen else {}
    if not kept and not call.untried:
        kept = await _by_slug(api, slug)
    if not kept:
        fields = {"status": "draft", "slug": slug, **await fields_for(call, api)}
        answer = await routes.send(api, "POST", "/posts/", {"posts": [fields]}, FROM_HTML)
        kept = await _kept_of_two(api, slug, routes.first(answer))
    if "id" not in kept or "updated_at" not in kept:
        raise NotSentError(Message(_UNREADABLE))
    return {"post": kept["id"], "slug": slug, "updated_at": kept["updated_at"]}


async def _still_there(call: StepCall, api: Api) -> dict[str, Any]:
    return await found(api, f"/posts/{call.frozen['post']}/")


async def _by_slug(api: Api, slug: str) -> dict[str, Any]:
    return await found(api, f"/posts/slug/{slug}/")


async def found(api: Api, path: str, params: routes.Params | None = None) -> dict[str, Any]:
    """A post as the site has it; {} when it says that it has none.

    Raises:
        NotSentError: a page came instead, which is not the same as an empty answer.
    """
    try:
        post = routes.first(await routes.get(api, path, params))
    except RejectedError as error:
        if error.reason != GONE:
            raise
        return {}
    if "id" not in post:
        raise NotSentError(Message(_UNREADABLE))
    return post


async def _kept_of_two(api: Api, slug: str, made: dict[str, Any]) -> dict[str, Any]:
    """Another address than ours in the answer: a create that we thought lost came through."""
    if not made or made.get("slug") == slug:
        return made
    older = await _by_slug(api, slug)
    if not older:
        return made
    await api.call(routes.delete(api.account, await api.session(), f"/posts/{made['id']}/"))
    return older


async def prepared_edit(call: StepCall, api: Api) -> dict[str, Any]:
    assert call.target is not None
    if call.frozen:
        return dict(call.frozen)
    seen = await found(api, f"/posts/{call.target.id}/")
    if "updated_at" not in seen:
        raise RejectedError(Message(N_("The post is no longer on the site.")), GONE)
    fields = await fields_for(call, api)
    return {"fields": {**fields, "updated_at": seen["updated_at"]}}


async def fields_for(call: StepCall, api: Api) -> dict[str, Any]:
    """The fields of a post, its pictures uploaded. The first picture stands above the article."""
    content, chosen = call.content, call.content.options
    placed = [await _placed(call, api, number, media) for number, media in enumerate(call.media)]
    title = articles.title_of(content.title, call.text)
    return {
        # Without any words at all the picture's alternative text has to do.
        "title": title or (placed[0].alt if placed else "")[: articles.TITLE_SIGNS] or "…",
        "html": body(call.text, content.link, placed[1:]),
        "feature_image": placed[0].url if placed else None,
        "feature_image_alt": placed[0].alt or None if placed else None,
        "custom_excerpt": chosen.get("excerpt") or None,
        "tags": [{"name": name} for name in names(chosen.get("tags", ""))],
        "visibility": chosen.get("visibility") or "public",
    }


async def _placed(call: StepCall, api: Api, number: int, media: Media) -> Placed:
    """Files cannot be looked for there: one whose answer was lost stays unused on the site."""
    name = sha256(f"{call.key}/{number}/{media.asset}".encode()).hexdigest()[:12]
    filename = f"t{name}.{ENDINGS.get(media.mime, 'bin')}"
    answer = await routes.upload(api, api.media_file(media), filename, media.mime, UPLOAD_SECONDS)
    url = routes.first(answer, "images").get("url")
    if not url:
        raise NotSentError(Message(_UNREADABLE))
    return Placed(str(url), media.alt)


def body(text: str, link: str, pictures: Sequence[Placed]) -> str:
    """HTML that Ghost turns into its own blocks without loss."""
    parts = [f"<p>{articles.lines(part, _escaped)}</p>" for part in articles.paragraphs(text)]
    if link and link not in text:
        parts.append(f"<p>{articles.lines(link, _escaped)}</p>")
    for picture in pictures:
        shown = f'<img src="{html.escape(picture.url)}" class="kg-image" alt="{html.escape(picture.alt)}">'
        parts.append(f'<figure class="kg-card kg-image-card">{shown}</figure>')
    return "".join(parts)


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def same_words(sent: Mapping[str, Any], seen: Mapping[str, Any]) -> bool:
    """Whether the site shows what was sent."""
    shown = articles.fingerprint(str(seen.get("html") or ""))
    return seen.get("title") == sent["title"] and shown == articles.fingerprint(str(sent["html"]))
