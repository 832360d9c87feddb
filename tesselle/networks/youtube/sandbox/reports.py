"""YouTube Analytics, as far as films are concerned: what is told two to three days late."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.connectors.sandbox.google import ProblemError
from tesselle.simulation.network import SimAccount, SimulatedNetwork

LATE = timedelta(days=2)
TOLD = {"shares": "shares", "videosAddedToPlaylists": "saves", "likes": "reactions", "comments": "comments"}
MINUTES = "estimatedMinutesWatched"
NEEDED = ("ids", "startDate", "endDate", "metrics")


def _not_supported() -> ProblemError:
    return ProblemError(400, "The query is not supported.", "badRequest", status="INVALID_ARGUMENT")


class Reports:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def query(self, request: Request, account: SimAccount) -> Response:
        params = request.query_params
        metrics = params.get("metrics", "").split(",")
        by_film = params.get("dimensions") == "video" and params.get("sort") and params.get("maxResults")
        if not all(params.get(name) for name in NEEDED) or not by_film or set(metrics) - {*TOLD, MINUTES}:
            raise _not_supported()
        if params["ids"] != "channel==MINE":
            raise ProblemError(403, "Forbidden", "forbidden")
        _, _, wanted = params.get("filters", "").partition("video==")
        rows = []
        for video in wanted.split(","):
            post = await self._network.post(video)
            if post is None or post.account_id != account.id or post.parent_id:
                continue
            figures = await self._network.figures(post)
            told = [
                figures.get("watch_time", 0) // 60 if metric == MINUTES else figures.get(TOLD[metric], 0)
                for metric in metrics
            ]
            if post.created_at + LATE <= self._network.clock() and any(told):
                rows.append([video, *told])
        headers = [{"name": "video", "columnType": "DIMENSION", "dataType": "STRING"}]
        headers += [{"name": one, "columnType": "METRIC", "dataType": "INTEGER"} for one in metrics]
        answer = {"kind": "youtubeAnalytics#resultTable", "columnHeaders": headers}
        return JSONResponse(answer | ({"rows": rows} if rows else {}))
