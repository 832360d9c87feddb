"""Photos of a profile's gallery: a resource of its own, which Google fetches by their address like a post's."""

from collections.abc import Mapping
from typing import Any

from tesselle.connectors.protocols import Api, StepCall
from tesselle.domain.content import Content
from tesselle.domain.errors import RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Presence, Present, Remote, Silent
from tesselle.networks.google_business.limits import GALLERY
from tesselle.networks.google_business.options import ANYTHING, SHOWS

PHOTO = "photo"
"""What a photo's frozen step holds, where a post's has `post`."""

ONE_PHOTO = N_("For the gallery choose exactly one picture.")
NO_WORDS = N_("The gallery shows a picture without words. Empty the text.")
NOTHING_TO_EDIT = N_("A picture of the gallery has no words to change. Delete it and send another one.")


def is_photo(thing: Remote | None) -> bool:
    return thing is not None and "/media/" in thing.id


def photo_of(content: Content) -> dict[str, Any]:
    """Raises RejectedError: what Google would refuse, or leave out without a word."""
    if [one.kind for one in content.media] != ["image"]:
        raise RejectedError(Message(ONE_PHOTO), "one_picture")
    if content.text.strip():
        raise RejectedError(Message(NO_WORDS), "text_not_allowed")
    category = content.options.get(SHOWS, "") or ANYTHING
    return {"mediaFormat": "PHOTO", "locationAssociation": {"category": category}}


def prepared(call: StepCall, api: Api) -> Mapping[str, Any]:
    """The address is made anew for each try; Google tells it again, so that it says which try a photo is of."""
    fixed = call.frozen.get(PHOTO) or photo_of(call.content)
    return {PHOTO: {**fixed, "sourceUrl": api.media_address(call.media[0])}}


def is_of_gallery(content: Content) -> bool:
    return content.format == GALLERY


def remote(photo: Mapping[str, Any]) -> Remote:
    """Without an address: those that Google tells of a picture change from time to time."""
    return Remote(str(photo["name"]))


def presence_of(photo: Mapping[str, Any]) -> Presence:
    is_there = bool(photo.get("name")) and photo.get("mediaFormat") == "PHOTO"
    return Present(remote(photo)) if is_there else Silent("unreadable answer")
