"""The extra choices of a post."""

import re
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
LOCATION = "location"
PLACE_SEARCH, PLACE = "place_search", "place"
MOST_COLLABORATORS = 3
_PLACE = re.compile(
    r"(?:https?://)?(?:[a-z]+\.)?facebook\.com/(?:\S*[/=-])?(\d{5,20})/?(?:[?#&]\S*)?|(\d{5,20})"
)
"""A number, or an address of Facebook's that ends in one."""

_CHOSEN = re.compile(r"(\d{5,20})(?: .*)?", re.S)
"""Its name goes along with the number, so that it can be read when the list has gone."""

TOO_MANY = N_("At most %(limit)s accounts can be invited to share a post. Remove some.")
NO_SECOND = N_("“%(typed)s” is no second of the film. Type a number, for instance 2.")

NO_PLACE = N_(
    "“%(typed)s” is no place. Copy the address of the place’s page on Facebook if it ends in a number, or that "
    "number itself."
)

NO_CHOICE = N_("Choose one of the places found for “%(typed)s”, or empty the search.")

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
        name=LOCATION,
        label=N_("Place"),
        help=N_(
            "Shown above the post. The number of the place’s page on Facebook, which stands there under About, "
            "Page transparency; or an address that ends in it. Accounts signed in with Facebook can search by "
            "name once Meta has granted one more right (Page Public Metadata Access) and whoever runs the "
            "installation has switched it on."
        ),
        maximum=300,
        formats=("", REEL),
    ),
    OptionField(
        name=PLACE_SEARCH,
        label=N_("Search for a place by name"),
        help=N_(
            "Meta searches among the pages of places on Facebook. Should it find nothing, type the number above."
        ),
        maximum=100,
        account_kinds=(LINKED,),
        formats=("", REEL),
        if_granted=PLACE_SEARCH,
    ),
    OptionField(
        name=PLACE,
        label=N_("Place that was found"),
        kind="remote_choice",
        depends_on=PLACE_SEARCH,
        account_kinds=(LINKED,),
        formats=("", REEL),
        if_granted=PLACE_SEARCH,
    ),
    OptionField(
        name=COVER_SECOND,
        label=N_("Second of the film that becomes the cover"),
        help=N_(
            "The first one if you leave this empty. A picture beside the film becomes the cover instead."
        ),
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


def shared(options: Mapping[str, str]) -> dict[str, Any]:
    """Who else it belongs to, and where it is. Raises RejectedError: too many, or no place."""
    names = [one.strip().lstrip("@") for one in options.get(COLLABORATORS, "").split(",")]
    names = [one for one in names if one]
    if len(names) > MOST_COLLABORATORS:
        raise RejectedError(Message(TOO_MANY, {"limit": MOST_COLLABORATORS}), "too_many_collaborators")
    return ({"collaborators": names} if names else {}) | _place(options)


def _place(options: Mapping[str, str]) -> dict[str, str]:
    """What was chosen goes before what was typed; a search alone is no place."""
    if chosen := number_of(options.get(PLACE, "")):
        return {"location_id": chosen}
    typed, searched = options.get(LOCATION, "").strip(), options.get(PLACE_SEARCH, "").strip()
    if searched and not typed:
        raise RejectedError(Message(NO_CHOICE, {"typed": searched[:80]}), "no_place")
    if not typed:
        return {}
    found = _PLACE.fullmatch(typed)
    if found is None:
        raise RejectedError(Message(NO_PLACE, {"typed": typed[:80]}), "no_place")
    return {"location_id": found[1] or found[2]}


def number_of(chosen: str) -> str:
    """Of a place as it was chosen (`places`); "" for none."""
    found = _CHOSEN.fullmatch(chosen.strip())
    return found[1] if found else ""


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
