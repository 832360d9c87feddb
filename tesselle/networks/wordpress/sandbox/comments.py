"""Comments: written by users of the site, and by the audience of a practice world."""

import html
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zlib import crc32

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.connectors.sandbox.words import words_of
from tesselle.networks.wordpress.sandbox import wire
from tesselle.networks.wordpress.sandbox.wire import ProblemError
from tesselle.simulation.network import SimAccount, SimPost, SimulatedNetwork

PREFIX = "comment-"
FLOOD = timedelta(seconds=15)
READABLE = {"approve": "approved", "approved": "approved", "hold": "hold", "spam": "spam", "trash": "trash"}


class Comments:
    def __init__(self, network: SimulatedNetwork) -> None:
        self.network = network

    # requests

    async def create(self, request: Request) -> Response:
        account = await self._who(request)
        if account is None:
            raise ProblemError("rest_comment_login_required", 401)
        fields = await wire.fields_of(request)
        post = await self._post(str(fields.get("post", "")))
        content = wire.filtered(str(fields.get("content") or ""), account)
        if not content.strip():
            raise ProblemError("rest_comment_content_invalid", 400)
        parent = int(fields.get("parent") or 0)
        await self._refuse_twice(post, parent, content, account)
        status = self._first_status(post, account)
        number = await self.network.next_id("comments")
        comment = self.network.new_post(
            f"{PREFIX}{number}",
            account.id,
            words_of(content),
            parent_id=await self._id(parent) if parent else post.id,
            draft=status != "approved",
            data={
                "post": post.id,
                "parent": parent,
                "status": status,
                "content": content,
                "agent": str(fields.get("author_user_agent") or request.headers.get("user-agent", "")),
            },
        )
        await self.network.add_post(comment)
        return JSONResponse(await self._shown(request, comment, "edit", account), 201)

    async def change(self, request: Request) -> Response:
        account, comment = await self._who(request), await self._stored(request)
        account = wire.demand(account, "moderate_comments", "rest_cannot_edit")
        fields, data = await wire.fields_of(request), dict(comment.data)
        if "content" in fields:
            data["content"] = wire.filtered(str(fields["content"]), account)
        if "status" in fields:
            data["status"] = READABLE.get(str(fields["status"]), data.get("status", "approved"))
        status = data.get("status", "approved")
        text = words_of(data["content"]) if "content" in data else comment.text
        removed = status in ("trash", "spam")
        changed = replace(comment, data=data, text=text, draft=status == "hold", removed=removed)
        await self.network.save_post(changed)
        return JSONResponse(await self._shown(request, changed, "edit", account))

    async def remove(self, request: Request) -> Response:
        account, comment = await self._who(request), await self._stored(request)
        account = wire.demand(account, "moderate_comments", "rest_cannot_delete")
        shown = await self._shown(request, comment, "edit", account)
        if request.query_params.get("force") == "true":
            await self.network.save_post(
                replace(comment, removed=True, data={**comment.data, "status": "deleted"})
            )
            return JSONResponse({"deleted": True, "previous": shown})
        if comment.data.get("status") == "trash":
            raise ProblemError("rest_already_trashed", 410)
        trashed = replace(comment, removed=True, data={**comment.data, "status": "trash"})
        await self.network.save_post(trashed)
        return JSONResponse(await self._shown(request, trashed, "edit", account))

    async def read(self, request: Request) -> Response:
        account, comment = await self._who(request), await self._stored(request)
        context = request.query_params.get("context", "view")
        if context == "edit" and not wire.may(account, "moderate_comments"):
            raise wire.forbidden(account, "rest_forbidden_context")
        if not self._readable(account, comment):
            raise wire.forbidden(account, "rest_cannot_read")
        return JSONResponse(await self._shown(request, comment, context, account))

    async def listed(self, request: Request) -> Response:
        params, account = request.query_params, await self._who(request)
        context = params.get("context", "view")
        if context == "edit" and not wire.may(account, "moderate_comments"):
            raise wire.forbidden(account, "rest_forbidden_context")
        if account is None and {"author", "status"} & set(params):
            raise ProblemError("rest_forbidden_param", 401)
        status = READABLE.get(params.get("status", "approve"), "all")
        found = [
            comment
            for comment in await self._asked(params)
            if (status == "all" and _status(comment) not in ("trash", "spam")) or _status(comment) == status
        ]
        if "author" in params:
            found = [comment for comment in found if comment.account_id == params["author"]]
        found.sort(key=lambda comment: comment.created_at, reverse=params.get("order") != "asc")
        shown = [
            await self._shown(request, one, context, account) for one in found if self._readable(account, one)
        ]
        return wire.paged(request, shown, await self._total(params, len(found)), of="comment")

    # rules

    async def _who(self, request: Request) -> SimAccount | None:
        return await wire.account_for(request, self.network)

    async def _post(self, post_id: str) -> SimPost:
        post = await self.network.stored_post(post_id)
        if post is None or post.parent_id or post.data.get("status") == "deleted":
            raise ProblemError("rest_comment_invalid_post_id", 403)
        if post.data.get("status") != "publish":
            code = "rest_comment_trash_post" if post.removed else "rest_comment_draft_post"
            raise ProblemError(code, 403)
        if post.data.get("comment_status") == "closed":
            raise ProblemError("rest_comment_closed", 403)
        return post

    async def _refuse_twice(self, post: SimPost, parent: int, content: str, account: SimAccount) -> None:
        mine = [one for one in await self.network.truth() if one.parent_id and one.account_id == account.id]
        for one in mine:
            data = one.data
            same = data.get("content") == content and data.get("parent") == parent
            if same and data.get("post") == post.id and not one.removed:
                raise ProblemError("comment_duplicate", 409)
        latest = max((one.created_at for one in mine), default=None)
        moderator = wire.may(account, "moderate_comments")
        if not moderator and latest is not None and self.network.clock() - latest < FLOOD:
            raise ProblemError("comment_flood", 400)

    def _first_status(self, post: SimPost, account: SimAccount) -> str:
        trusted = wire.may(account, "moderate_comments") or post.account_id == account.id
        return "approved" if trusted else "hold"

    def _readable(self, account: SimAccount | None, comment: SimPost) -> bool:
        own = account is not None and account.id == comment.account_id
        return _status(comment) == "approved" or own or wire.may(account, "moderate_comments")

    # finding

    async def _stored(self, request: Request) -> SimPost:
        comment = await self.network.stored_post(await self._id(int(request.path_params["id"])))
        gone = comment is None or not comment.parent_id or comment.data.get("status") == "deleted"
        if comment is None or gone or comment.visible_at > self.network.clock():
            raise ProblemError("rest_comment_invalid_id", 404)
        return comment

    async def _id(self, number: int) -> str:
        foreign = await self.network.kept("foreign", str(number))
        return str(foreign["id"]) if foreign else f"{PREFIX}{number}"

    async def _number(self, comment: SimPost) -> int:
        """The audience's comments come with ids of any shape."""
        plain = comment.id.removeprefix(PREFIX)
        if comment.id.startswith(PREFIX) and plain.isdigit():
            return int(plain)
        number = 1_000_000 + crc32(comment.id.encode())
        await self.network.keep("foreign", str(number), {"id": comment.id})
        return number

    async def _asked(self, params: Mapping[str, str]) -> list[SimPost]:
        if "post" not in params:
            comments = [one for one in await self.network.truth() if one.parent_id]
            return [one for one in comments if one.visible_at <= self.network.clock()]
        post = await self.network.post(params["post"])
        if post is None or post.draft:
            return []
        found, waiting = [], [post.id]
        while waiting:
            children = await self.network.replies_to(waiting.pop())
            found += children
            waiting += [child.id for child in children]
        return found

    async def _total(self, params: Mapping[str, str], found: int) -> int:
        """An audience that only counts leaves no words: its comments are in the post's figures."""
        if "post" not in params or {"author", "status"} & set(params):
            return found
        post = await self.network.post(params["post"])
        return max(found, post.figures.get("comments", 0)) if post is not None else found

    # what is shown

    async def _shown(
        self, request: Request, comment: SimPost, context: str, account: SimAccount | None
    ) -> dict[str, Any]:
        number, data = await self._number(comment), comment.data
        writer = await self.network.account(comment.account_id)
        content = data.get("content", html.escape(comment.text, quote=False))
        root = data.get("post") or await self._root(comment)
        shown: dict[str, Any] = {
            "id": number,
            "post": int(root),
            "parent": data.get("parent", await self._parent(comment, str(root))),
            "author": int(writer.id) if writer is not None and writer.id.isdecimal() else 0,
            "author_name": writer.name if writer is not None else data.get("author", comment.account_id),
            "date_gmt": wire.stamp(comment.created_at),
            "content": {"rendered": f"<p>{wire.rendered(content)}</p>\n"},
            "link": f"{request.base_url}?p={root}#comment-{number}",
            "status": _status(comment),
            "type": "comment",
        }
        if context == "edit" and wire.may(account, "moderate_comments"):
            shown["content"]["raw"] = content
            shown["author_user_agent"] = data.get("agent", "")
        return shown

    async def _root(self, comment: SimPost) -> str:
        """The post at the top of a chain of answers."""
        parent = await self.network.stored_post(comment.parent_id)
        return await self._root(parent) if parent is not None and parent.parent_id else comment.parent_id

    async def _parent(self, comment: SimPost, root: str) -> int:
        if comment.parent_id == root:
            return 0
        parent = await self.network.stored_post(comment.parent_id)
        return await self._number(parent) if parent is not None else 0


def _status(comment: SimPost) -> str:
    status = str(comment.data.get("status", "approved"))
    return "trash" if comment.removed and status in ("approved", "hold") else status
