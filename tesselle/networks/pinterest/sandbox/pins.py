"""Pins: made, shown, listed, removed."""

from datetime import date, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.networks.pinterest import limits
from tesselle.networks.pinterest.sandbox import wire
from tesselle.networks.pinterest.sandbox.boards import Boards
from tesselle.networks.pinterest.sandbox.films import Films
from tesselle.networks.pinterest.sandbox.pictures import check_source, media_json
from tesselle.simulation.network import SimAccount, SimPost, SimulatedNetwork

TRIAL = (
    "Apps with Trial access may not create Pins in production https://api.pinterest.com - use API Sandbox "
    "https://api-sandbox.pinterest.com instead."
)
LONGEST = {
    "title": limits.TITLE_SIGNS,
    "description": limits.TEXT_SIGNS,
    "alt_text": limits.ALT_SIGNS,
    "link": limits.LINK_SIGNS,
}
KNOWN = {*LONGEST, "board_id", "board_section_id", "dominant_color", "parent_pin_id", "media_source"}
MOST_DAYS = timedelta(days=90)
ANY_PIN = {"IMPRESSION": ("impressions", 1), "OUTBOUND_CLICK": ("clicks", 1), "SAVE": ("saves", 1)}
FILM = {"VIDEO_MRC_VIEW": ("video_views", 1), "VIDEO_V50_WATCH_TIME": ("watch_time", 1000)}
"""What is counted for it, in whole units, and how many of Pinterest's go into one."""
CREATIVE = {"image": "REGULAR", "video": "VIDEO", "multiple_images": "CAROUSEL"}


class Pins:
    def __init__(self, network: SimulatedNetwork, boards: Boards, films: Films) -> None:
        self._network = network
        self._boards = boards
        self._films = films

    async def create(self, request: Request, account: SimAccount) -> Response:
        if "trial_access" in self._network.flags:
            raise wire.ProblemError(403, 29, TRIAL)
        if "takes_for_spam" in self._network.flags:
            raise wire.ProblemError(429, 9, "This request was blocked by our spam filters.")
        data = await wire.body_of(request)
        _check_words(data)
        board = await self._boards.named(account, str(data["board_id"]))
        if data.get("board_section_id"):
            await self._boards.section_of(board, str(data["board_section_id"]))
        media = await check_source(data.get("media_source"), account, self._films)
        pin_id = str(813_000_000_000_000_000 + await self._network.next_id("pins"))
        kept = {name: data.get(name) for name in sorted(KNOWN - {"media_source"})}
        post = self._network.new_post(
            pin_id,
            account.id,
            str(data.get("description") or ""),
            title=str(data.get("title") or ""),
            media=tuple({"mime": one["mime"], "alt": data.get("alt_text") or ""} for one in media["files"]),
            data={**kept, "media": media, "owner": account.handle},
        )
        await self._network.add_post(post)
        return JSONResponse(self._shown(request, post), 201)

    async def read(self, request: Request, account: SimAccount) -> Response:
        return JSONResponse(self._shown(request, await self._own(request, account)))

    async def analytics(self, request: Request, account: SimAccount) -> Response:
        """Of a stretch of days that reaches no further back than ninety."""
        pin, query = await self._own(request, account), request.query_params
        try:
            start, end = (date.fromisoformat(query[name]) for name in ("start_date", "end_date"))
        except (KeyError, ValueError):
            raise wire.invalid("start_date and end_date are required, as YYYY-MM-DD") from None
        today = self._network.clock().date()
        if not today - MOST_DAYS <= start <= end <= start + MOST_DAYS:
            raise wire.ProblemError(400, 1, "start_date cannot be more than 90 days back from today")
        asked = query.get("metric_types", "").split(",")
        if not set(asked) <= {*ANY_PIN, *(FILM if pin.data["media"]["type"] == "video" else {})}:
            raise wire.invalid(f"{query.get('metric_types')!r} is not one of the metric types of this pin")
        summed = {name: self._summed(pin, name) for name in asked if pin.created_at.date() <= end}
        told = {"lifetime_metrics": {}, "daily_metrics": [], "summary_metrics": summed}
        return JSONResponse({"all": told})

    def _summed(self, pin: SimPost, name: str) -> int:
        figure, unit = ({**ANY_PIN, **FILM})[name]
        return pin.figures.get(figure, 0) * unit

    async def remove(self, request: Request, account: SimAccount) -> Response:
        pin = await self._own(request, account)
        await self._network.remove_post(pin.id)
        return Response(status_code=204)

    async def listed(self, request: Request, account: SimAccount) -> Response:
        """Newest first."""
        board = request.path_params.get("board")
        if board is not None:
            await self._boards.named(account, board)
        pins = [
            pin
            for pin in reversed(await self._network.posts(account.id))
            if board is None or pin.data["board_id"] == board
        ]
        if request.query_params.get("pin_filter") == "exclude_repins":
            pins = [pin for pin in pins if not pin.data.get("parent_pin_id")]
        return wire.paged(request, [self._shown(request, pin) for pin in pins])

    async def number_of(self, account: SimAccount) -> int:
        return len(await self._network.posts(account.id))

    async def _own(self, request: Request, account: SimAccount) -> SimPost:
        pin_id = request.path_params["id"]
        if not pin_id.isdecimal():
            raise wire.invalid(f"{pin_id!r} does not match '^\\\\d+$'")
        pin = await self._network.post(pin_id)
        if pin is None or pin.account_id != account.id:
            raise wire.ProblemError(404, 50, "Pin not found.")
        return pin

    def _shown(self, request: Request, pin: SimPost) -> dict[str, Any]:
        data = pin.data
        asks_metrics = request.query_params.get("pin_metrics") == "true"
        return {
            "id": pin.id,
            "created_at": wire.stamp(pin.created_at),
            "link": data["link"],
            "title": data["title"],
            "description": data["description"],
            "alt_text": data["alt_text"],
            "dominant_color": data["dominant_color"] or "#6e7874",
            "board_id": data["board_id"],
            "board_section_id": data["board_section_id"],
            "board_owner": {"username": data["owner"]},
            "parent_pin_id": data["parent_pin_id"],
            "media": media_json(data["media"]),
            "creative_type": CREATIVE[data["media"]["type"]],
            "is_owner": True,
            "is_standard": True,
            "has_been_promoted": False,
            "pin_metrics": self._metrics(pin) if asks_metrics else None,
        }

    def _metrics(self, pin: SimPost) -> dict[str, dict[str, int]]:
        figures = pin.figures
        shown = {
            "impression": figures.get("impressions", 0),
            "clickthrough": figures.get("clicks", 0),
            "pin_click": 2 * figures.get("clicks", 0),
            "save": figures.get("saves", 0),
        }
        said = {"reaction": figures.get("reactions", 0), "comment": figures.get("comments", 0)}
        return {"90d": shown, "lifetime_metrics": {**shown, **said}}


def _check_words(data: dict[str, Any]) -> None:
    strange = sorted(set(data) - KNOWN)
    if strange:
        raise wire.invalid(f"Additional properties are not allowed ({strange[0]!r} was unexpected)")
    for name in ("board_id", "board_section_id", "parent_pin_id"):
        value = data.get(name)
        if value is not None and not str(value).isdecimal():
            raise wire.invalid(f"{value!r} does not match '^\\\\d+$'")
    if not data.get("board_id"):
        raise wire.invalid("'board_id' is a required property")
    for name, most in LONGEST.items():
        if len(str(data.get(name) or "")) > most:
            raise wire.invalid(f"{name}: {str(data[name])[:20]!r}... is too long (maxLength={most})")
