"""What a network's connector offers: small protocols, declared, not discovered by failure.

A connector never sends an irreversible call itself. It *prepares* (uploads, look-ups: reversible),
*builds* the one irreversible request as a value, and *reads* its answer; the ledger sends it, so
that one place decides what may follow.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Protocol, runtime_checkable

from tesselle.connectors.card import Choice, Discussed, SignIn
from tesselle.connectors.http.exchange import Request, Response
from tesselle.domain.content import Content, Media
from tesselle.domain.limits import Limits
from tesselle.domain.messages import Message
from tesselle.domain.steps import StepKind
from tesselle.domain.verdicts import Presence, Reconciliation, Remote, Sighting, Verdict


@dataclass(frozen=True, slots=True)
class Account:
    """A connected account as a connector sees it.

    `server`: base address of its API, without a trailing slash. `facts`: what connecting learned
    (software, limits, roles, linked chat), JSON. `credentials` stay out of every repr and log.
    """

    kind: str
    remote_id: str
    handle: str
    server: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    credentials: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class StepCall:
    """One step of a delivery, everything that its request is built from.

    `kind`: one of `domain.steps`, or a connector's own name for its first. `key` stays the same over all
    attempts of the step. `instant` was fixed when the step was first prepared. `earlier`: what
    the steps before it became. `target`: what is answered, edited or deleted. `frozen`: what
    `prepare` returned, kept in the ledger, so that every attempt sends the same bytes. `untried`:
    surely nothing of this step was begun before, so there is nothing to look for.
    """

    account: Account
    kind: str
    position: int
    content: Content
    key: str
    instant: datetime
    earlier: tuple[Remote, ...] = ()
    target: Remote | None = None
    frozen: Mapping[str, Any] = field(default_factory=dict)
    untried: bool = False

    @property
    def text(self) -> str:
        """The text of this step's part of the thread, or the first comment."""
        if self.kind == StepKind.COMMENT:
            return self.content.first_comment
        if self.kind == StepKind.RECIPIENT:
            return self.content.text
        texts = self.content.texts
        return texts[self.position] if self.position < len(texts) else ""

    @property
    def media(self) -> tuple[Media, ...]:
        """Media travel with the first part, and to every recipient."""
        goes_along = self.position == 0 or self.kind == StepKind.RECIPIENT
        return self.content.media if goes_along else ()

    @property
    def recipient(self) -> str:
        """Who this step is for, where each recipient has one."""
        return self.content.recipients[self.position] if self.kind == StepKind.RECIPIENT else ""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a recipient's number stands for. `list_name`: what they signed up for, `language`: the list's.
    `unsubscribe`: the address of the page, of theirs alone, where they leave it."""

    address: str
    name: str
    list_name: str
    language: str
    unsubscribe: str


@dataclass(frozen=True, slots=True)
class Window:
    """Where a look-up may find our post: instants already widened for clock skew."""

    start: datetime
    end: datetime
    adopted: frozenset[str] = frozenset()  # remote ids that belong to other deliveries


class Api(Protocol):
    """What a connector is handed to speak to its network with."""

    account: Account
    now: datetime

    async def session(self) -> Mapping[str, str]:
        """The saved session, renewed first if it had run out."""
        ...

    async def call(self, request: Request) -> Response:
        """Send a *reversible* request. Returns 2xx answers; raises the `NetworkError` that the
        connector's `judge` makes of any other, `NotSentError` when there is no answer."""
        ...

    def media_file(self, media: Media) -> Path:
        """The file of an asset, already made to this network's limits."""
        ...

    def media_address(self, media: Media) -> str:
        """Where the network itself may fetch that file, for about a day. A new one each time it is
        asked: do not freeze it; ask again before a later attempt."""
        ...

    async def addressee(self, recipient: str) -> Addressee:
        """Whom `StepCall.recipient` stands for. Raises RejectedError: they have left meanwhile."""
        ...


@runtime_checkable
class Publishes(Protocol):
    def limits(self, account: Account) -> Limits: ...

    def steps(self, purpose: str, content: Content, account: Account) -> tuple[str, ...]:
        """The kinds of the irreversible steps, in order. `purpose`: post, answer, edit, delete."""
        ...

    def reconciliation(self, step: str, account: Account) -> Reconciliation: ...

    def reads_back(self, account: Account, purpose: str = "post") -> bool:
        """Whether what was accepted can be seen again, so that it may be called live.

        It can depend on the account and on what was done (a bot is not shown its own answers):
        False means that `sent` is all one can say."""
        ...

    async def prepare(self, call: StepCall, api: Api) -> Mapping[str, Any]:
        """Do what can be done twice without harm (upload media, make a hidden draft, resolve
        mentions) and return what the request needs, JSON-safe and without secrets. Called again
        with `call.frozen` set before a later attempt: return it unchanged if it still holds."""
        ...

    def request(self, call: StepCall, session: Mapping[str, str]) -> Request:
        """Build the one irreversible request of this step from `call.frozen`. Pure, but for
        opening files."""
        ...

    def read(self, call: StepCall, response: Response, now: datetime) -> Verdict:
        """Say what an answer to that request means. Pure; what is not sure is `Doubtful`."""
        ...

    def judge(self, response: Response, now: datetime) -> Verdict:
        """The error table: what any non-2xx answer of this network means."""
        ...

    async def look_up(self, call: StepCall, api: Api, window: Window) -> Sighting:
        """Look for what a doubtful attempt may have left. Only reads."""
        ...


@runtime_checkable
class Objects(Protocol):
    def objections(self, content: Content, account: Account) -> Sequence[Callable[[], object]]:
        """Looks at a post that its limits allow, each raising the RejectedError that preparing it would.
        Pure: the writer is told before the post is planned."""
        ...


@runtime_checkable
class Verifies(Protocol):
    async def verify(self, remote: Remote, api: Api) -> Presence:
        """Read it back."""
        ...


@dataclass(frozen=True, slots=True)
class Figures:
    """Metrics of one thing at one instant. A metric that is not told is not in `values`."""

    remote_id: str
    values: Mapping[str, int]


@runtime_checkable
class Measures(Protocol):
    async def post_figures(self, remotes: Sequence[Remote], api: Api) -> tuple[Figures, ...]:
        """Posts that the network no longer knows are simply missing from the answer."""
        ...

    async def channel_figures(self, api: Api) -> Figures: ...


@dataclass(frozen=True, slots=True)
class Reply:
    """A comment, a review or a message. `author` is empty where the network tells no names; `mine`: written
    by the connected account. `past`: an earlier line of a private exchange, whose last one decides."""

    remote: Remote
    author: str
    text: str
    posted_at: datetime
    parent_id: str = ""
    mine: bool = False
    past: bool = False


@runtime_checkable
class Discusses(Protocol):
    async def replies(self, remote: Remote, api: Api) -> tuple[Reply, ...]:
        """What stands below that post, ours included."""
        ...


@runtime_checkable
class Receives(Protocol):
    async def received(self, kind: Discussed, api: Api) -> tuple[Reply, ...]:
        """What people wrote to the whole account, ours in answer included: `kind` is one of those that the
        card declares for it, comments apart."""
        ...


@dataclass(frozen=True, slots=True)
class PastPost:
    remote: Remote
    posted_at: datetime
    text: str
    media_count: int
    figures: Mapping[str, int] = field(default_factory=dict)


@runtime_checkable
class Remembers(Protocol):
    async def history(self, api: Api, since: datetime) -> tuple[PastPost, ...]: ...


@dataclass(frozen=True, slots=True)
class Identity:
    """Who answered: what connecting learned. `account.credentials` are what is to be kept.

    `missing`: rights that are wanting, each in plain words; empty when all is well.
    """

    account: Account
    display_name: str
    profile_url: str
    missing: tuple[Message, ...] = ()


@runtime_checkable
class Connects(Protocol):
    def session_is_fresh(self, saved: Mapping[str, str], now: datetime) -> bool: ...

    async def open_session(self, saved: Mapping[str, str], api: Api) -> Mapping[str, str]:
        """Renew or open the session that `api.session` hands out. Only one process at a time is in
        here for a channel. {} for networks that need none."""
        ...

    async def identify(self, answers: Mapping[str, str], api: Api) -> Identity:
        """Try what the person typed; post nothing. `api.account` is empty but for `server` and
        `credentials`. Raises a `NetworkError` whose sentence says what is wrong and what to do."""
        ...


@dataclass(frozen=True, slots=True)
class OwnApp:
    """Our application as a network, or one server of it, knows it.

    `base`: where the network's API is spoken to instead of its usual place (a trial host, a sandbox);
    for a server's own application that server. `scopes`: those it was registered with, if told.
    """

    client_id: str
    client_secret: str = field(default="", repr=False)
    base: str = ""
    scopes: tuple[str, ...] = ()


class Dialect(Protocol):
    """How one way to sign in is spoken; `connectors.oauth2.OAuth2` does the plain one."""

    @property
    def way(self) -> SignIn: ...

    def server_of(self, answers: Mapping[str, str]) -> str:
        """The base address of what was typed before signing in; "" for networks with one address.

        Raises RejectedError with a sentence about what was typed."""
        ...

    async def register(self, server: str, redirect: str, website: str, api: Api) -> OwnApp:
        """Make ourselves known to a server."""
        ...

    def address(self, app: OwnApp, redirect: str, state: str, verifier: str) -> str:
        """Where the person is sent. Pure."""
        ...

    async def exchange(
        self, app: OwnApp, redirect: str, returned: Mapping[str, str], verifier: str, api: Api
    ) -> Mapping[str, str]:
        """The credentials that the code is worth. Raises BlockedError: refused."""
        ...

    async def refresh(self, kept: Mapping[str, str], api: Api) -> Mapping[str, str]:
        """The credentials that follow `kept`. Raises BlockedError: the sign-in is over."""
        ...

    async def revoke(self, kept: Mapping[str, str], api: Api) -> None:
        """Tell the network that we let go of them."""
        ...


@runtime_checkable
class Authorizes(Protocol):
    """Signing in on the network's own page, in the ways that the card's `sign_ins` name."""

    def dialect(self, way: str) -> Dialect: ...

    async def accounts(self, way: str, api: Api) -> tuple[Identity, ...]:
        """Every account that the sign-in opens, those that lack something included: each with the
        credentials it is to keep. `api.account` is empty but for `server` and `credentials`.
        Posts nothing."""
        ...


@runtime_checkable
class Chooses(Protocol):
    async def choices(self, option: str, chosen: Mapping[str, str], api: Api) -> tuple[Choice, ...]:
        """What can be chosen for a `remote_choice`; `chosen` holds the post's other options. Only reads."""
        ...


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be mentioned. `mention`: what to write in a text; `name`: what they call themselves."""

    mention: str
    name: str = ""


@runtime_checkable
class FindsPeople(Protocol):
    async def people(self, query: str, api: Api) -> tuple[Person, ...]:
        """Who may be meant by the first letters of a name; the likeliest first, few. Only reads."""
        ...


@runtime_checkable
class TellsPublicly(Protocol):
    """Figures of any account, asked without a sign-in."""

    def public_request(self, page: str) -> Request | None:
        """The one question for the account whose page this is; None: no page of an account."""
        ...

    def public_figures(self, response: Response) -> Mapping[str, int]:
        """What the answer tells, by metric; what it does not tell is absent."""
        ...


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """One line of a channel's self-test. `subject`: what was looked at (`sign_in`, `rights`, `role`,
    `expiry`, `quota`, `media`, `webhook`, ...; `address`, where that is all the sign-in there is).
    `state` unknown: the network did not tell."""

    subject: str
    state: Literal["good", "attention", "bad", "unknown"]
    message: Message
    cure: Message | None = None


@runtime_checkable
class ChecksItself(Protocol):
    async def self_checks(self, api: Api) -> tuple[SelfCheck, ...]:
        """What the network tells about this account beyond who it is: rights, role, quota left.
        Only reads; what goes wrong with one line does not hide the others. Where nobody signed in on the
        network's page and no figure is told, one line says whether the address or sign-in still holds (`address`,
        `sign_in`), or that this cannot be asked. Raises NetworkError."""
        ...


class Connector(Publishes, Connects, Protocol):
    """The least a network offers. The other abilities are asked for with `isinstance`."""
