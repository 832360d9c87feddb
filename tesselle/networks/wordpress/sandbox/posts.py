"""Posts: drafts with a slug, publication by number, trash."""

import html
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeGuard

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.connectors.sandbox.words import words_of
from tesselle.networks.wordpress.limits import REQUEST_BYTES, TITLE_BYTES
from tesselle.networks.wordpress.sandbox import wire
from tesselle.networks.wordpress.sandbox.wire import ProblemError
from tesselle.simulation.network import SimAccount, SimPost, SimulatedNetwork

WRITABLE = {"publish", "future", "draft", "pending", "private"}
PUBLIC = {"publish", "private"}
TRASHED = "__trashed"


class Posts:
    def __init__(self, network: SimulatedNetwork) -> None:
        self.network = network

    # requests

    async def create(self, request: Request) -> Response:
        account = wire.demand(await self._who(request), "edit_posts", "rest_cannot_create")
        fields = await wire.fields_of(request)
        status = self._status(fields, account, "draft")
        if not any(str(fields.get(name) or "").strip() for name in ("title", "content", "excerpt")):
            raise ProblemError("empty_content", 400)
        number = await self.network.next_id("things")
        data = self._taken_in({"status": status, "author": account.id}, fields, account)
        data["slug"] = await self._free_slug(data.get("slug") or "", number)
        post = self.network.new_post(str(number), account.id, "", draft=True, data=data)
        await self._save(self._with_status(post, status))
        return JSONResponse(await self._shown(request, post.id, "edit"), 201)

    async def change(self, request: Request) -> Response:
        account, post = await self._who(request), await self._stored(request)
        owner = account is not None and account.id == post.account_id
        right = "edit_others_posts" if not owner else "edit_posts" if post.draft else "edit_published_posts"
        account = wire.demand(account, right, "rest_cannot_edit")
        fields = await wire.fields_of(request)
        status = self._status(fields, account, str(post.data["status"]))
        data = self._taken_in(dict(post.data), fields, account)
        if "slug" in fields:
            data["slug"] = await self._free_slug(str(fields["slug"]), int(post.id))
        if status == "pending" and not wire.may(account, "publish_posts"):
            data["slug"] = ""
        elif data["slug"].endswith(TRASHED):
            data["slug"] = await self._free_slug(data["slug"].removesuffix(TRASHED), int(post.id))
        if status == "publish" and not data["slug"]:
            data["slug"] = await self._free_slug(wire.slugged(data["title"]), int(post.id))
        await self._save(self._with_status(replace(post, data=data, removed=False), status))
        return JSONResponse(await self._shown(request, post.id, "edit"))

    async def remove(self, request: Request) -> Response:
        account, post = await self._who(request), await self._stored(request)
        owner = account is not None and account.id == post.account_id
        wire.demand(account, "edit_posts" if owner else "delete_others_posts", "rest_cannot_delete")
        shown = await self._shown(request, post.id, "edit")
        if request.query_params.get("force") == "true":
            await self._free(post)
            await self._save(replace(post, removed=True, data={**post.data, "status": "deleted"}))
            return JSONResponse({"deleted": True, "previous": shown})
        if post.data["status"] == "trash":
            raise ProblemError("rest_already_trashed", 410)
        await self._free(post)
        slug = f"{post.data['slug']}{TRASHED}"
        trashed = replace(post, removed=True, data={**post.data, "status": "trash", "slug": slug})
        await self._save(trashed)
        await self.network.keep("slugs", slug, {"post": post.id})
        return JSONResponse(await self._shown(request, post.id, "edit"))

    async def read(self, request: Request) -> Response:
        account, post = await self._who(request), await self._stored(request)
        context = request.query_params.get("context", "view")
        if context == "edit" and not self._editable(account, post):
            raise wire.forbidden(account, "rest_forbidden_context")
        if self._now_status(post) != "publish" and not self._editable(account, post):
            raise wire.forbidden(account, "rest_forbidden")
        return JSONResponse(await self._shown(request, post.id, context))

    async def listed(self, request: Request) -> Response:
        params, account = request.query_params, await self._who(request)
        statuses = set(params.get("status", "publish").split(","))
        if statuses != {"publish"} and not wire.may(account, "edit_posts"):
            raise wire.invalid("status", "Status is forbidden.", inner=401 if account is None else 403)
        context = params.get("context", "view")
        if context == "edit" and not wire.may(account, "edit_posts"):
            raise wire.forbidden(account, "rest_forbidden_context")
        found = [post for post in await self._asked(params) if self._matches(post, params, statuses)]
        found.sort(key=lambda post: (post.created_at, int(post.id)), reverse=params.get("order") != "asc")
        allowed = [post for post in found if self._visible(account, post, context)]
        shown = [self._present(request, post, context) for post in allowed]
        # The total counts what is left out of the list, as on the real thing.
        return wire.paged(request, shown, len(found))

    # rules

    async def _who(self, request: Request) -> SimAccount | None:
        return await wire.account_for(request, self.network)

    async def _stored(self, request: Request) -> SimPost:
        post = await self.network.stored_post(str(request.path_params["id"]))
        # A create that came late is not there yet.
        if not _is_post(post) or post.data["status"] == "deleted" or self._is_late(post):
            raise ProblemError("rest_post_invalid_id", 404)
        return post

    def _is_late(self, post: SimPost) -> bool:
        return post.draft and post.visible_at > self.network.clock()

    def _now_status(self, post: SimPost) -> str:
        """A publication that comes late leaves the draft as it was until then."""
        if post.removed and post.data["status"] != "deleted":
            return "trash"
        late = post.data["status"] in PUBLIC and post.visible_at > self.network.clock()
        return "draft" if late else str(post.data["status"])

    def _status(self, fields: Mapping[str, Any], account: SimAccount, before: str) -> str:
        status = str(fields.get("status") or before)
        if "status" in fields and status not in WRITABLE:
            raise wire.invalid("status")
        if status in ("publish", "future", "private") and status != before:
            wire.demand(account, "publish_posts", "rest_cannot_publish")
        date = _date(fields.get("date_gmt"))
        if date is not None and status in ("publish", "future"):
            return "future" if date > self.network.clock() else "publish"
        return "publish" if status == "future" and date is None and before != "future" else status

    def _taken_in(
        self, data: dict[str, Any], fields: Mapping[str, Any], account: SimAccount
    ) -> dict[str, Any]:
        for name in ("categories", "tags"):
            values = fields.get(name, [])
            if not all(isinstance(value, int) for value in values):
                raise wire.invalid(name, f"{name}[0] is not of type integer.")
        for name in ("title", "content", "excerpt"):
            if name in fields:
                data[name] = wire.filtered(str(fields[name]), account)
            data.setdefault(name, "")
        if len(data["title"].encode("utf-8")) > TITLE_BYTES:
            raise ProblemError("db_insert_error", 500)
        if "content" in fields and wire.weight(data["content"]) > REQUEST_BYTES:
            raise wire.TooLargeError
        if "slug" in fields and "slug" not in data:
            data["slug"] = str(fields["slug"])
        for name in ("featured_media", "categories", "tags", "comment_status", "format"):
            if name in fields:
                data[name] = fields[name]
        return data

    def _with_status(self, post: SimPost, status: str) -> SimPost:
        data = {**post.data, "status": status, "modified": wire.stamp(self.network.clock())}
        public = status in PUBLIC
        if public and (post.draft or post.visible_at > self.network.clock()):
            # The date of a draft becomes the moment of its publication.
            fresh = self.network.new_post(post.id, post.account_id, "")
            post = replace(post, created_at=fresh.created_at, visible_at=fresh.visible_at)
        return replace(post, draft=not public, data=data)

    async def _save(self, post: SimPost) -> None:
        text = words_of(post.data["content"])
        title = html.unescape(post.data["title"])
        await self.network.save_post(replace(post, text=text, title=title, media=await self._media(post)))
        if slug := post.data.get("slug"):
            await self.network.keep("slugs", slug, {"post": post.id})

    async def _media(self, post: SimPost) -> tuple[Mapping[str, Any], ...]:
        used = [str(post.data["featured_media"])] if post.data.get("featured_media") else []
        used += re.findall(r"<!-- wp:(?:image|video) \{\"id\":(\d+)", post.data["content"])
        kept = [await self.network.kept("media", number) for number in dict.fromkeys(used)]
        return tuple({"mime": one["mime_type"], "alt": one["alt_text"]} for one in kept if one)

    async def _free_slug(self, wanted: str, number: int) -> str:
        """The second of a name becomes `-2`, without a word."""
        wanted = wire.slugged(wanted)
        if not wanted:
            return ""
        slug, count = wanted, 1
        while (taken := await self.network.kept("slugs", slug)) and taken.get("post") != str(number):
            count += 1
            slug = f"{wanted}-{count}"
        return slug

    async def _free(self, post: SimPost) -> None:
        if slug := post.data.get("slug"):
            await self.network.forget("slugs", slug)

    # lists

    async def _asked(self, params: Mapping[str, str]) -> list[SimPost]:
        if "slug" in params:
            rows = [await self.network.kept("slugs", slug) for slug in params["slug"].split(",")]
            ids = [row["post"] for row in rows if row and row.get("post")]
        elif "include" in params:
            ids = [str(number) for number in wire.numbers(params["include"])]
        else:
            return [post for post in await self.network.truth() if _is_post(post)]
        found = [await self.network.stored_post(one) for one in ids]
        return [post for post in found if _is_post(post)]

    def _matches(self, post: SimPost, params: Mapping[str, str], statuses: set[str]) -> bool:
        after = _date(params.get("after"))
        return (
            self._now_status(post) in statuses
            and not self._is_late(post)
            and (after is None or post.created_at > after)
            and params.get("author", post.account_id) == post.account_id
        )

    def _editable(self, account: SimAccount | None, post: SimPost) -> bool:
        if account is None:
            return False
        own = account.id == post.account_id and (post.draft or wire.may(account, "edit_published_posts"))
        return own or wire.may(account, "edit_others_posts")

    def _visible(self, account: SimAccount | None, post: SimPost, context: str) -> bool:
        editable = self._editable(account, post)
        return editable or (context != "edit" and self._now_status(post) == "publish")

    # what is shown

    async def _shown(self, request: Request, post_id: str, context: str) -> dict[str, Any]:
        post = await self.network.stored_post(post_id)
        assert post is not None
        return self._present(request, post, context)

    def _present(self, request: Request, post: SimPost, context: str) -> dict[str, Any]:
        data, base = post.data, str(request.base_url)
        status = self._now_status(post)
        public = status in PUBLIC
        texts: dict[str, Any] = {}
        for name in ("title", "content", "excerpt"):
            texts[name] = {"rendered": wire.rendered(data[name])}
            if context == "edit":
                texts[name]["raw"] = data[name]
        return {
            "id": int(post.id),
            "date": wire.stamp(post.created_at),
            "date_gmt": wire.stamp(post.created_at),
            "modified_gmt": data["modified"],
            "slug": data["slug"],
            "status": status,
            "type": "post",
            "link": f"{base}{data['slug']}/" if public else f"{base}?p={post.id}",
            **texts,
            "author": int(post.account_id),
            "featured_media": data.get("featured_media", 0),
            "comment_status": data.get("comment_status", "open"),
            "format": data.get("format", "standard"),
            "meta": [],
            "categories": data.get("categories") or [1],
            "tags": data.get("tags", []),
        }


def _is_post(post: SimPost | None) -> TypeGuard[SimPost]:
    return post is not None and not post.parent_id and "status" in post.data


def _date(value: Any) -> datetime | None:
    try:
        date = datetime.fromisoformat(str(value)) if value else None
    except ValueError:
        raise wire.invalid("date_gmt") from None
    return date.replace(tzinfo=UTC) if date is not None and date.tzinfo is None else date
