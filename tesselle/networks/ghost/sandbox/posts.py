"""Posts: drafts with an address, publication by number, a guard against two who write at once."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.connectors.sandbox.words import words_of
from tesselle.networks.ghost import limits
from tesselle.networks.ghost.sandbox import wire
from tesselle.simulation.network import SimAccount, SimPost, SimulatedNetwork

STATUSES = ("published", "draft", "scheduled", "sent")
KEPT = (
    *("title", "html", "feature_image", "feature_image_alt", "custom_excerpt", "tags", "visibility"),
    *("slug", "status"),
)
_NUMBER = re.compile(r"[0-9a-f]{24}")
_CONDITION = re.compile(r"(?P<field>\w+):(?P<test>>?)(?P<value>\[[^\]]*\]|'[^']*'|[\w.-]+)")


class Posts:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def create(self, request: Request, account: SimAccount) -> Response:
        fields = await wire.fields_of(request)
        if "title" not in fields:
            raise wire.invalid("Validation failed for 0.", "0")
        data = {"status": "draft", "visibility": "public", "html": "", "tags": [], **_taken(fields)}
        number = f"{await self._network.next_id('posts'):024x}"
        data["slug"] = await self._free_slug(account, str(data.get("slug") or data["title"]))
        post = self._network.new_post(number, account.id, "", draft=True, data=data)
        await self._save(self._published(post, data))
        return JSONResponse({"posts": [await self._shown(request, number)]}, 201)

    async def change(self, request: Request, account: SimAccount) -> Response:
        post, fields = await self._stored(request, account, "edit"), await wire.fields_of(request)
        if "updated_at" not in fields:
            raise wire.invalid("Validation failed for 0.", "0")
        taken = _taken(fields)
        before = {**post.data, "status": self._status(post)}
        changed = sorted(name for name, value in taken.items() if before.get(name) != value)
        # Whoever would change what another changed meanwhile is stopped; saying the same again is not.
        if changed and fields["updated_at"] != post.data["updated_at"]:
            raise wire.ProblemError(
                409,
                "UpdateCollisionError",
                "Saving failed! Someone else is editing this post.",
                code="UPDATE_COLLISION",
                details={"changedFields": changed},
            )
        if changed:
            await self._save(self._published(post, {**post.data, **taken}))
        return JSONResponse({"posts": [await self._shown(request, post.id)]})

    async def remove(self, request: Request, account: SimAccount) -> Response:
        post = await self._stored(request, account, "delete")
        await self._network.forget("slugs", f"{account.id}/{post.data['slug']}")
        await self._network.remove_post(post.id)
        return Response(status_code=204)

    async def read(self, request: Request, account: SimAccount) -> Response:
        post = await self._stored(request, account, "read")
        return JSONResponse({"posts": [await self._shown(request, post.id)]})

    async def read_by_slug(self, request: Request, account: SimAccount) -> Response:
        kept = await self._network.kept("slugs", f"{account.id}/{request.path_params['slug']}")
        post = await self._network.stored_post(kept["post"]) if kept else None
        if post is None or self._is_late(post):
            raise wire.not_found()
        return JSONResponse({"posts": [await self._shown(request, post.id)]})

    async def listed(self, request: Request, account: SimAccount) -> Response:
        wanted = _condition(request.query_params.get("filter", ""))
        posts = [post for post in await self._network.truth() if self._is_there(post, account)]
        found = [shown for post in posts if wanted(shown := self._present(request, post))]
        found.sort(key=lambda shown: str(shown["published_at"] or shown["created_at"]), reverse=True)
        return wire.paged(request, "posts", found)

    # rules

    async def _stored(self, request: Request, account: SimAccount, what: str) -> SimPost:
        if not _NUMBER.fullmatch(request.path_params["id"]):
            raise wire.invalid("Validation (matches) failed for id undefined.id")
        post = await self._network.stored_post(request.path_params["id"])
        if post is None or not self._is_there(post, account):
            raise wire.not_found(what)
        return post

    def _is_there(self, post: SimPost, account: SimAccount) -> bool:
        return post.account_id == account.id and not post.removed and not self._is_late(post)

    def _is_late(self, post: SimPost) -> bool:
        """A create that came late is not there yet."""
        return post.draft and post.visible_at > self._network.clock()

    def _status(self, post: SimPost) -> str:
        """A publication that comes late leaves the draft as it was until then."""
        late = not post.draft and post.visible_at > self._network.clock()
        return "draft" if late else str(post.data["status"])

    def _published(self, post: SimPost, data: dict[str, Any]) -> SimPost:
        now = self._network.clock()
        data["updated_at"] = wire.stamp(now)
        public = data["status"] in ("published", "sent")
        if public and (post.draft or post.visible_at > now):
            data["published_at"] = wire.stamp(now)
            fresh = self._network.new_post(post.id, post.account_id, "")
            post = replace(post, created_at=fresh.created_at, visible_at=fresh.visible_at)
        return replace(post, draft=not public, data=data)

    async def _save(self, post: SimPost) -> None:
        data = post.data
        pictures = [data.get("feature_image"), *re.findall(r"<img src=\"([^\"]+)\"", data["html"])]
        media = tuple(
            {"mime": "image/*", "alt": data.get("feature_image_alt") or ""} for url in pictures if url
        )
        saved = replace(post, text=words_of(data["html"]), title=str(data["title"]), media=media)
        await self._network.save_post(saved)
        await self._network.keep("slugs", f"{post.account_id}/{data['slug']}", {"post": post.id})

    async def _free_slug(self, account: SimAccount, wanted: str) -> str:
        """The second of a name becomes `-2`, without a word."""
        wanted = wire.slugged(wanted)
        slug, count = wanted, 1
        while await self._network.kept("slugs", f"{account.id}/{slug}"):
            count += 1
            slug = f"{wanted}-{count}"
        return slug

    # what is shown

    async def _shown(self, request: Request, number: str) -> dict[str, Any]:
        post = await self._network.stored_post(number)
        assert post is not None
        return self._present(request, post)

    def _present(self, request: Request, post: SimPost) -> dict[str, Any]:
        data, status = post.data, self._status(post)
        params = request.query_params
        site = f"{request.base_url}{post.account_id}"
        place = data["slug"] if status == "published" else f"p/{post.id}"
        shown = {
            "id": post.id,
            "title": data["title"] or "(Untitled)",
            "slug": data["slug"],
            "status": status,
            "visibility": data["visibility"],
            "feature_image": data.get("feature_image"),
            "feature_image_alt": data.get("feature_image_alt"),
            "custom_excerpt": data.get("custom_excerpt"),
            "tags": data.get("tags", []),
            "url": f"{site}/{place}/",
            "created_at": wire.stamp(post.created_at),
            "updated_at": data["updated_at"],
            "published_at": data.get("published_at") if status != "draft" else None,
            "email": None,
        }
        if "html" in params.get("formats", ""):
            shown["html"] = data["html"]
        if "plaintext" in params.get("formats", ""):
            shown["plaintext"] = words_of(data["html"])
        if "count.clicks" in params.get("include", ""):
            shown["count"] = {"clicks": 0}
        return shown


def _taken(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a post that are kept, each against its bound."""
    if fields.get("status", "draft") not in STATUSES:
        raise wire.invalid("Validation failed for status.", "status")
    for name, most in (
        ("title", limits.TITLE_SIGNS),
        ("feature_image_alt", limits.ALT_SIGNS),
        ("custom_excerpt", limits.EXCERPT_SIGNS),
    ):
        if len(fields.get(name) or "") > most:
            raise wire.invalid(f"Value in [posts.{name}] exceeds maximum length of {most} characters.", name)
    return {name: fields[name] for name in KEPT if name in fields}


def _condition(written: str) -> Callable[[Mapping[str, Any]], bool]:
    """A filter such as `status:[published,sent]+published_at:>'2026-01-01 00:00:00'`."""
    tests = [_CONDITION.fullmatch(part) for part in written.split("+") if part]
    if not all(tests):
        message = "Request not understood error, cannot list posts."
        raise wire.ProblemError(400, "BadRequestError", message, context="Error parsing filter")

    def fits(post: Mapping[str, Any]) -> bool:
        return all(_holds(test, post) for test in tests if test)

    return fits


def _holds(test: re.Match[str], post: Mapping[str, Any]) -> bool:
    value, told = test["value"].strip("[]'"), post.get(test["field"])
    if test["test"]:
        since = datetime.fromisoformat(value).replace(tzinfo=UTC)
        return told is not None and datetime.fromisoformat(str(told)) > since
    return told in value.split(",")
