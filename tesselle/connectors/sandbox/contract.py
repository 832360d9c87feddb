"""What a network's sandbox offers to whoever runs it."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from tesselle.connectors.http.asgi_transport import AsgiApp
from tesselle.simulation.faults import Effect, Fault
from tesselle.simulation.network import SimAccount, SimulatedNetwork


def always(account: SimAccount) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Operation:
    """A name for a kind of request: the handle by which faults are scripted.

    The same names everywhere: `create` (the irreversible call of a post, part or answer),
    `edit`, `delete`, `upload`, `list` (what a look-up reads), `read` (read-back of one post),
    `session`, `identify`, `figures`, `replies`, `prepare` (a draft, anything else reversible).
    `query`: found in the query, for networks that tell two requests apart by that alone.
    """

    name: str
    method: str
    path: re.Pattern[str]
    query: re.Pattern[str] | None = None

    def is_asked(self, method: str, path: str, query: str) -> bool:
        if self.method != method or not self.path.search(path):
            return False
        return self.query is None or self.query.search(query) is not None


@dataclass(frozen=True, slots=True)
class SandboxAccount:
    """An account opened in a sandbox: what a person would type to connect it."""

    id: str
    server: str  # base address when served at `base`; practice worlds use the sandbox's own host
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sandbox:
    """`host`: the make-believe host of practice worlds (`*.example`). `own_answer` gives the
    network's own words for THROTTLE, EXPIRED and REFUSE_MEDIA. `account_of` names the account a
    request speaks for, "" when it cannot be told. `open_account` makes one that can be connected.
    `is_spoken_with`: whether people can write to that account so that it can read and answer them.
    """

    slug: str
    host: str
    operations: tuple[Operation, ...]
    make_app: Callable[[SimulatedNetwork], AsgiApp]
    own_answer: Callable[[Effect, Fault, SimulatedNetwork], Response]
    account_of: Callable[[Request, SimulatedNetwork], Awaitable[str]]
    open_account: Callable[..., Awaitable[SandboxAccount]]
    is_spoken_with: Callable[[SimAccount], bool] = always

    def operation(self, method: str, path: str, query: str = "") -> str:
        asked = (one.name for one in self.operations if one.is_asked(method, path, query))
        return next(asked, "")


OpenAccount = Callable[[SimulatedNetwork, str, str, str], Awaitable[SandboxAccount]]
"""(network, base address, handle, display name) -> an account that can be connected."""

Json = dict[str, Any]
