"""What is prepared before the irreversible call: the draft, or the fields of an edit or answer.

A post goes out in two steps. The draft carries a slug of our own and can be found by it; only then
is it made public, by its number, which is the witness of what became of the call.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from tesselle.connectors.dialects import articles
from tesselle.connectors.protocols import Api, StepCall
from tesselle.domain.content import Content
from tesselle.domain.errors import NotSentError, RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.networks.wordpress import files, markup, routes, terms
from tesselle.networks.wordpress.answers import GONE, items, mapping
from tesselle.networks.wordpress.limits import TITLE_BYTES
from tesselle.networks.wordpress.options import names

COMMENT = "comment-"
"""Comments and posts are counted apart; a channel's remote ids must not collide."""

LONG_TITLE = N_("WordPress keeps < and > in a title as four signs each, and so it is too long. Shorten it.")


def title_fits(content: Content) -> None:
    """Raises RejectedError: the site's database would answer with an error that says nothing for sure."""
    if len(markup.words(articles.title_of(content.title, content.text)).encode()) > TITLE_BYTES:
        raise RejectedError(Message(LONG_TITLE), "title_too_long")


def slug_for(call: StepCall) -> str:
    title = articles.title_of(call.content.title, call.text)
    return f"{articles.readable(title)}-{_hex(call)}"


def marker_for(call: StepCall) -> str:
    """Found again in the content of a contributor's draft, whose slug the site drops."""
    return f"<!-- pub:{_hex(call)} -->"


def _hex(call: StepCall) -> str:
    return sha256(call.key.encode()).hexdigest()[:8]


async def prepared_post(call: StepCall, api: Api) -> dict[str, Any]:
    if call.frozen and await _still_there(call, api):
        return dict(call.frozen)
    slug = slug_for(call)
    found = None if call.untried else await _oldest(call, api, slug)
    if found is None:
        fields = {"status": "draft", "slug": slug, "format": "standard", **await fields_for(call, api)}
        made = mapping(await api.call(routes.send(api.account, "POST", "/posts", fields)))
        if "id" not in made:
            raise NotSentError(Message(N_("The site’s answer to a draft could not be read.")))
        found = await _kept_of_two(call, api, slug, made)
    return {"post": int(found["id"]), "slug": slug}


async def _still_there(call: StepCall, api: Api) -> bool:
    try:
        seen = await api.call(routes.get(api.account, f"/posts/{call.frozen['post']}", {"context": "edit"}))
    except RejectedError as error:
        if error.reason != GONE:
            raise
        return False
    return mapping(seen).get("status") != "trash"


async def _oldest(call: StepCall, api: Api, slug: str) -> dict[str, Any] | None:
    """The draft of an earlier try whose answer was lost."""
    params: dict[str, str | int] = {"status": routes.EVERY_STATUS, "context": "edit", "per_page": 100}
    if _drops_slugs(api):
        params |= {"status": "draft,pending,publish", "author": api.account.remote_id}
    else:
        params |= {"slug": slug}
    listed = items(await api.call(routes.get(api.account, "/posts", params)))
    if listed is None:
        raise NotSentError(Message(N_("The site’s list of posts could not be read.")))
    mine = [item for item in listed if item.get("status") != "trash" and _is_ours(item, call, slug)]
    return min(mine, key=lambda item: int(item["id"]), default=None)


def _is_ours(item: Mapping[str, Any], call: StepCall, slug: str) -> bool:
    return item.get("slug") == slug or marker_for(call) in str(raw(item, "content"))


def _drops_slugs(api: Api) -> bool:
    return not api.account.facts.get("can_publish", True)


async def _kept_of_two(call: StepCall, api: Api, slug: str, made: dict[str, Any]) -> dict[str, Any]:
    """Another slug than ours in the answer: a create that we thought lost came through."""
    if made.get("slug") == slug or _drops_slugs(api):
        return made
    older = await _oldest(call, api, slug)
    if older is None or older["id"] == made["id"]:
        return made
    await api.call(routes.delete(api.account, f"/posts/{made['id']}", force=True))
    return older


async def fields_for(call: StepCall, api: Api) -> dict[str, Any]:
    """The fields of a post, its files uploaded and its tags and categories found."""
    content = call.content
    chosen = content.options
    placed = await files.place_all(call, api)
    picture = chosen.get("picture") or "featured"
    text = markup.body(call.text, content.link, placed, picture)
    if _drops_slugs(api):
        text = f"{text}\n\n{marker_for(call)}"
    fields: dict[str, Any] = {
        "title": markup.words(articles.title_of(content.title, call.text)),
        "content": text,
        "excerpt": markup.words(chosen.get("excerpt", "")),
    }
    images = [item.id for item in placed if item.kind == "image"]
    if images and picture != "body":
        fields["featured_media"] = images[0]
    if listed := names(chosen.get("categories", "")):
        fields["categories"] = [await terms.category(api, name) for name in listed]
    if listed := names(chosen.get("tags", "")):
        fields["tags"] = [await terms.tag(api, name) for name in listed]
    if chosen.get("comment_status"):
        fields["comment_status"] = chosen["comment_status"]
    return fields


async def prepared_edit(call: StepCall, api: Api) -> dict[str, Any]:
    assert call.target is not None
    if call.frozen:
        return dict(call.frozen)
    if call.target.id.startswith(COMMENT):
        return {"path": comment_path(call.target.id), "fields": {"content": markup.words(call.text)}}
    return {"path": f"/posts/{call.target.id}", "fields": await fields_for(call, api)}


async def prepared_answer(call: StepCall, api: Api) -> dict[str, Any]:
    """The comment answered is read first: the site would take a number that does not exist."""
    assert call.target is not None
    if call.frozen:
        return dict(call.frozen)
    post, parent = call.target.id, 0
    if post.startswith(COMMENT):
        context = {"context": "edit"} if api.account.facts.get("can_moderate") else {}
        seen = mapping(await api.call(routes.get(api.account, comment_path(post), context)))
        if seen.get("status") in ("trash", "spam"):
            raise RejectedError(Message(N_("The comment is no longer on the site.")), GONE)
        if "post" not in seen:
            raise NotSentError(Message(N_("The comment could not be read on the site.")))
        post, parent = str(seen["post"]), int(seen["id"])
    return {
        "post": int(post),
        "parent": parent,
        "content": markup.words(call.text),
        "author_user_agent": agent_for(call),
    }


def agent_for(call: StepCall) -> str:
    """Kept with a comment, shown to editors only: tells ours from one typed by hand."""
    return f"{routes.USER_AGENT}/{sha256(call.key.encode()).hexdigest()[:12]}"


def comment_path(remote_id: str) -> str:
    return f"/comments/{remote_id.removeprefix(COMMENT)}"


def path_of(remote_id: str) -> str:
    return comment_path(remote_id) if remote_id.startswith(COMMENT) else f"/posts/{remote_id}"


def raw(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    return str(value.get("raw") or value.get("rendered") or "") if isinstance(value, dict) else ""
