"""What the tests of TikTok send, and what they watch of it."""

import json
from typing import Any

from tesselle.connectors.http.exchange import Request
from tesselle.connectors.tests.stage import Stage
from tesselle.domain.content import Content, Media
from tesselle.simulation.faults import Effect

DOUBT = [Effect.ACCEPT_CUT, Effect.ACCEPT_5XX, Effect.CUT_UNREAD, Effect.GARBAGE, Effect.FAIL_5XX]
PHOTOS = {"format": "photos"}


def film(stage: Stage, text: str = "Laying", **options: str) -> Content:
    return Content(text=text, media=(stage.film(),), options={**stage.options, **options})


def photos(stage: Stage, many: int = 2, **options: str) -> Content:
    pictures = tuple(stage.image(f"{number}.jpg") for number in range(many))
    chosen = {**stage.options, **PHOTOS, **options}
    return Content(text="Tiles", title="Floor", media=pictures, options=chosen)


def big_film(stage: Stage, size: int = 25_000_001) -> Media:
    path = stage.folder / "big.mp4"
    path.write_bytes(bytes(size))
    return Media("video", "video/mp4", size, 1080, 1920, 30.0, asset=path.name)


async def watched(stage: Stage) -> list[Request]:
    """The requests that leave from now on."""
    kept: list[Request] = []
    inner = stage.transport.exchange

    class Watched:
        async def exchange(self, request, gate=None):
            kept.append(request)
            return await inner(request, gate)

    stage.transport = Watched()
    return kept


def body_of(request: Request) -> dict[str, Any]:
    assert isinstance(request.body, bytes)
    told: dict[str, Any] = json.loads(request.body)
    return told


def begun(requests: list[Request]) -> dict[str, Any]:
    return next(body_of(one) for one in requests if one.url.endswith("/init/"))
