"""Looking for what a doubtful attempt may have left. Pinterest takes no key, so pins are compared."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tesselle.connectors.protocols import Api, StepCall, Window
from tesselle.domain.errors import NetworkError, RejectedError
from tesselle.domain.verdicts import Candidate, Remote, Seen, Sighting
from tesselle.networks.pinterest.answers import GONE
from tesselle.networks.pinterest.pins import remote
from tesselle.networks.pinterest.reading import OWN, instant, pictures_of, silent
from tesselle.networks.pinterest.wire import ask, items

PAGE = 25
ENOUGH_OLDER = 25
"""The newest come first, but nobody promises it: we look so far beyond the first that is too old."""


async def look_up(call: StepCall, api: Api, window: Window) -> Sighting:
    try:
        if call.kind == "delete" and call.target is not None:
            return await _deletion(call.target, api)
        return await _pin(call, api, window)
    except (NetworkError, ValueError, KeyError) as error:
        return silent(error)


async def _deletion(target: Remote, api: Api) -> Sighting:
    """The candidate is the absence: adopted means deleted."""
    try:
        await ask(api, f"/pins/{target.id}")
    except RejectedError as error:
        if error.reason == GONE:
            return Seen((Candidate(target, api.now, certain=True),))
        raise
    return Seen()


async def _pin(call: StepCall, api: Api, window: Window) -> Sighting:
    if "pin" not in call.frozen:
        return Seen()  # never came as far as a request
    candidates, older = [], 0
    async for pin in items(api, "/pins", OWN, PAGE):
        created_at = instant(pin)
        older += created_at < window.start
        if older > ENOUGH_OLDER:
            break
        in_time = window.start <= created_at <= window.end
        if in_time and str(pin["id"]) not in window.adopted and is_alike(call, pin):
            shown = str(pin.get("description") or "")
            candidates.append(Candidate(remote(pin), created_at, _is_ours(call), shown))
    return Seen(tuple(candidates))


def is_alike(call: StepCall, pin: Mapping[str, Any]) -> bool:
    """Board, words, alternative text, link and the number of pictures."""
    sent = call.frozen["pin"]
    same = all(
        _said(sent, name) == _said(pin, name)
        for name in ("board_id", "board_section_id", "title", "description", "alt_text")
    )
    pictures = max(len(call.frozen["files"]), 1)
    return (
        same
        and _same_link(sent.get("link") or "", pin.get("link") or "")
        and pictures_of(pin) == pictures
        and not pin.get("parent_pin_id")
    )


def _is_ours(call: StepCall) -> bool:
    """Nobody types an alternative text, or copies an address, by hand in the very same words within
    these minutes. A pin that has neither could be somebody's own: a person decides."""
    return bool(call.frozen["pin"].get("alt_text") or call.frozen["pin"].get("link"))


def _said(pin: Mapping[str, Any], name: str) -> str:
    return " ".join(str(pin.get(name) or "").split())


def _same_link(sent: str, shown: str) -> bool:
    """Pinterest may add to an address what it wants to follow; what we sent must be there."""
    ours, theirs = urlsplit(sent), urlsplit(shown)
    return (
        (ours.hostname or "").removeprefix("www.") == (theirs.hostname or "").removeprefix("www.")
        and ours.path.rstrip("/") == theirs.path.rstrip("/")
        and set(parse_qsl(ours.query)) <= set(parse_qsl(theirs.query))
    )
