"""threads-client at work, in an environment of its own: one act, told and answered as JSON.

Run by `tests/real/test_threads.py`. Nothing of ours is imported here.
"""
# mypy: disable-error-code="import-not-found,misc"

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import httpx
from threads_client import ThreadsClient
from threads_client.exceptions import ThreadsAPIError
from threads_client.models import CarouselMediaItem

TOLD = json.loads(sys.stdin.read())
PLACE = urlsplit(TOLD["server"]).path
PICTURE, FILM = "https://carrelage.example/a.jpg", "https://carrelage.example/b.mp4"


class Below(httpx.AsyncHTTPTransport):
    """It drops the path of a server where it swaps tokens: the make-believe one lies below a path."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if not request.url.path.startswith(f"{PLACE}/"):
            request.url = request.url.copy_with(path=PLACE + request.url.path)
        return await super().handle_async_request(request)


async def at_once(_seconds: float) -> None:
    """It waits five seconds between two looks at a film; here nobody has to."""


async def write(threads: ThreadsClient) -> Any:
    """A post with a topic, an answer to it, both read in the list; then the answer goes."""
    first = await threads.post(TOLD["text"], topic_tag="carrelage")
    answer = await threads.post("Et la suite", reply_to_id=first)
    listed = [post.text async for post in threads.posts.iter_posts(limit=1)]
    return {"first": first, "answer": answer, "listed": listed, "gone": await threads.delete_post(answer)}


async def show(threads: ThreadsClient) -> Any:
    both = [
        CarouselMediaItem(media_type="IMAGE", url=PICTURE),
        CarouselMediaItem(media_type="VIDEO", url=FILM),
    ]
    return {
        "picture": await threads.post("Un carreau", image_url=PICTURE),
        "film": await threads.post("Une pose", video_url=FILM),
        "album": await threads.post_carousel("Les deux", items=both),
    }


async def too_early(threads: ThreadsClient) -> Any:
    """Published without a look at it."""
    container = await threads.posts.create_container("Une pose", video_url=FILM)
    refused = await _refused(threads.posts.publish_container(container, max_retries=1))
    await threads.posts.poll_container_status(container)
    return {"refused": refused, "then": await threads.posts.publish_container(container)}


async def renew(threads: ThreadsClient) -> Any:
    lasting = await threads.tokens.exchange(TOLD["access_token"], TOLD["client_secret"])
    return {"type": lasting.token_type, "seconds": lasting.expires_in, "token": lasting.access_token}


async def refresh(threads: ThreadsClient) -> Any:
    fresh = await threads.tokens.refresh(TOLD["access_token"])
    return {"seconds": fresh.expires_in, "is_new": fresh.access_token != TOLD["access_token"]}


async def be_refused(threads: ThreadsClient) -> Any:
    return await _refused(threads.posts.create_container(TOLD["text"]))


async def _refused(act: Awaitable[Any]) -> Any:
    try:
        await act
    except ThreadsAPIError as error:
        told = {"kind": type(error).__name__, "code": error.code, "subcode": error.subcode}
        return {**told, "is_transient": error.is_transient}
    return None


ACTS: dict[str, Callable[[ThreadsClient], Awaitable[Any]]] = {
    act.__name__: act for act in (write, show, too_early, renew, refresh, be_refused)
}


async def main() -> Any:
    asyncio.sleep = at_once  # type: ignore[assignment]
    async with httpx.AsyncClient(transport=Below()) as client:
        threads = ThreadsClient(
            access_token=TOLD["access_token"], base_url=f"{TOLD['server']}/v1.0", client=client
        )
        return await ACTS[TOLD["act"]](threads)


print(json.dumps(asyncio.run(main())))
