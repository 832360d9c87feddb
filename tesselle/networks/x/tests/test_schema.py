"""Every request of our connector, held against the models that X's own SDK carries."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel
from xdk import schemas

from tesselle.connectors.http.exchange import Exchange, Gate, Multipart, Request
from tesselle.domain.content import Content
from tesselle.domain.verdicts import Remote

MODELS: dict[str, type[BaseModel]] = {
    "/2/tweets": schemas.CreatePostsRequest,
    "/2/media/upload": schemas.MediaUploadRequest,
    "/2/media/upload/initialize": schemas.InitializeMediaUploadRequest,
    "/2/media/upload/append": schemas.AppendMediaUploadRequest,
    "/2/media/metadata": schemas.CreateMediaMetadataRequest,
}


class Watching:
    """A transport that keeps what was asked."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self.seen: list[Request] = []

    async def exchange(self, request: Request, gate: Gate | None = None) -> Exchange:
        self.seen.append(request)
        exchange: Exchange = await self._inner.exchange(request, gate)
        return exchange


@pytest.fixture
def watched(stage):
    stage.transport = Watching(stage.transport)
    return stage


def bodies(stage) -> Iterator[tuple[str, dict[str, Any]]]:
    """Path without its numbers, and what was sent there."""
    for request in stage.transport.seen:
        path = request.url.removeprefix("https://x.example").partition("?")[0]
        name = "/".join(part for part in path.split("/") if not part.isdecimal() or len(part) == 1)
        if isinstance(request.body, Multipart):
            yield name, {**request.body.fields, **{file.name: file.filename for file in request.body.files}}
        elif isinstance(request.body, bytes):
            yield name, json.loads(request.body)


def strange(model: BaseModel, place: str = "") -> Iterator[str]:
    """The models let unknown names pass: these are they."""
    yield from (f"{place}{name}" for name in model.model_extra or {})
    for name, value in model:
        if isinstance(value, BaseModel):
            yield from strange(value, f"{place}{name}.")


async def test_whatever_is_posted_is_what_the_models_know(watched):
    poll = {"poll": "Blue\nGreen", "poll_seconds": "300", "reply_settings": "following"}
    labels = {"made_with_ai": "1", "paid_partnership": "1"}
    first = await watched.publish(Content(text="Tiles", media=(watched.image(alt="Blue"),), options=labels))
    await watched.publish(Content(text="Which?", options=poll))
    await watched.publish(Content(text="Laying", media=(watched.film(),)))
    part = watched.step(Content(text="x", parts=("More",)), "part", position=1, earlier=(Remote(first.id),))
    await watched.send(await watched.prepared(part))

    seen = list(bodies(watched))

    assert {name for name, _ in seen} == set(MODELS)
    for name, body in seen:
        assert list(strange(MODELS[name].model_validate(body))) == [], name
