"""Files go up before the post; what they become is named in it."""

from collections.abc import Awaitable, Callable, Sequence

from tesselle.connectors.api import AnswerError
from tesselle.connectors.http.exchange import FilePart, Multipart, Request
from tesselle.connectors.protocols import Api
from tesselle.domain.content import Media
from tesselle.domain.errors import NotSentError, RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.networks.mastodon.wire import address, signed

Wait = Callable[[float], Awaitable[None]]
"""Waits so many seconds; handed in, so that tests and practice worlds need not."""

POLL_SECONDS = (1, 1, 2, 3, 5, 8, 10)
UPLOAD_DEADLINE_SECONDS = 300.0
STILL_PROCESSING = 206

NO_ID = N_("The server took a file, but did not say under which name. It will be tried again.")


async def upload_all(media: Sequence[Media], focus: str, api: Api, wait: Wait) -> list[str]:
    """The ids the server gives them, in order, once it has finished with each or long been waited for.

    A film that takes longer goes into the post all the same: the server then refuses the post
    surely ("not finished processing"), its id is kept, and nothing has to go up again.
    """
    ids = [await _upload(one, focus, api) for one in media]
    for media_id in ids:
        await _finished(media_id, api, wait)
    return ids


async def still_there(media_ids: Sequence[str], api: Api, wait: Wait) -> bool:
    """Whether all of them can still go into a post: servers forget unused files after about a day."""
    try:
        for media_id in media_ids:
            await _finished(media_id, api, wait)
    except RejectedError:
        return False
    return True


async def _upload(media: Media, focus: str, api: Api) -> str:
    path = api.media_file(media)
    fields = {name: value for name, value in (("description", media.alt), ("focus", focus)) if value}
    form = Multipart(fields, (FilePart("file", path.name, media.mime, path=path),))
    headers = signed(await api.session())

    def request(version: str) -> Request:
        url = address(api.account.server, f"/api/{version}/media")
        return Request("POST", url, headers, form, deadline_seconds=UPLOAD_DEADLINE_SECONDS)

    try:
        answer = await api.call(request("v2"))
    except RejectedError as error:
        if error.reason != "not_found":
            raise
        answer = await api.call(request("v1"))  # servers from before 2020 and some cousins
    except AnswerError as error:
        if error.response.status not in {404, 405}:
            raise
        answer = await api.call(request("v1"))
    media_id = str(answer.mapping().get("id", ""))
    if not media_id:
        raise NotSentError(Message(NO_ID))
    return media_id


async def _finished(media_id: str, api: Api, wait: Wait) -> bool:
    """Asks until the server has finished with the file, within bounds.

    Raises:
        RejectedError: no such unused file.
    """
    headers = signed(await api.session())
    request = Request("GET", address(api.account.server, f"/api/v1/media/{media_id}"), headers)
    for seconds in POLL_SECONDS:
        if (await api.call(request)).status != STILL_PROCESSING:
            return True
        await wait(seconds)
    return False
