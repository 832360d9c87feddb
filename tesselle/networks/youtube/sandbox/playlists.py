"""The channel itself, its playlists, and the one that all its uploads are in."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.connectors.sandbox.google import ProblemError, body_of
from tesselle.networks.youtube.sandbox.videos import Videos
from tesselle.networks.youtube.sandbox.wire import ids_of, kept_parts, paged, parts_of
from tesselle.simulation.network import SimAccount, SimPost, SimulatedNetwork


def uploads_of(account_id: str) -> str:
    return f"UU{account_id.removeprefix('UC')}"


class Playlists:
    def __init__(self, network: SimulatedNetwork, videos: Videos) -> None:
        self._network = network
        self._videos = videos

    async def make(self, account: SimAccount, title: str, privacy: str = "public") -> str:
        number = f"PL{await self._network.next_id('playlists'):09d}"
        await self._network.keep(
            "playlists", number, {"id": number, "account": account.id, "title": title, "privacy": privacy}
        )
        return number

    async def channels(self, request: Request, account: SimAccount) -> Response:
        """`mine`, or by number; a Google account without a channel is told an empty list."""
        parts, wanted = parts_of(request), ids_of(request)
        mine = request.query_params.get("mine") == "true" or account.id in wanted
        if not mine or "no_channel" in self._network.flags:
            return JSONResponse({"kind": "youtube#channelListResponse", "pageInfo": {"totalResults": 0}})
        public = [post for post in await self._films(account) if self._videos.privacy(post) == "public"]
        whole = {
            "kind": "youtube#channel",
            "id": account.id,
            "snippet": {"title": account.name, "description": "", "customUrl": f"@{account.handle}"},
            "contentDetails": {"relatedPlaylists": {"likes": "LL", "uploads": uploads_of(account.id)}},
            "statistics": {
                "viewCount": "0",
                "subscriberCount": str(account.followers),
                "hiddenSubscriberCount": "hides_subscribers" in self._network.flags,
                "videoCount": str(len(public)),
            },
            "status": {
                "privacyStatus": "public",
                "longUploadsStatus": account.facts.get("long_uploads", "allowed"),
            },
        }
        return paged(request, "channel", [kept_parts(parts, whole)])

    async def _films(self, account: SimAccount) -> list[SimPost]:
        stored = [post for post in await self._network.truth() if post.account_id == account.id]
        return [post for post in stored if not post.removed and not post.parent_id]

    async def listed(self, request: Request, account: SimAccount) -> Response:
        parts = parts_of(request)
        own = [one for one in await self._network.all_kept("playlists") if one["account"] == account.id]
        return paged(
            request,
            "playlist",
            [
                kept_parts(
                    parts,
                    {
                        "kind": "youtube#playlist",
                        "id": one["id"],
                        "snippet": {"title": one["title"], "channelId": account.id},
                        "status": {"privacyStatus": one["privacy"]},
                    },
                )
                for one in own
            ],
        )

    async def _named(self, account: SimAccount, number: str) -> dict[str, Any]:
        kept = await self._network.kept("playlists", number)
        if kept is None or kept["account"] != account.id:
            words = "The playlist identified with the request's playlistId parameter cannot be found."
            raise ProblemError(404, words, "playlistNotFound", domain="youtube.playlistItem")
        return kept

    async def items(self, request: Request, account: SimAccount) -> Response:
        """Of the uploads the newest first, of any other in its order."""
        parts, number = parts_of(request), request.query_params.get("playlistId", "")
        if number == uploads_of(account.id):
            films = await self._films(account)
            if "partial_listing" in self._network.flags:
                films = films[:-1]
            found = [await self._item(number, post, f"U{post.id}") for post in reversed(films)]
        else:
            await self._named(account, number)
            kept = [
                one for one in await self._network.all_kept("playlist items") if one["playlist"] == number
            ]
            found = [
                await self._item(number, await self._videos.stored(one["video"]), one["id"]) for one in kept
            ]
        video = request.query_params.get("videoId", "")
        found = [one for one in found if not video or one["snippet"]["resourceId"]["videoId"] == video]
        return paged(request, "playlistItem", [kept_parts(parts, one) for one in found])

    async def insert(self, request: Request, account: SimAccount) -> Response:
        told = (await body_of(request)).get("snippet") or {}
        await self._named(account, str(told.get("playlistId", "")))
        resource = told.get("resourceId") or {}
        if resource.get("kind") != "youtube#video":
            raise ProblemError(400, "The resource kind is not supported.", "invalidResourceType")
        video = await self._videos.own(account, str(resource.get("videoId", "")))
        number = f"PLI{await self._network.next_id('playlist items'):09d}"
        item = {"id": number, "playlist": told["playlistId"], "video": video.id}
        await self._network.keep("playlist items", number, item)
        return JSONResponse(kept_parts(parts_of(request), await self._item(item["playlist"], video, number)))

    async def _item(self, playlist: str, post: SimPost, number: str) -> dict[str, Any]:
        privacy = self._videos.privacy(post)
        video = (await self._videos.shown(post, frozenset({"snippet"})))["snippet"]
        published = {} if privacy == "private" else {"videoPublishedAt": video["publishedAt"]}
        return {
            "kind": "youtube#playlistItem",
            "id": number,
            "snippet": {
                "publishedAt": post.data["uploaded_at"],
                "channelId": post.account_id,
                "title": post.title,
                "description": post.text,
                "playlistId": playlist,
                "resourceId": {"kind": "youtube#video", "videoId": post.id},
            },
            "contentDetails": {"videoId": post.id, **published},
            "status": {"privacyStatus": privacy},
        }
