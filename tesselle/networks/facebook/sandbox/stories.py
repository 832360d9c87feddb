"""Stories: one picture or film for a day."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse

from tesselle.connectors.sandbox.graph import errors
from tesselle.connectors.sandbox.graph.wire import page_of, params, words
from tesselle.networks.facebook.sandbox.feed import Feed

LIFE = timedelta(hours=24)


class Stories(Feed):
    async def photo(self, request: Request) -> JSONResponse:
        data = await params(request)
        who = await self.own(request, data, "pages_manage_posts")
        item = await self._attached({"media_fbid": words(data, "photo_id")}, who)
        number = await self._network.next_id("ids")
        told = {"kind": "story", "app": who.app, "photo": item["id"]}
        post_id = f"{who.account.id}_{number}"
        post = self._network.new_post(post_id, who.account.id, "", media=(item,), data=told)
        await self._network.add_post(post)
        await self._network.keep("photos", item["id"], {**item, "post": post_id})
        return JSONResponse({"success": True, "post_id": post_id})

    async def all(self, request: Request) -> JSONResponse:
        data = await params(request)
        who = await self.own(request, data, "pages_read_engagement")
        now = self._network.clock()
        rows = [
            {
                "post_id": post.id,
                "status": "published" if post.created_at + LIFE > now else "archived",
                "creation_time": str(int(post.created_at.timestamp())),
                "media_type": "video" if post.data.get("video") else "photo",
                "media_id": str(post.data.get("photo") or post.data.get("video", "")),
                "url": f"https://www.facebook.com/stories/{post.account_id}/{post.id}",
            }
            for post in reversed(await self._network.posts(who.account.id))
            if post.data.get("kind") == "story"
        ]
        if words(data, "fields"):
            raise errors.invalid("fields")
        return JSONResponse(page_of(rows, request, data, tuple(rows[0]) if rows else ()))
