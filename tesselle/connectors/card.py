"""A network's card: what the core knows of it. Data, no logic."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from tesselle.domain.content import MediaKind
from tesselle.domain.limits import Source


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
    DOCUMENT = "document"
    FIRST_COMMENT = "first_comment"
    POLL = "poll"
    LINK_CARD = "link_card"
    CHOICES = "choices"  # lists read from the network: boards, playlists, ...
    MENTIONS = "mentions"  # people can be looked up by name
    SIGN_IN = "sign_in"  # OAuth 2 on the network's own page
    SELF_TEST = "self_test"
    SUBSCRIBERS = "subscribers"  # each post goes to everybody on a list that is kept here


class Discussed(StrEnum):
    """What people write there and we answer. Comments stand below one post; the others are of the whole account."""

    COMMENTS = "comments"
    REVIEWS = "reviews"
    MESSAGES = "messages"  # seen by the account alone


@dataclass(frozen=True, slots=True)
class Format:
    """A form that a post can take on an account: feed, story, reel, ... `name`, `help`: N_ marked."""

    slug: str
    name: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class AccountKind:
    """`formats`: none, or two and more, the usual one first; `limits` holds numbers for each. `discussed`:
    where it is less than the network's."""

    slug: str
    name: str  # marked with N_
    formats: tuple[Format, ...] = ()
    discussed: tuple[Discussed, ...] | None = None


@dataclass(frozen=True, slots=True)
class ConnectField:
    """One thing the connection wizard asks for. `label` and `help` are marked with N_."""

    name: str
    label: str
    help: str
    kind: Literal["text", "url", "secret"] = "text"
    placeholder: str = ""
    required: bool = True


SignInApp = Literal["installation", "server"]
Pkce = Literal["S256", "hex", "none"]


@dataclass(frozen=True, slots=True)
class SignIn:
    """One way to sign in on the network's own page (OAuth 2, authorization code).

    `app`: who we are there. `installation`: whoever runs Tesselle registers it with the network and
    types its id and secret in; `server`: we make ourselves known to each server. `authorize`,
    `token`, `revoke`: whole addresses, or paths below the server's. `pkce`: `hex` for a challenge
    in hexadecimal, `none` where the network knows none. `client_in`: where id and secret travel.
    `chooses`: one sign-in can open several accounts, of which one is chosen. `lasts_days`: where it
    cannot be renewed, it has to be repeated so often. `asks`: what is typed before one is sent there.
    `app_steps`: how the operator registers the application, N_ marked; `app_names`: what the
    network calls the id and the secret.
    """

    slug: str
    label: str
    app: SignInApp
    authorize: str
    token: str
    revoke: str = ""
    scopes: tuple[str, ...] = ()
    scope_separator: str = " "
    extra: Mapping[str, str] = field(default_factory=dict)
    pkce: Pkce = "S256"
    client_in: Literal["body", "basic"] = "body"
    client_id_field: str = "client_id"
    account_kinds: tuple[str, ...] = ()
    chooses: bool = False
    lasts_days: int | None = None
    asks: tuple[ConnectField, ...] = ()
    app_steps: tuple[str, ...] = ()
    app_names: tuple[str, str] = ("Client ID", "Client secret")


@dataclass(frozen=True, slots=True)
class Choice:
    """`help`: what tells two alike apart (the address of a place, the owner of a board)."""

    value: str
    label: str
    help: str = ""


OptionKind = Literal["text", "long_text", "url", "date", "time", "choice", "switch", "remote_choice"]


@dataclass(frozen=True, slots=True)
class OptionField:
    """An extra choice for a post (visibility, board, ...); one generic form draws them all.

    `remote_choice`: its choices are read from the network (`Chooses`), anew for each value of the
    option it `depends_on`; `choices` then only says what we call values that every account knows.
    `required`: the network makes no choice by itself, nor do we. `account_kinds`, `formats`: only
    there; everywhere if empty (the first format is ""). `if_granted`: only where the network has granted
    this to the installation, which says so (`figures`).
    """

    name: str
    label: str
    help: str = ""
    kind: OptionKind = "text"
    choices: tuple[Choice, ...] = ()
    default: str = ""
    maximum: int = 0
    required: bool = False
    depends_on: str = ""
    account_kinds: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    if_granted: str = ""


@dataclass(frozen=True, slots=True)
class TestedAgainst:
    """What we did not write that this network is tested against, and the test that does it."""

    __test__ = False

    how: Literal["real", "sdk", "schema", "fixtures"]
    what: str
    test: str


@dataclass(frozen=True, slots=True)
class Budget:
    """At most `calls` irreversible calls in `seconds`; kept below the network's own. `scope`: whose they
    are, one channel's, or an application's with the network for all channels signed in through it.
    `units`: where the network counts what calls take and not calls, how many units each kind of step
    takes; `calls` are units then, and all budgets of a card count alike."""

    calls: int
    seconds: int
    scope: Literal["channel", "app"] = "channel"
    units: Mapping[str, int] = field(default_factory=dict)

    def taken_by(self, steps: Iterable[str]) -> int:
        return sum(self.units.get(step, 1) for step in steps)


@dataclass(frozen=True, slots=True)
class Cost:
    """What the network bills for one irreversible call. `step`: its kind, or the purpose it serves;
    `with_link`: only for content that carries an address. The dearest that fits is what is billed."""

    step: str
    amount: Decimal
    currency: str
    source: Source
    with_link: bool = False


@dataclass(frozen=True, slots=True)
class Retention:
    """So long at most the network lets us keep what others wrote there, and who they are. Whoever
    stores any of it has to let go of it by then."""

    words_hours: int
    profiles_hours: int


@dataclass(frozen=True, slots=True)
class ProfileGrid:
    """An account's profile shows its posts as a grid of pictures, three wide to four high, the newest
    first. `columns`: 3 or 4. `without`: the formats that do not stand in it."""

    columns: int
    source: Source
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportFile:
    """How a network writes the files of figures that people fetch there.

    `columns`: metric -> headings that mean it there although they mean another one elsewhere, in small
    letters without accents. `month_first`: 03/04 is the fourth of March where the file does not tell.
    """

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    month_first: bool = False


@dataclass(frozen=True, slots=True)
class Network:
    """`verify_after_s`: the first read-back comes so long after acceptance; `verify_within_s`:
    accepted but never seen by then means `unknown`. `reads_back` False: not every account can
    be read back; the connector's `reads_back(account)` tells. `before_connecting`: what must be
    said before one begins (costs, admissions), N_ marked. `connect_fields`: what is pasted;
    `sign_ins`: the ways over the network's own page. A network has at least one of the two.
    `fetches_media`: what it is not sent, but fetches from our public address.
    `discussed`: what people write there and we answer, where it has that ability (`discussed_on`).
    `bills_reading`: each thing read there costs, so nothing is read that nobody asked for;
    `comment_cost`: what reading one comment comes to, with who wrote it.
    `of_others`: what it says about keeping what others wrote; None where it says nothing.
    `grid`: how a profile shows its posts; None where it is a list.
    `edits_title`: changing what is out can change its title too; else only its words.
    `medium`: by what its visits to a website came, as those who count them say it.
    `export`: what is particular to its files of figures.
    `shipped_off`: why it cannot be used in earnest until whoever runs the installation switches it on,
    N_ marked; practice workspaces have it all the same.
    `granted`: which `if_granted` of its options the installation was given."""

    slug: str
    name: str
    home: str
    account_kinds: tuple[AccountKind, ...]
    abilities: frozenset[Ability]
    tested_against: tuple[TestedAgainst, ...]
    connect_fields: tuple[ConnectField, ...] = ()
    sign_ins: tuple[SignIn, ...] = ()
    costs: tuple[Cost, ...] = ()
    options: tuple[OptionField, ...] = ()
    budgets: tuple[Budget, ...] = ()
    reads_back: bool = True
    verify_after_s: float = 1.0
    verify_within_s: float = 900.0
    before_connecting: tuple[str, ...] = ()
    guide: tuple[str, ...] = ()
    fetches_media: frozenset[MediaKind] = frozenset()
    discussed: tuple[Discussed, ...] = (Discussed.COMMENTS,)
    bills_reading: bool = False
    comment_cost: Cost | None = None
    of_others: Retention | None = None
    grid: ProfileGrid | None = None
    edits_title: bool = False
    medium: Literal["social", "email"] = "social"
    export: ExportFile = ExportFile()
    shipped_off: tuple[str, ...] = ()
    granted: frozenset[str] = frozenset()


def discussed_on(network: Network, account_kind: str) -> tuple[Discussed, ...]:
    """What is discussed with an account of that kind."""
    if Ability.DISCUSS not in network.abilities:
        return ()
    kind = next((one for one in network.account_kinds if one.slug == account_kind), None)
    return network.discussed if kind is None or kind.discussed is None else kind.discussed
