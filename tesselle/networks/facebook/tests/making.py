"""What the tests of Facebook send, and the one post that came of it."""

from tesselle.connectors.tests.stage import Stage
from tesselle.domain.content import Content


def film(stage: Stage, format: str = "", text: str = "Laying", **options: str) -> Content:
    chosen = {**({"format": format} if format else {}), **options}
    return Content(text=text, media=(stage.film(),), options=chosen)


async def only(stage: Stage):
    (post,) = await stage.public()
    return post
