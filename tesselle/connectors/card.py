"""A network's card: what the core knows of it. Data, no logic."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Ability(StrEnum):
    PUBLISH = "publish"
    VERIFY = "verify"
    MEASURE = "measure"
    DISCUSS = "discuss"
    CONNECT = "connect"
    HISTORY = "history"
    EDIT = "edit"
    DELETE = "delete"
    THREAD = "thread"
    ALT_TEXT = "alt_text"
    IMAGE = "image"
    VIDEO = "video"


@dataclass(frozen=True, slots=True)
class AccountKind:
    slug: str
    name: str  # marked with N_


@dataclass(frozen=True, slots=True)
class ConnectField:
    """One thing the connection wizard asks for. `label` and `help` are marked with N_."""

    name: str
    label: str
    help: str
    kind: Literal["text", "url", "secret"] = "text"
    placeholder: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class OptionField:
    """An extra choice for a post (visibility, category, ...); one generic form draws them all."""

    name: str
    label: str
    help: str = ""
    kind: Literal["text", "choice", "switch"] = "text"
    choices: tuple[Choice, ...] = ()
    default: str = ""
    maximum: int = 0


@dataclass(frozen=True, slots=True)
class TestedAgainst:
    """What we did not write that this network is tested against, and the test that does it."""

    __test__ = False

    how: Literal["real", "sdk", "schema", "fixtures"]
    what: str
    test: str


@dataclass(frozen=True, slots=True)
class Budget:
    """At most `calls` irreversible calls a channel in `seconds`; kept below the network's own."""

    calls: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Network:
    """`verify_after_s`: the first read-back comes so long after acceptance; `verify_within_s`:
    accepted but never seen by then means `unknown`. `reads_back` False: not every account can
    be read back; the connector's `reads_back(account)` tells. `before_connecting`: what must be
    said before one begins (costs, admissions), N_ marked."""

    slug: str
    name: str
    home: str
    account_kinds: tuple[AccountKind, ...]
    abilities: frozenset[Ability]
    tested_against: tuple[TestedAgainst, ...]
    connect_fields: tuple[ConnectField, ...] = ()
    options: tuple[OptionField, ...] = ()
    budgets: tuple[Budget, ...] = ()
    reads_back: bool = True
    verify_after_s: float = 1.0
    verify_within_s: float = 900.0
    before_connecting: tuple[str, ...] = ()
    guide: tuple[str, ...] = ()
