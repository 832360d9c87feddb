"""Looking for what a doubtful attempt may have left."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tesselle.connectors.protocols import Api, StepCall, Window
from tesselle.domain.errors import NetworkError, RejectedError
from tesselle.domain.verdicts import Candidate, Remote, Seen, Sighting, Silent
from tesselle.networks.mastodon.reading import instant, own_statuses, silent
from tesselle.networks.mastodon.software import software_of
from tesselle.networks.mastodon.statuses import remote
from tesselle.networks.mastodon.texts import fingerprint, plain
from tesselle.networks.mastodon.wire import ask_mapping

UNUSED_FILE_HOURS = 20
"""Unused uploads are removed after about a day; until then a missing one was put into a post."""


async def look_up(call: StepCall, api: Api, window: Window) -> Sighting:
    try:
        if call.kind == "delete" and call.target is not None:
            return await _look_up_deletion(call.target, api)
        if call.kind == "edit" and call.target is not None:
            return await _look_up_edit(call, call.target, api)
        return await _look_up_status(call, api, window)
    except (NetworkError, ValueError, KeyError) as error:
        return silent(error)


async def _look_up_deletion(target: Remote, api: Api) -> Sighting:
    """The candidate is the absence: adopted means deleted."""
    try:
        await ask_mapping(api, f"/api/v1/statuses/{target.id}")
    except RejectedError as error:
        if error.reason == "not_found":
            return Seen((Candidate(target, api.now, certain=True),))
        raise
    return Seen()


async def _look_up_edit(call: StepCall, target: Remote, api: Api) -> Sighting:
    status = await ask_mapping(api, f"/api/v1/statuses/{target.id}")
    if not await _same_words(call, status, api) or not _same_files(call, status):
        return Seen()
    edited_at = instant(status.get("edited_at") or status["created_at"])
    return Seen((Candidate(remote(status, call), edited_at, certain=True, text=call.text),))


async def _look_up_status(call: StepCall, api: Api, window: Window) -> Sighting:
    if "status" not in call.frozen:
        return Seen()  # never came as far as a request
    candidates = []
    for status in await own_statuses(api, window.start):
        posted_at = instant(status["created_at"])
        if posted_at > window.end or str(status["id"]) in window.adopted or status.get("reblog"):
            continue
        if _same_place(call, status) and await _is_ours(call, status, api):
            certain = _has_our_files(call, status) or _from_our_app(status, api)
            candidates.append(Candidate(remote(status, call), posted_at, certain, _shown(status)))
    if not candidates and await _file_went_somewhere(call, api):
        return Silent("an uploaded file is in a post that the server does not list yet")
    return Seen(tuple(candidates))


async def _is_ours(call: StepCall, status: Mapping[str, Any], api: Api) -> bool:
    """With files their ids decide, since nobody else can have put them in; else the words do."""
    if call.frozen["media_ids"]:
        return _has_our_files(call, status)
    return not status.get("media_attachments") and await _same_words(call, status, api)


def _same_place(call: StepCall, status: Mapping[str, Any]) -> bool:
    return bool(str(status.get("in_reply_to_id") or "") == call.frozen["in_reply_to_id"])


def _file_ids(status: Mapping[str, Any]) -> set[str]:
    return {str(one.get("id")) for one in status.get("media_attachments") or ()}


def _has_our_files(call: StepCall, status: Mapping[str, Any]) -> bool:
    return bool(call.frozen["media_ids"]) and _same_files(call, status)


def _same_files(call: StepCall, status: Mapping[str, Any]) -> bool:
    return _file_ids(status) == set(call.frozen["media_ids"])


def _from_our_app(status: Mapping[str, Any], api: Api) -> bool:
    """By the app's name: it is shown on one's own posts. No person writes by hand with this token's app."""
    name = (status.get("application") or {}).get("name", "")
    return bool(name) and bool(name == api.account.facts.get("app"))


def _shown(status: Mapping[str, Any]) -> str:
    return plain(str(status.get("content", "")))


async def _same_words(call: StepCall, status: Mapping[str, Any], api: Api) -> bool:
    """Compared as written (`/source`) where the server keeps that, else as shown."""
    if fingerprint(str(status.get("spoiler_text") or "")) != fingerprint(call.frozen["spoiler_text"]):
        return False
    wanted = fingerprint(call.frozen["status"])
    if fingerprint(_shown(status)) == wanted:
        return True
    try:
        source = await ask_mapping(api, f"/api/v1/statuses/{status['id']}/source")
    except RejectedError:
        return False
    return fingerprint(str(source.get("text", ""))) == wanted


async def _file_went_somewhere(call: StepCall, api: Api) -> bool:
    """Mastodon answers 404 for an upload that is in a post: a witness where no list shows the post."""
    ids = call.frozen["media_ids"]
    is_fresh = api.now - call.instant < timedelta(hours=UNUSED_FILE_HOURS)
    if not ids or not is_fresh or software_of(api.account).lists_attached:
        return False
    try:
        await ask_mapping(api, f"/api/v1/media/{ids[0]}")
    except RejectedError as error:
        return error.reason == "not_found"
    return False
