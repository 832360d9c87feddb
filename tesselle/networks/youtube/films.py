"""A film on its way: uploaded for nobody's eyes, dressed with all it needs, then shown in one call.

YouTube has no key against repeats. So the film goes up as private, and what is irreversible is one
short call that names its number: that number is the witness of what became of it.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from tesselle.connectors.dialects.google.sign_in import bearer
from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Api, StepCall
from tesselle.domain.content import Content, Media
from tesselle.domain.errors import NotSentError, RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Remote
from tesselle.networks.youtube import limits, options
from tesselle.networks.youtube.drafts import forgotten_draft
from tesselle.networks.youtube.limits import SHORT_SECONDS, TAGS_UNITS
from tesselle.networks.youtube.options import MADE_FOR_KIDS, NO, PLAYLIST, PRIVATE, YES, is_on, privacy_of
from tesselle.networks.youtube.uploads import Sessions, upload
from tesselle.networks.youtube.wire import DATA, PUT_UP, address, listed

Wait = Callable[[float], Awaitable[None]]
"""Waits so many seconds; handed in, so that tests and practice worlds need not."""

POLL_SECONDS = (2, 5, 10, 20)
STEPS = frozenset({limits.FILM, limits.WITH_THUMBNAIL, limits.WITH_PLAYLIST, limits.WITH_BOTH})
"""What the step of a post is called (`step_of`)."""
WANTED = "privacy"
"""In a film's `Remote.extra`: who was to see it."""

ONE_FILM = N_("On YouTube a post is exactly one film, with one picture as its thumbnail at most.")
NO_TITLE = N_("The film has no title. Write one.")
SAY_SO = N_("Say whether the film is made for children. YouTube asks for it, and only you can tell.")
LONG_TAGS = N_("The tags are longer than the %(limit)s signs that YouTube takes. Leave some out.")
NOBODY_COMMENTS = N_(
    "Films made for children, and films that only you see, have no comments. Leave the first comment out."
)
FAILED = N_("YouTube cannot use this film (%(why)s). Nobody has seen it. Use another file.")
LATER = N_("YouTube does not know the film yet. It will be tried again.")

Frozen = Mapping[str, Any]


async def prepare(call: StepCall, api: Api, wait: Wait, sessions: Sessions) -> Frozen:
    if call.frozen and await _is_there(str(call.frozen["video"]), api):
        return call.frozen
    film, thumbnail = _files(call)
    fits(call.content)
    resource = {"snippet": snippet_of(call), "status": status_of(call.content, PRIVATE)}
    draft = "" if call.untried else await forgotten_draft(call, film, api)
    quiet = is_on(call.content.options, options.QUIET)
    video = draft or await upload(call.key, film, resource, quiet=quiet, api=api, sessions=sessions)
    await _worked_on(video, api, wait)
    if thumbnail is not None:
        await _dress(video, thumbnail, api)
    if playlist := call.content.options.get(PLAYLIST, "").strip():
        await _put_into(playlist, video, api)
    return {"video": video, "status": status_of(call.content, privacy_of(call.content.options))}


async def _is_there(video: str, api: Api) -> bool:
    return bool(await listed(api, "videos", {"part": "id", "id": video}))


def _files(call: StepCall) -> tuple[Media, Media | None]:
    films = [one for one in call.media if one.kind == "video"]
    pictures = [one for one in call.media if one.kind == "image"]
    if len(films) != 1 or len(pictures) > 1:
        raise RejectedError(Message(ONE_FILM), "one_film")
    return films[0], pictures[0] if pictures else None


def step_of(content: Content) -> str:
    """By what it takes of the project's units: see `limits.STEP_UNITS`."""
    has_thumbnail = any(one.kind == "image" for one in content.media)
    has_playlist = bool(content.options.get(PLAYLIST, "").strip())
    if has_thumbnail:
        return limits.WITH_BOTH if has_playlist else limits.WITH_THUMBNAIL
    return limits.WITH_PLAYLIST if has_playlist else limits.FILM


def fits(content: Content) -> None:
    """What YouTube would refuse for sure is said before anything goes up."""
    chosen = content.options
    if not content.title.strip():
        raise RejectedError(Message(NO_TITLE), "title_missing")
    if chosen.get(MADE_FOR_KIDS) not in {YES, NO}:
        raise RejectedError(Message(SAY_SO), "made_for_kids_missing")
    if options.tags_length(options.tags_of(chosen)) > TAGS_UNITS:
        raise RejectedError(Message(LONG_TAGS, {"limit": TAGS_UNITS}), "tags_too_long")
    is_mute = chosen[MADE_FOR_KIDS] == YES or privacy_of(chosen) == PRIVATE
    if content.first_comment and is_mute:
        raise RejectedError(Message(NOBODY_COMMENTS), "comments_off")


def snippet_of(call: StepCall) -> dict[str, Any]:
    content = call.content
    told: dict[str, Any] = {
        "title": content.title.strip(),
        "description": call.text,
        "categoryId": content.options.get(options.CATEGORY) or options.USUAL_CATEGORY,
    }
    if tags := options.tags_of(content.options):
        told["tags"] = list(tags)
    if content.language:
        told |= {"defaultLanguage": content.language, "defaultAudioLanguage": content.language}
    return told


def status_of(content: Content, privacy: str) -> dict[str, Any]:
    """The part is replaced whole at every write, so it is always sent whole."""
    return {
        "privacyStatus": privacy,
        "selfDeclaredMadeForKids": content.options.get(MADE_FOR_KIDS) == YES,
        "containsSyntheticMedia": is_on(content.options, options.SYNTHETIC),
        "license": "youtube",
        "embeddable": True,
        "publicStatsViewable": True,
    }


async def _worked_on(video: str, api: Api, wait: Wait) -> None:
    """Refused while nobody sees it, if YouTube says so soon; a long film may be shown before it is through."""
    for seconds in (*POLL_SECONDS, 0):
        found = await listed(api, "videos", {"part": "id,status,processingDetails", "id": video})
        if not found:
            raise NotSentError(Message(LATER))
        status = found[0].get("status") or {}
        if why := failure_of(status):
            raise RejectedError(Message(FAILED, {"why": why}), "media_refused")
        if status.get("uploadStatus") == "processed":
            return
        await wait(seconds)


def failure_of(status: Mapping[str, Any]) -> str:
    """YouTube's own word for what went wrong with a film; "" where nothing did."""
    match status.get("uploadStatus"):
        case "failed":
            return str(status.get("failureReason") or "failed")
        case "rejected":
            return str(status.get("rejectionReason") or "rejected")
    return ""


async def _dress(video: str, picture: Media, api: Api) -> None:
    url = address(api.account.server, f"{PUT_UP}/thumbnails/set", {"uploadType": "media", "videoId": video})
    headers = bearer(await api.session()) | {"Content-Type": picture.mime}
    await api.call(Request("POST", url, headers, api.media_file(picture), 120.0))


async def _put_into(playlist: str, video: str, api: Api) -> None:
    """A film can be in a playlist twice: look first."""
    there = {"part": "id", "playlistId": playlist, "videoId": video}
    if await listed(api, "playlistItems", there):
        return
    url = address(api.account.server, f"{DATA}/playlistItems", {"part": "snippet"})
    resource = {"kind": "youtube#video", "videoId": video}
    item = {"snippet": {"playlistId": playlist, "resourceId": resource}}
    await api.call(Request.json("POST", url, item, bearer(await api.session())))


async def prepare_edit(call: StepCall, api: Api) -> Frozen:
    """The part is replaced whole: what is there is read, and only title and words are changed."""
    if call.frozen:
        return call.frozen
    assert call.target is not None
    found = await listed(api, "videos", {"part": "snippet", "id": call.target.id})
    if not found:
        raise RejectedError(Message(GONE_MEANWHILE), "not_found")
    kept = ("title", "categoryId", "tags", "defaultLanguage", "defaultAudioLanguage")
    told = found[0].get("snippet") or {}
    snippet = {name: told[name] for name in kept if told.get(name)}
    changed = {"title": call.content.title.strip()} if call.content.title.strip() else {}
    return {"snippet": {**snippet, **changed, "description": call.text}}


GONE_MEANWHILE = N_("The film is no longer on YouTube, so its words cannot be changed.")


def request(call: StepCall, session: Mapping[str, str]) -> Request:
    """Of a film: to show it, to change its words, to delete it."""
    headers, server = bearer(session), call.account.server
    if call.kind in STEPS:
        resource = {"id": call.frozen["video"], "status": call.frozen["status"]}
        url = address(server, f"{DATA}/videos", {"part": "status"})
        return Request.json("PUT", url, resource, headers)
    assert call.target is not None
    if call.kind == "edit":
        resource = {"id": call.target.id, "snippet": call.frozen["snippet"]}
        url = address(server, f"{DATA}/videos", {"part": "snippet"})
        return Request.json("PUT", url, resource, headers)
    return Request("DELETE", address(server, f"{DATA}/videos", {"id": call.target.id}), headers)


def is_short(content: Content) -> bool:
    """YouTube decides it by the film alone."""
    film = next((one for one in content.media if one.kind == "video"), None)
    return film is not None and 0 < film.seconds <= SHORT_SECONDS and film.width_px <= film.height_px


def remote_of(call: StepCall) -> Remote:
    video = str(call.frozen["video"])
    path = f"shorts/{video}" if is_short(call.content) else f"watch?v={video}"
    wanted = str(call.frozen["status"]["privacyStatus"])
    return Remote(video, f"https://www.youtube.com/{path}", {WANTED: wanted})
