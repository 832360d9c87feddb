"""What Instagram answers beyond the shared table. Its own subcodes decide before the codes: code 4 is
no pause when subcode 2207051 stands beside it."""

from tesselle.connectors.dialects.graph.answers import BAD_MEDIA, PAUSE, PENALISED, Rule, Table, refused
from tesselle.domain.messages import N_
from tesselle.domain.verdicts import Doubtful, Later

NOT_READY = N_("Instagram is still working on the files. It will be tried again.")
BUSY_THERE = N_("Instagram has a disturbance. It will be tried again.")
NOT_FETCHED = N_(
    "Instagram could not fetch a file from this installation (“%(answer)s”). "
    "Its address must be reachable from the internet."
)
QUOTA = N_(
    "Instagram’s posts of this day are used up for this account. It goes out as soon as one is free again."
)
CAPTION = N_("Instagram refuses the caption (“%(answer)s”). Shorten it, or use fewer hashtags.")
ITEMS = N_("An album on Instagram has two to ten files. Add or remove some.")
TAGS = N_("Instagram refuses a name (“%(answer)s”). Check the spelling, or remove it.")

# The container is not there, or not for a moment: what is asked is its status.
_CONTAINER = Rule(lambda message: Doubtful(str(message)), BUSY_THERE)

TABLE = Table(
    subcodes={
        2207001: _CONTAINER,
        2207032: _CONTAINER,
        2207053: _CONTAINER,
        2207082: _CONTAINER,
        2207006: _CONTAINER,
        2207008: _CONTAINER,
        2207020: _CONTAINER,
        2207003: Rule(Later, NOT_FETCHED),
        2207052: Rule(Later, NOT_FETCHED),
        2207077: Rule(Later, NOT_FETCHED),
        2207027: Rule(Later, NOT_READY),
        2207042: Rule(Later, QUOTA),
        2207050: PENALISED,
        2207051: PENALISED,
        2207004: BAD_MEDIA,
        2207005: BAD_MEDIA,
        2207009: BAD_MEDIA,
        2207023: BAD_MEDIA,
        2207026: BAD_MEDIA,
        2207057: BAD_MEDIA,
        2207010: Rule(refused("text_refused"), CAPTION),
        2207028: Rule(refused("too_many_media"), ITEMS),
        **dict.fromkeys((2207035, 2207036, 2207037, 2207040), Rule(refused("tags_refused"), TAGS)),
    },
    codes={80002: PAUSE},
)

PASSING = (2207001, 2207003, 2207032, 2207052, 2207053, 2207077, 2207082)
"""Why a container can fail although another one may do."""
