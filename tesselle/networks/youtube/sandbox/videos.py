"""Films: shown to whom they may be shown to, changed, removed."""

from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.connectors.sandbox.google import ProblemError, body_of
from tesselle.networks.youtube.sandbox.rules import checked_snippet, checked_status
from tesselle.networks.youtube.sandbox.wire import ids_of, kept_parts, paged, parts_of, stamp
from tesselle.simulation.network import SimAccount, SimPost, SimulatedNetwork

SLOW_LOOKS = 3
"""How often one must ask for a film until it is worked on, while `slow_processing` is on."""


def not_found() -> ProblemError:
    words = "The video that you are trying to use cannot be found."
    return ProblemError(404, words, "videoNotFound", domain="youtube.video")


class Videos:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def make(self, account: SimAccount, session: dict[str, Any]) -> str:
        video = f"film{await self._network.next_id('films'):07d}"
        resource = session["resource"]
        is_film = bytes.fromhex(session["head"])[4:8] == b"ftyp"
        looks = SLOW_LOOKS if "slow_processing" in self._network.flags else 0
        data = {
            **resource,
            "size": session["size"],
            "looks": looks,
            "ends": "processed" if is_film else "failed",
        }
        is_public = resource["privacy"] != "private"
        post = self._network.new_post(
            video,
            account.id,
            resource["description"],
            title=resource["title"],
            media=({"mime": "video/mp4", "alt": ""},),
            data={**data, "uploaded_at": stamp(self._network.clock()), "channel": account.name},
            draft=not is_public,
        )
        await self._network.add_post(post)
        return video

    async def stored(self, video: str) -> SimPost:
        post = await self._network.stored_post(video)
        if post is None or post.removed:
            raise not_found()
        return post

    async def own(self, account: SimAccount, video: str) -> SimPost:
        post = await self.stored(video)
        if post.account_id != account.id or post.parent_id:
            raise not_found()
        return post

    async def dress(self, video: SimPost, mime: str, size: int) -> None:
        picture = {"mime": mime, "alt": "", "bytes": size}
        await self._network.save_post(replace(video, media=(video.media[0], picture)))

    # what is asked

    async def listed(self, request: Request, account: SimAccount) -> Response:
        """The own ones whoever may see them, others' if they are public; what is gone is left out."""
        parts, found = parts_of(request), []
        for video in ids_of(request)[:50]:
            post = await self._network.stored_post(video)
            if post is None or post.removed or post.parent_id:
                continue
            if post.account_id == account.id or self.privacy(post) == "public":
                found.append(await self.shown(post, parts))
                await self._looked_at(post)
        return paged(request, "video", found) if "maxResults" in request.query_params else _all(found)

    async def _looked_at(self, post: SimPost) -> None:
        if post.data["looks"]:
            await self._network.save_post(replace(post, data={**post.data, "looks": post.data["looks"] - 1}))

    async def update(self, request: Request, account: SimAccount) -> Response:
        parts, data = parts_of(request), await body_of(request)
        post = await self.own(account, str(data.get("id", "")))
        if "snippet" in parts:
            told = data.get("snippet") or {}
            if not told.get("categoryId"):
                raise ProblemError(400, "The snippet.categoryId is required.", "invalidCategoryId")
            snippet = checked_snippet(told)
            post = replace(
                post,
                text=snippet["description"],
                title=snippet["title"],
                data={**_without_languages(post.data), **snippet},
            )
        if "status" in parts:
            post = self._with_status(post, checked_status(data.get("status") or {}))
        await self._network.save_post(post)
        return JSONResponse(await self.shown(post, parts, told=True))

    def _with_status(self, post: SimPost, status: dict[str, Any]) -> SimPost:
        if "locks_films" in self._network.flags:
            status = {**status, "privacy": "private"}
        post = replace(post, data={**post.data, **status})
        if not post.draft or status["privacy"] == "private":
            return post
        now = self._network.new_post(post.id, post.account_id, post.text)  # in its mood of this moment
        return replace(post, draft=False, created_at=now.created_at, visible_at=now.visible_at)

    async def remove(self, request: Request, account: SimAccount) -> Response:
        post = await self.own(account, request.query_params.get("id", ""))
        await self._network.remove_post(post.id)
        return Response(status_code=204)

    def privacy(self, post: SimPost) -> str:
        """A change that is not in effect yet is not shown."""
        return str(post.data["privacy"]) if post.visible_at <= self._network.clock() else "private"

    async def shown(self, post: SimPost, parts: frozenset[str], *, told: bool = False) -> dict[str, Any]:
        """`told`: the answer to a write repeats what was written."""
        data = post.data
        state = "uploaded" if data["looks"] else data["ends"]
        privacy = data["privacy"] if told else self.privacy(post)
        languages = {name: data[name] for name in ("defaultLanguage", "defaultAudioLanguage") if name in data}
        status = {
            "uploadStatus": state,
            **({"failureReason": "invalidFile"} if state == "failed" else {}),
            "privacyStatus": privacy,
            "license": data["license"],
            "embeddable": data["embeddable"],
            "publicStatsViewable": data["stats"],
            "madeForKids": data["kids"],
            "selfDeclaredMadeForKids": data["kids"],
            "containsSyntheticMedia": data["synthetic"],
        }
        whole = {
            "kind": "youtube#video",
            "id": post.id,
            "snippet": {
                "publishedAt": stamp(post.created_at),
                "channelId": post.account_id,
                "channelTitle": data["channel"],
                "title": post.title,
                "description": post.text,
                "categoryId": data["category"],
                **({"tags": data["tags"]} if data["tags"] else {}),
                **languages,
                "thumbnails": {"default": {"url": f"https://i.ytimg.example/vi/{post.id}/default.jpg"}},
                "liveBroadcastContent": "none",
            },
            "status": status,
            "statistics": await self._statistics(post),
            "processingDetails": {"processingStatus": "processing" if data["looks"] else "succeeded"},
            "fileDetails": {"fileName": "film.mp4", "fileSize": str(data["size"]), "fileType": "video"},
        }
        return kept_parts(parts, whole)

    async def _statistics(self, post: SimPost) -> dict[str, str]:
        figures = await self._network.figures(post)
        views = figures.get("video_views", figures.get("impressions", 0))
        told = {
            "viewCount": str(views),
            "likeCount": str(figures.get("reactions", 0)),
            "favoriteCount": "0",
        }
        return told | ({} if post.data["kids"] else {"commentCount": str(figures.get("comments", 0))})


def _without_languages(data: Any) -> dict[str, Any]:
    return {name: one for name, one in data.items() if not name.startswith("default")}


def _all(found: list[dict[str, Any]]) -> Response:
    return JSONResponse(
        {
            "kind": "youtube#videoListResponse",
            "items": found,
            "pageInfo": {"totalResults": len(found), "resultsPerPage": len(found)},
        }
    )
