"""Figures: of a page's posts together, of a member's one by one, of a page's followers."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.networks.linkedin.sandbox.wire import (
    PAGE,
    Caller,
    RefusedError,
    denied,
    not_found,
    paged,
    query_of,
    versioned,
)
from tesselle.simulation.network import SimPost, SimulatedNetwork

OF_PAGE = {
    "impressionCount": "impressions",
    "uniqueImpressionsCount": "reach",
    "likeCount": "reactions",
    "commentCount": "comments",
    "shareCount": "shares",
    "clickCount": "clicks",
}
OF_MEMBER = {
    "IMPRESSION": "impressions",
    "MEMBERS_REACHED": "reach",
    "REACTION": "reactions",
    "COMMENT": "comments",
    "RESHARE": "shares",
}

FILM = "urn:li:ugcPost:"
FILM_OF_PAGE = {"VIDEO_VIEW": ("video_views", 1), "TIME_WATCHED": ("watch_time", 1000)}
FILM_OF_MEMBER = {"VIDEO_PLAY": ("video_views", 1), "VIDEO_WATCH_TIME": ("watch_time", 1000)}
"""Our figure, and how many of LinkedIn's units one of ours is: it tells milliseconds."""


def _counted(post: SimPost, told: tuple[str, int]) -> int:
    name, units = told
    return post.figures.get(name, 0) * units


class Statistics:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def _administers(self, who: Caller, page: str) -> None:
        account = await self._network.account(page)
        is_there = account is not None and account.id.startswith(PAGE)
        if account is None or not is_there or account.facts.get("admin") != who.person:
            raise denied("organizationalEntityShareStatistics.FINDER")
        who.demand("rw_organization_admin", "organizationalEntityShareStatistics.FINDER")
        if account.facts.get("role") != "ADMINISTRATOR":
            raise denied("organizationalEntityShareStatistics.FINDER")

    async def of_page(self, request: Request) -> Response:
        """Posts without any activity are left out."""
        who, query = await versioned(request, self._network), query_of(request)
        page = str(query.get("organizationalEntity", ""))
        await self._administers(who, page)
        rows = []
        for name, key in (("shares", "share"), ("ugcPosts", "ugcPost")):
            for urn in query.get(name, ()):
                post = await self._network.post(urn)
                if f":{key}:" not in urn:
                    raise RefusedError(400, "INVALID_URN_TYPE", f"{name} :: {urn}")
                told = {} if post is None or post.account_id != page else self._told(post)
                if any(told.values()):
                    row = {"organizationalEntity": page, key: urn, "totalShareStatistics": told}
                    rows.append(row)
        return JSONResponse({"elements": rows, "paging": {"start": 0, "count": len(rows), "links": []}})

    def _told(self, post: SimPost) -> dict[str, Any]:
        return {field: post.figures.get(name, 0) for field, name in OF_PAGE.items()}

    async def of_member(self, request: Request) -> Response:
        who, query = await versioned(request, self._network), query_of(request)
        who.demand("r_member_postAnalytics", "memberCreatorPostAnalytics.FINDER-entity")
        entity = query.get("entity") or {}
        urn = str(entity.get("share") or entity.get("ugc") or "")
        post = await self._network.post(urn)
        if post is None or post.account_id != who.person:
            raise not_found(urn)
        kind = str(query.get("queryType"))
        if kind not in OF_MEMBER or query.get("aggregation") != "TOTAL":
            raise RefusedError(400, "ILLEGAL_ARGUMENT", "queryType or aggregation")
        # An object until version 202605, a word since.
        row = {"count": post.figures.get(OF_MEMBER[kind], 0), "metricType": kind}
        return JSONResponse(paged([row], request))

    async def film_of_page(self, request: Request) -> Response:
        who, query = await versioned(request, self._network), query_of(request)
        urn = str(query.get("entity", ""))
        if not urn.startswith(FILM):
            raise RefusedError(400, "INVALID_URN_TYPE", f"entity :: {urn}")
        post = await self._network.post(urn)
        account = await self._network.account(post.account_id) if post is not None else None
        if post is None or account is None or account.facts.get("admin") != who.person:
            raise not_found(urn)
        who.demand("r_organization_social", "videoAnalytics.FINDER-entity")
        kind = str(query.get("type"))
        if kind not in FILM_OF_PAGE:
            raise RefusedError(400, "ILLEGAL_ARGUMENT", "type")
        row = {"entity": urn, "statisticsType": kind, "value": _counted(post, FILM_OF_PAGE[kind])}
        return JSONResponse(paged([row], request))

    async def film_of_member(self, request: Request) -> Response:
        who, query = await versioned(request, self._network), query_of(request)
        who.demand("r_member_postAnalytics", "memberCreatorVideoAnalytics.FINDER-entity")
        urn = str((query.get("entity") or {}).get("ugc") or "")
        post = await self._network.post(urn)
        if not urn.startswith(FILM) or post is None or post.account_id != who.person:
            raise not_found(urn)
        kind = str(query.get("queryType"))
        if kind not in FILM_OF_MEMBER or query.get("aggregation") != "TOTAL":
            raise RefusedError(400, "ILLEGAL_ARGUMENT", "queryType or aggregation")
        row = {"count": _counted(post, FILM_OF_MEMBER[kind]), "metricType": kind}
        return JSONResponse(paged([row], request))

    async def followers(self, request: Request) -> Response:
        await versioned(request, self._network)
        account = await self._network.account(request.path_params["urn"])
        if account is None or request.query_params.get("edgeType") != "COMPANY_FOLLOWED_BY_MEMBER":
            raise not_found(request.path_params["urn"])
        return JSONResponse({"firstDegreeSize": account.followers})
