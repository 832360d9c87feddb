"""Publishing in two steps: a hidden container is made and filled, then published by its number.

A container is published once and for all: its status tells what became of the call.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tesselle.connectors.dialects.graph.answers import GONE
from tesselle.connectors.dialects.graph.wire import Graph
from tesselle.connectors.protocols import Api
from tesselle.domain.errors import NotSentError, RejectedError
from tesselle.domain.messages import N_, Message

Wait = Callable[[float], Awaitable[None]]
"""Waits so many seconds; handed in, so that tests and practice worlds need not."""

State = Literal["IN_PROGRESS", "FINISHED", "ERROR", "EXPIRED", "PUBLISHED", ""]


@dataclass(frozen=True, slots=True)
class Fields:
    """What a network calls a container's state, and its words where it failed."""

    state: str = "status_code"
    words: str = "status"


USUAL = Fields()
POLL_SECONDS = (1, 2, 3, 5, 8, 10)

NO_NUMBER = N_("The network made a draft of the post, but did not say its number. It will be tried again.")
UNREADABLE = N_("The network could not make use of a file (“%(answer)s”). Use another one.")
FAILED = N_("The network could not take a file for the moment (“%(answer)s”). It will be tried again.")
NOT_TOLD = N_("The network does not tell for the moment what became of the post’s draft.")


async def made(graph: Graph, api: Api, path: str, params: Mapping[str, Any]) -> str:
    """The number of a new container: hidden, so it may be made again."""
    number = str((await graph.send(api, path, params)).get("id") or "")
    if not number:
        raise NotSentError(Message(NO_NUMBER))
    return number


async def state_of(graph: Graph, api: Api, container: str, fields: Fields = USUAL) -> tuple[State, str]:
    """Its status, and the network's words where it failed.

    Raises NotSentError where the network claims not to know it: that answer comes wrongly at times."""
    try:
        told = await graph.ask(api, container, {"fields": f"{fields.state},{fields.words}"})
    except RejectedError as error:
        if error.reason != GONE:
            raise
        raise NotSentError(Message(NOT_TOLD)) from error
    return told.get(fields.state) or "", str(told.get(fields.words) or "")[:200]


async def filled(
    graph: Graph,
    api: Api,
    container: str,
    wait: Wait,
    passing: Collection[int | str] = (),
    fields: Fields = USUAL,
) -> bool:
    """Waits until the network has the files, within bounds; False when it takes longer.

    `passing`: subcodes, or words, after which a new container may well do.

    Raises:
        RejectedError: it cannot use the files.
        NotSentError: it failed for a passing reason.
    """
    for seconds in POLL_SECONDS:
        state, words = await state_of(graph, api, container, fields)
        if state == "ERROR" and any(str(code) in words for code in passing):
            raise NotSentError(Message(FAILED, {"answer": words}))
        if state == "ERROR":
            raise RejectedError(Message(UNREADABLE, {"answer": words}), "media_refused")
        if state != "IN_PROGRESS":
            return True
        await wait(seconds)
    return False
