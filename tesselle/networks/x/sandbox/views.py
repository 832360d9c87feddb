"""What is read: posts, timelines, conversations, accounts."""

from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from tesselle.networks.x.sandbox.shapes import media_json, post_json, user_json
from tesselle.networks.x.sandbox.wire import Fields, caller, invalid, not_found, problem
from tesselle.simulation.network import SimPost, SimulatedNetwork

OWN_FIGURES_DAYS = 30
SEARCH_DAYS = 7
LARGEST_BATCH = 100


class Views:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def _shown(self, post: SimPost, fields: Fields) -> dict[str, Any]:
        answers = await self._network.replies_to(post.id)
        data = post_json(post, len(answers))
        if self._network.clock() - post.created_at > timedelta(days=OWN_FIGURES_DAYS):
            data.pop("non_public_metrics")
        return fields.chosen(data)

    async def post(self, request: Request) -> JSONResponse:
        """What is not there is an error beside no data, in an answer of 200."""
        await caller(request, self._network, "tweet.read", "users.read")
        fields, post_id = Fields(request, self._network), request.path_params["id"]
        post = await self._network.post(post_id)
        if post is None:
            return JSONResponse({"errors": [not_found(post_id)]})
        return JSONResponse({"data": await self._shown(post, fields)})

    async def batch(self, request: Request) -> JSONResponse:
        await caller(request, self._network, "tweet.read", "users.read")
        fields = Fields(request, self._network)
        ids = [one for one in request.query_params.get("ids", "").split(",") if one]
        if not 0 < len(ids) <= LARGEST_BATCH:
            raise invalid(
                "The number of values in the ids query parameter list is not between 1 and 100", ids=len(ids)
            )
        data, errors = list[Any](), list[Any]()
        media: dict[str, dict[str, Any]] = {}
        for post_id in ids:
            post = await self._network.post(post_id)
            if post is None:
                errors.append(not_found(post_id))
                continue
            data.append(await self._shown(post, fields))
            if self._is_private(post) and "non_public_metrics" in fields.wanted:
                errors.append(_too_old(post_id))
            media |= {
                item["key"]: media_json(dict(item), post.figures.get("video_views", 0)) for item in post.media
            }
        answer: dict[str, Any] = {"data": data} if data else {}
        answer |= {"errors": errors} if errors else {}
        if media and "attachments.media_keys" in request.query_params.get("expansions", ""):
            answer["includes"] = {"media": list(media.values())}
        return JSONResponse(answer)

    def _is_private(self, post: SimPost) -> bool:
        return self._network.clock() - post.created_at > timedelta(days=OWN_FIGURES_DAYS)

    async def timeline(self, request: Request) -> JSONResponse:
        """Newest first. `partial_listing`: the newest are missing, as after a failed cache."""
        await caller(request, self._network, "tweet.read", "users.read")
        query, fields = request.query_params, Fields(request, self._network)
        posts = (await self._network.posts(request.path_params["id"]))[::-1]
        if "partial_listing" in self._network.flags:
            posts = posts[1:]
        if "start_time" in query:
            since = datetime.fromisoformat(query["start_time"])
            posts = [post for post in posts if post.created_at >= since]
        if "replies" in query.get("exclude", "").split(","):
            posts = [post for post in posts if not post.parent_id]
        return await self._page(request, posts, fields, "pagination_token")

    async def search(self, request: Request) -> JSONResponse:
        await caller(request, self._network, "tweet.read", "users.read")
        operator, _, conversation = request.query_params.get("query", "").partition(":")
        if operator != "conversation_id":
            raise invalid("this practice network only searches a conversation", query=operator)
        since = self._network.clock() - timedelta(days=SEARCH_DAYS)
        found = [
            post
            for post in (await self._network.posts())[::-1]
            if post.created_at >= since
            and post.id != conversation
            and await self._belongs(post, conversation)
        ]
        fields = Fields(request, self._network)
        return await self._page(request, found, fields, "next_token", with_users=True)

    async def _belongs(self, post: SimPost, conversation: str) -> bool:
        """The audience's comments know no more than what they answer."""
        if "conversation" in post.data:
            return bool(post.data["conversation"] == conversation)
        parent = await self._network.stored_post(post.parent_id) if post.parent_id else None
        return post.parent_id == conversation or (
            parent is not None and parent.data.get("conversation") == conversation
        )

    async def _page(
        self, request: Request, posts: list[SimPost], fields: Fields, token: str, *, with_users: bool = False
    ) -> JSONResponse:
        size = int(request.query_params.get("max_results", "10"))
        if not 5 <= size <= 100:
            raise invalid("max_results is not between 5 and 100", max_results=size)
        start = int(request.query_params.get(token, "0"))
        page, more = posts[start : start + size], start + size < len(posts)
        answer: dict[str, Any] = {"data": [await self._shown(post, fields) for post in page]} if page else {}
        answer["meta"] = {"result_count": len(page)}
        if page:
            answer["meta"] |= {"newest_id": page[0].id, "oldest_id": page[-1].id}
        if more:
            answer["meta"]["next_token"] = str(start + size)
        if with_users and page:
            answer["includes"] = {"users": await self._users({post.account_id for post in page})}
        return JSONResponse(answer)

    async def _users(self, ids: set[str]) -> list[dict[str, Any]]:
        found = [await self._network.account(one) for one in sorted(ids)]
        return [{"id": one.id, "name": one.name, "username": one.handle} for one in found if one is not None]

    async def me(self, request: Request) -> JSONResponse:
        who = await caller(request, self._network, "tweet.read", "users.read")
        posts = await self._network.posts(who.account.id)
        data = user_json(who.account, len(posts))
        wanted = {"id", "name", "username", *request.query_params.get("user.fields", "").split(",")}
        return JSONResponse({"data": {name: value for name, value in data.items() if name in wanted}})


def _too_old(post_id: str) -> dict[str, Any]:
    detail = "Sorry, you are not authorized to access 'non_public_metrics' on the Tweet."
    told = problem(403, "Field Authorization Error", detail, "not-authorized-for-field")
    return {**told, "resource_id": post_id, "field": "non_public_metrics"}
