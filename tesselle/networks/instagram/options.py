"""The extra choices of a post."""

from collections.abc import Mapping
from typing import Any

from tesselle.connectors.card import OptionField
from tesselle.domain.errors import RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.networks.instagram.limits import REEL
from tesselle.networks.instagram.wire import LINKED

COLLABORATORS = "collaborators"
COVER_SECOND = "cover_second"
SHARE_TO_FEED = "only_in_reels"
PLACE = "place"
MOST_COLLABORATORS = 3

TOO_MANY = N_("At most %(limit)s accounts can be invited to share a post. Remove some.")
NO_PLACE = N_(
    "“%(typed)s” is no number of a place’s page. It is made of figures only, as in the address of the page."
)
NO_SECOND = N_("“%(typed)s” is no second of the film. Type a number, for instance 2.")

OPTIONS = (
    OptionField(
        name=COLLABORATORS,
        label=N_("Shared with"),
        help=N_(
            "Up to three user names, separated by commas. They are asked first, and the post is theirs too."
        ),
        maximum=200,
        formats=("", REEL),
    ),
    OptionField(
        name=PLACE,
        label=N_("Place"),
        help=N_(
            "The number of the place’s page on Facebook. Instagram shows its name above the post, if that "
            "page has an address."
        ),
        maximum=30,
        account_kinds=(LINKED,),
        formats=("", REEL),
    ),
    OptionField(
        name=COVER_SECOND,
        label=N_("Second of the film that becomes the cover"),
        help=N_("The first one if you leave this empty."),
        maximum=6,
        formats=(REEL,),
    ),
    OptionField(
        name=SHARE_TO_FEED,
        label=N_("Show it among the reels only, not in the grid of posts"),
        kind="switch",
        formats=(REEL,),
    ),
)


def is_on(options: Mapping[str, str], name: str) -> bool:
    return options.get(name, "") in {"1", "on", "true", "yes"}


def said_beside(options: Mapping[str, str]) -> dict[str, Any]:
    """With whom it is shared and where it was, of a post or a reel.

    Raises RejectedError: too many, or no place.
    """
    return {**_shared(options), **_place(options)}


def _place(options: Mapping[str, str]) -> dict[str, Any]:
    typed = options.get(PLACE, "").strip()
    if not typed:
        return {}
    if not (typed.isascii() and typed.isdecimal()):
        raise RejectedError(Message(NO_PLACE, {"typed": typed[:40]}), "no_place")
    return {"location_id": typed}


def _shared(options: Mapping[str, str]) -> dict[str, Any]:
    names = [one.strip().lstrip("@") for one in options.get(COLLABORATORS, "").split(",")]
    names = [one for one in names if one]
    if len(names) > MOST_COLLABORATORS:
        raise RejectedError(Message(TOO_MANY, {"limit": MOST_COLLABORATORS}), "too_many_collaborators")
    return {"collaborators": names} if names else {}


def of_reel(options: Mapping[str, str]) -> dict[str, Any]:
    """Raises RejectedError: what should be a second is none."""
    told: dict[str, Any] = {"share_to_feed": not is_on(options, SHARE_TO_FEED)}
    typed = options.get(COVER_SECOND, "").strip().replace(",", ".")
    if not typed:
        return told
    try:
        return {**told, "thumb_offset": int(float(typed) * 1000)}
    except (ValueError, OverflowError) as error:
        raise RejectedError(Message(NO_SECOND, {"typed": typed[:40]}), "cover_second") from error
