"""What goes out: a post, a story, a comment, a change, a deletion; films are in `films`."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Api, StepCall
from tesselle.domain.content import Content
from tesselle.domain.errors import RejectedError, TryLaterError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Remote
from tesselle.networks.facebook import films, photos
from tesselle.networks.facebook.limits import STORY
from tesselle.networks.facebook.wire import GRAPH

PHOTO_STORY = "photo_story"
KIND = "kind"
"""In a post's `Remote.extra`: which step made it, since films are spoken of by their own number."""
COMMENT = "comment"
PARENT = "parent"
"""In a comment's: the comment it answers; Facebook has two levels only."""
ENDS_AT = "ends_at"

STORY_LIFE = timedelta(hours=24)
FILM_WAIT = timedelta(minutes=1)

STORY_HAS_NO_WORDS = N_("A story on Facebook shows no words of a post. Empty the text.")
NO_EDIT_OF_STORIES = N_("A story cannot be changed on Facebook. Delete it and publish another one.")
ONE_FILE = N_("A reel or a story on Facebook is exactly one file. Keep one.")
FILM_FIRST = N_("Facebook is still working on the film; the comment follows once it is public.")


def step_of(content: Content) -> str:
    """The name of the first step: which door the post goes out by."""
    is_film = any(media.kind == "video" for media in content.media)
    match content.format:
        case "story":
            return films.FILM_STORY if is_film else PHOTO_STORY
        case "reel":
            return films.REEL
        case _:
            return films.FILM if is_film else "post"


def steps(purpose: str, content: Content) -> tuple[str, ...]:
    match purpose:
        case "post":
            comments = ("comment",) if content.first_comment and content.format != STORY else ()
            return (step_of(content), *comments)
        case "answer" | "edit" | "delete":
            return (purpose,)
        case _:
            raise ValueError(f"There is no {purpose!r} here.")


async def prepare(call: StepCall, api: Api) -> Mapping[str, Any]:
    match call.kind:
        case films.FILM | films.REEL | films.FILM_STORY:
            _fits_its_door(call.content)
            return await films.prepare(call, api)
        case "post":
            return await _with_photos({"message": _message(call), "link": _link(call)}, call, api)
        case "photo_story":
            _fits_its_door(call.content)
            return await _with_photos({}, call, api)
        case "comment":
            return await _below(call, call.earlier[0], api)
        case "answer" if call.target is not None:
            return _answer(call, call.target)
        case "edit" if call.target is not None:
            return _edit(call, call.target)
        case _:
            return {}


def objections(content: Content) -> Sequence[Callable[[], object]]:
    return (lambda: _fits_its_door(content),) if step_of(content) != "post" else ()


def _fits_its_door(content: Content) -> None:
    """What Facebook would drop without a word is refused here."""
    if len(content.media) != 1:
        raise RejectedError(Message(ONE_FILE), "one_file")
    if content.format == STORY and content.text.strip():
        raise RejectedError(Message(STORY_HAS_NO_WORDS), "text_not_allowed")


def _message(call: StepCall) -> str:
    """Beside pictures Facebook draws no card of a link: it stands in the text then."""
    link = call.content.link
    return f"{call.text}\n\n{link}".strip() if link and call.media else call.text


def _link(call: StepCall) -> str:
    return "" if call.media else call.content.link


async def _with_photos(frozen: dict[str, Any], call: StepCall, api: Api) -> Mapping[str, Any]:
    before = call.frozen.get("photos")
    if before is not None and await photos.still_there(before, api):
        return call.frozen
    return {**frozen, "photos": await photos.put_up(call.media, api)}


async def _below(call: StepCall, post: Remote, api: Api) -> Mapping[str, Any]:
    """The first comment waits until a film can be commented on."""
    if is_film(post):
        seen = films.state_of(await GRAPH.ask(api, post.id, {"fields": "status,published"}))
        if not seen.is_public:
            raise TryLaterError(Message(FILM_FIRST), api.now + FILM_WAIT)
    return {"under": post.id, "message": call.text}


def _answer(call: StepCall, target: Remote) -> dict[str, Any]:
    """To an answer: to what it answers, since there is no third level."""
    under = target.extra.get(PARENT) or target.id
    is_deep = target.extra.get(KIND, "") == COMMENT
    return {"under": under, "message": call.text, "parent": under if is_deep else ""}


def _edit(call: StepCall, target: Remote) -> dict[str, Any]:
    kind = target.extra.get(KIND, "")
    if kind in {PHOTO_STORY, films.FILM_STORY}:
        raise RejectedError(Message(NO_EDIT_OF_STORIES), "not_allowed")
    return {"field": "description" if is_film(target) else "message", "text": call.text}


def is_film(remote: Remote) -> bool:
    return remote.extra.get(KIND, "") in films.EDGES


def request(call: StepCall, session: Mapping[str, str]) -> Request:
    server, page, frozen = call.account.server, call.account.remote_id, call.frozen
    if call.kind in films.EDGES:
        return GRAPH.post(server, session, f"{page}/{films.EDGES[call.kind]}", films.finish(call))
    match call.kind:
        case "post":
            media = [{"media_fbid": photo} for photo in frozen["photos"]]
            told = {"message": frozen["message"], "link": frozen["link"]}
            params = {**told, **({"attached_media": media} if media else {})}
            return GRAPH.post(server, session, f"{page}/feed", params, fresh_connection=True)
        case "photo_story":
            params = {"photo_id": frozen["photos"][0]}
            return GRAPH.post(server, session, f"{page}/photo_stories", params, fresh_connection=True)
        case "comment" | "answer":
            # No `fields`: the comment would be made, and its answer an error.
            params = {"message": frozen["message"]}
            return GRAPH.post(server, session, f"{frozen['under']}/comments", params, fresh_connection=True)
        case _ if call.target is None:
            raise ValueError(f"{call.kind} of nothing")
        case "edit":
            return GRAPH.post(server, session, call.target.id, {frozen["field"]: frozen["text"]})
        case _:
            return GRAPH.delete(server, session, call.target.id)


def remote_of(call: StepCall, told: str) -> Remote:
    """`told`: the number in the answer; films are known by their own."""
    if call.kind in films.EDGES:
        video = str(call.frozen["video"])
        ends = {ENDS_AT: (call.instant + STORY_LIFE).isoformat()} if call.kind == films.FILM_STORY else {}
        return Remote(video, "", {KIND: call.kind, **ends})
    match call.kind:
        case "photo_story":
            return Remote(told, "", {KIND: call.kind, ENDS_AT: (call.instant + STORY_LIFE).isoformat()})
        case "comment" | "answer":
            parent = str(call.frozen.get("parent", ""))
            return Remote(told, "", {KIND: COMMENT, **({PARENT: parent} if parent else {})})
        case _:
            return Remote(told)
