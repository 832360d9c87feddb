"""A post for Instagram, and what is asked of Instagram for it."""

from tesselle.connectors.tests.stage import Stage
from tesselle.domain.content import Content


def post(stage: Stage, text: str = "Tiles", **options: str) -> Content:
    return Content(text=text, media=(stage.image(),), options=options)


async def sent_for(stage: Stage, content: Content, watch: str) -> str:
    """The body of the request whose address ends so."""
    bodies = []
    inner = stage.transport.exchange

    class Watched:
        async def exchange(self, request, gate=None):
            if request.method == "POST" and request.url.endswith(watch):
                bodies.append(request.body.decode())
            return await inner(request, gate)

    stage.transport = Watched()
    await stage.publish(content)
    return "&".join(bodies)
