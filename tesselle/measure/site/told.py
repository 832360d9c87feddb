"""What a website's statistics tell of some days, and how they are asked: a protocol for each kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from tesselle.connectors.http.exchange import Exchange, Request, Response
from tesselle.connectors.http.guarded import REFUSED
from tesselle.domain.errors import NetworkError
from tesselle.domain.messages import N_, Message
from tesselle.links.attributing import Marks


@dataclass(frozen=True, slots=True)
class Asked:
    """Where, and as whom. `name`: of the kind, for sentences."""

    name: str
    server: str
    site: str
    token: str


@dataclass(frozen=True, slots=True)
class Days:
    """`totals`: all visits of each day that had some. `marked`: those among them with marks."""

    totals: Mapping[date, int]
    marked: Sequence[tuple[date, Marks, int]]


class TooManyError(NetworkError):
    """More than is told at once: fewer days may be asked for."""


class Statistics(Protocol):
    def requests(self, asked: Asked, first: date, last: date) -> Sequence[Request]:
        """The totals, and the visits by mark."""
        ...

    def read(self, asked: Asked, answers: Sequence[Response]) -> Days:
        """Raises NetworkError, with a sentence for people; TooManyError where fewer days would do."""
        ...


def answer_of(asked: Asked, exchange: Exchange) -> Response:
    """Raises NetworkError: there was none, or one that says no."""
    params: dict[str, str | int] = {"name": asked.name, "server": asked.server, "site": asked.site}
    answer = exchange.response
    if exchange.cause.endswith(REFUSED):
        raise NetworkError(Message(_PRIVATE, params))
    if answer is None:
        raise NetworkError(Message(_NO_ANSWER, {**params, "cause": exchange.cause[:120]}))
    if answer.status in (401, 403):
        raise NetworkError(Message(NOT_LET_IN, params))
    if answer.status == 429:
        raise NetworkError(Message(_TOO_OFTEN, params))
    if answer.status >= 500:
        raise NetworkError(Message(_NO_ANSWER, {**params, "cause": f"HTTP {answer.status}"}))
    if not answer.ok:
        raise NetworkError(Message(NOT_UNDERSTOOD, {**params, "status": answer.status}))
    return answer


def misread(asked: Asked, answer: Response) -> NetworkError:
    params: dict[str, str | int] = {"name": asked.name, "server": asked.server, "site": asked.site}
    return NetworkError(Message(NOT_UNDERSTOOD, {**params, "status": answer.status}))


NOT_LET_IN = N_(
    "%(name)s does not accept the access token for %(site)s, so no visits are read. Make a new token in %(name)s, "
    "check that it may read this site, and connect it again."
)
SEALED = N_(
    "The access token that is kept for %(site)s was encrypted with a key that this installation no longer has, so no "
    "visits are read. Make a new token in %(name)s, and connect it again."
)
_NO_ANSWER = N_(
    "%(server)s did not answer (%(cause)s). Nothing is lost: the days that are missing are read as soon as it does."
)
_PRIVATE = N_(
    "%(server)s lies in a private network, which this installation does not speak to. Whoever looks after it can "
    "allow the address with TESSELLE_ALLOW_PRIVATE."
)
_TOO_OFTEN = N_("%(name)s was asked too often and wants a pause. The visits are read a little later.")
NOT_UNDERSTOOD = N_(
    "%(server)s answered something else than visits (HTTP %(status)s). Check the address and the name of the site, "
    "“%(site)s”, as %(name)s shows them."
)
