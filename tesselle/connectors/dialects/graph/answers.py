"""The error table: what an answer of the Graph API means.

The subcode decides first, then the code; never the HTTP status alone. Codes 1 and 2 and anything
unlisted are doubt: creations are known to have gone through behind them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tesselle.connectors.dialects.graph.usage import regained_at
from tesselle.connectors.http.exchange import Response
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Blocked, BlockReason, Doubtful, Duplicate, Later, Refused, Verdict

GONE = "not_found"


@dataclass(frozen=True, slots=True)
class GraphError:
    """`words`: the sentence meant for people where there is one."""

    status: int
    code: int
    subcode: int
    words: str

    def __str__(self) -> str:
        return f"{self.status} {self.code}/{self.subcode} {self.words}".strip()


@dataclass(frozen=True, slots=True)
class Rule:
    verdict: Callable[[Message], Verdict]
    sentence: str


def refused(code: str) -> Callable[[Message], Verdict]:
    return lambda message: Refused(code, message)


def blocked(reason: BlockReason) -> Callable[[Message], Verdict]:
    return lambda message: Blocked(reason, message)


def error_of(response: Response) -> GraphError | None:
    """None for an answer that carries no error of the Graph API."""
    error = response.mapping().get("error")
    if not isinstance(error, dict):
        return None
    words = error.get("error_user_msg") or error.get("message") or ""
    return GraphError(
        response.status,
        _number(error.get("code")),
        _number(error.get("error_subcode")),
        str(words)[:200],
    )


def _number(value: object) -> int:
    return int(value) if isinstance(value, int | str) and str(value).lstrip("-").isdigit() else 0


SIGN_IN = N_(
    "The network no longer accepts the sign-in: the password changed, the application was removed, or "
    "the account asks for a check. Connect the channel again."
)
ROLE = N_(
    "The sign-in lacks a right that this needs (“%(answer)s”). Connect again and leave every right ticked."
)
CAPABILITY = N_(
    "The network has not admitted the application to this (“%(answer)s”). "
    "Ask for the access it names in the application’s settings there."
)
PENALTY = N_("The network has blocked this account from acting for a while (“%(answer)s”). Look at it there.")
CHECK_IDENTITY = N_("The network wants the account’s owner confirmed first (“%(answer)s”). Do that there.")
BUSY = N_("The network asks for a pause: the calls of this hour are used up.")
TWICE = N_("The network says that it has this already.")
MISSING = N_("What this belongs to is no longer there.")
PARAMETER = N_("The network refuses a value of this post (“%(answer)s”).")
TEXT = N_("The network refuses the words of this post (“%(answer)s”). Change them.")
LINK = N_("The network refuses the link of this post (“%(answer)s”). Use another one, or none.")
MEDIA = N_("The network refuses a file (“%(answer)s”). Use another format or a smaller size.")

SIGNED_OUT = Rule(blocked(BlockReason.SIGN_IN), SIGN_IN)
NO_RIGHT = Rule(blocked(BlockReason.ROLE), ROLE)
PAUSE = Rule(Later, BUSY)
PENALISED = Rule(blocked(BlockReason.PENALTY), PENALTY)
UNCONFIRMED = Rule(blocked(BlockReason.ROLE), CHECK_IDENTITY)
BAD_WORDS = Rule(refused("text_refused"), TEXT)
BAD_LINK = Rule(refused("link_refused"), LINK)
BAD_MEDIA = Rule(refused("media_refused"), MEDIA)
REPEATED = Rule(Duplicate, TWICE)

CODES: Mapping[int, Rule] = {
    3: Rule(blocked(BlockReason.ADMISSION), CAPABILITY),
    4: PAUSE,
    10: NO_RIGHT,
    17: PAUSE,
    32: PAUSE,
    100: Rule(refused("invalid"), PARAMETER),
    102: SIGNED_OUT,
    190: SIGNED_OUT,
    **dict.fromkeys(range(200, 300), NO_RIGHT),
    341: PAUSE,
    368: PENALISED,
    506: REPEATED,
    613: PAUSE,
    80001: PAUSE,
    80002: PAUSE,
}

SUBCODES: Mapping[int, Rule] = {
    33: Rule(refused(GONE), MISSING),
    1349125: BAD_MEDIA,
    1346003: BAD_WORDS,
    1366046: BAD_MEDIA,
    1366051: REPEATED,
    1390008: PAUSE,
    1404006: PENALISED,
    1404078: UNCONFIRMED,
    1404102: BAD_WORDS,
    1404112: PENALISED,
    1609005: BAD_LINK,
    1609008: BAD_LINK,
    2061006: BAD_LINK,
    2069019: BAD_MEDIA,
    4854002: UNCONFIRMED,
}

# Known to be answered although the thing was made: the answer's form failed, not the act.
MADE_ALL_THE_SAME = {1772107}


@dataclass(frozen=True, slots=True)
class Table:
    """The shared rules, with what one network adds or reads otherwise."""

    codes: Mapping[int, Rule] = field(default_factory=dict)
    subcodes: Mapping[int, Rule] = field(default_factory=dict)

    def rule(self, error: GraphError) -> Rule | None:
        if error.subcode in MADE_ALL_THE_SAME:
            return None
        for rules in (self.subcodes, SUBCODES):
            if error.subcode in rules:
                return rules[error.subcode]
        return self.codes.get(error.code) or CODES.get(error.code)


SHARED = Table()


def judge(response: Response, now: datetime, table: Table = SHARED) -> Verdict:
    error = error_of(response)
    if response.status >= 500:
        return Doubtful(str(error or response.status))
    if error is None:
        return (
            Later(Message(BUSY), regained_at(response, now)) if response.status == 429 else _strange(response)
        )
    rule = table.rule(error)
    if rule is None:
        return Doubtful(f"unlisted answer {error}")
    params = {"answer": error.words} if "%(answer)s" in rule.sentence else {}
    verdict = rule.verdict(Message(rule.sentence, params))
    return Later(verdict.message, regained_at(response, now)) if isinstance(verdict, Later) else verdict


def _strange(response: Response) -> Verdict:
    return Doubtful(f"unlisted answer {response.status}")
