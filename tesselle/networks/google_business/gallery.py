"""Photos and films of a profile's gallery: a resource of its own, fetched by their address like a post's picture."""

from collections.abc import Mapping
from typing import Any

from tesselle.connectors.protocols import Api, StepCall
from tesselle.domain.content import Content
from tesselle.domain.errors import RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Presence, Present, Remote, Silent
from tesselle.networks.google_business.limits import GALLERY
from tesselle.networks.google_business.options import ANYTHING, COVER, SHOWS

PHOTO = "photo"
"""What a step of the gallery holds, where a post's has `post`."""
MEDIA_FORMATS = {"image": "PHOTO", "video": "VIDEO"}

ONE_FILE = N_("For the gallery choose exactly one picture or film.")
NO_WORDS = N_("The gallery shows pictures and films without words. Empty the text.")
NO_FILM_AS_COVER = N_(
    "The cover of a profile is a picture. Choose one, or say that the film shows something else."
)
NOTHING_TO_EDIT = N_(
    "What is in the gallery has no words to change. Delete it and send another picture or film."
)


def is_photo(thing: Remote | None) -> bool:
    return thing is not None and "/media/" in thing.id


def item_of(content: Content) -> dict[str, Any]:
    """Raises RejectedError: what Google would refuse, or leave out without a word."""
    kinds = [one.kind for one in content.media]
    if len(kinds) != 1 or kinds[0] not in MEDIA_FORMATS:
        raise RejectedError(Message(ONE_FILE), "one_picture_or_film")
    if content.text.strip():
        raise RejectedError(Message(NO_WORDS), "text_not_allowed")
    category = content.options.get(SHOWS, "") or ANYTHING
    if kinds[0] == "video" and category == COVER:
        raise RejectedError(Message(NO_FILM_AS_COVER), "cover_is_a_picture")
    return {"mediaFormat": MEDIA_FORMATS[kinds[0]], "locationAssociation": {"category": category}}


def prepared(call: StepCall, api: Api) -> Mapping[str, Any]:
    """The address is made anew for each try; Google tells it again, so that it says which try a photo is of."""
    fixed = call.frozen.get(PHOTO) or item_of(call.content)
    return {PHOTO: {**fixed, "sourceUrl": api.media_address(call.media[0])}}


def is_of_gallery(content: Content) -> bool:
    return content.format == GALLERY


def remote(photo: Mapping[str, Any]) -> Remote:
    """Without an address: those that Google tells of a picture change from time to time."""
    return Remote(str(photo["name"]))


def presence_of(photo: Mapping[str, Any]) -> Presence:
    is_there = bool(photo.get("name")) and photo.get("mediaFormat") in MEDIA_FORMATS.values()
    return Present(remote(photo)) if is_there else Silent("unreadable answer")
