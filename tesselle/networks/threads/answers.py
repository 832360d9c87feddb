"""What Threads answers beyond the shared table.

A container that is not there for the publishing call is no refusal: it may be unfinished, or published
already. Its status tells.
"""

from datetime import datetime

from tesselle.connectors.dialects.graph import answers as graph_answers
from tesselle.connectors.dialects.graph.answers import BAD_MEDIA, PENALISED, Rule, Table, error_of
from tesselle.connectors.http.exchange import Response
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Doubtful, Refused, Verdict

NO_CONTAINER = N_("Threads does not find the post’s draft. It will be looked at.")
NOT_READY = N_("Threads is still working on the files. It will be tried again.")
TOO_MANY_LINKS = N_("Threads takes at most five different links in one post. Remove some.")
QUOTA = N_(
    "What Threads allows in a day is used up for this account. It goes out as soon as there is room again."
)

UNFOUND_CODE, UNFOUND = 24, 4279009
LINK_LIMIT = "LINK_LIMIT_EXCEEDED"

_CONTAINER = Rule(lambda message: Doubtful(str(message)), NO_CONTAINER)
TABLE = Table(
    subcodes={
        UNFOUND: _CONTAINER,
        2207051: PENALISED,
        4279013: PENALISED,
        # Its sister's for a file that cannot be used; its own are not told.
        2207005: BAD_MEDIA,
    },
    codes={UNFOUND_CODE: _CONTAINER},
)

PASSING = ("FAILED_DOWNLOADING_VIDEO", "UNKNOWN")
"""Why a container can fail although another one may do."""


def judge(response: Response, now: datetime) -> Verdict:
    error = error_of(response)
    if error is not None and response.status < 500 and LINK_LIMIT in error.words:
        return Refused("too_many_links", Message(TOO_MANY_LINKS))
    return graph_answers.judge(response, now, TABLE)


def is_unfound(response: Response) -> bool:
    """The container that was to be published is not there."""
    error = error_of(response)
    return error is not None and (error.subcode == UNFOUND or error.code == UNFOUND_CODE)
