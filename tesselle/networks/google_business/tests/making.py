"""What the tests of a profile send, and what Google was told."""

from typing import Any

from tesselle.domain.content import FORMAT, Content

DAYS = {"start_date": "2026-12-05", "start_time": "09:00", "end_date": "2026-12-06", "end_time": "17:30"}
SHOP = "https://carrelage.example/portes-ouvertes"


def dated(format: str, **more: Any) -> Content:
    options = {FORMAT: format, **DAYS, **more.pop("options", {})}
    base = {"text": "Venez voir", "title": "Portes ouvertes", **more}
    return Content(**base, options=options)


async def told(stage) -> dict[str, Any]:
    (post,) = await stage.public()
    return dict(post.data["told"])
