"""What every simulated network has in common: accounts, posts, files and figures.

A sandbox keeps each post here, whatever its wire format, so that `truth` can count copies and an
audience can react on every network alike. Numbers that go out in the network's own words live in
`SimPost.data`.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from tesselle.simulation.posts import SimAccount as SimAccount
from tesselle.simulation.posts import SimPost as SimPost
from tesselle.simulation.record import Record, recorded
from tesselle.simulation.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Reaction:
    """What an audience did with a post: counts, and comments to be read beside the stored ones. `said` writes them,
    which takes its time: a film that goes round has tens of thousands, and its figures are asked for most.
    `followed`: those of them that do not stand directly below the post, for they follow an answer."""

    figures: Mapping[str, int] = field(default_factory=dict)
    said: Callable[[], tuple[SimPost, ...]] = field(default=tuple, repr=False, compare=False)
    followed: tuple[SimPost, ...] = ()

    @property
    def comments(self) -> tuple[SimPost, ...]:
        return self.said()


class AudienceHook(Protocol):
    """Asked at each reading, with the world's now, and with what the account published and answered. A comment's id:
    its post's, a tilde, a number; a message's: `MESSAGE`, the account's, a tilde, a number."""

    def __call__(self, post: SimPost, now: datetime, record: Record | None = None) -> Reaction: ...

    def account(self, account_id: str) -> SimAccount | None:
        """Who wrote a comment."""
        ...

    def followers(self, account: SimAccount, now: datetime, record: Record | None = None) -> int:
        """How many follow that account."""
        ...

    def messages(
        self, account: SimAccount, now: datetime, record: Record | None = None
    ) -> tuple[SimPost, ...]:
        """What was written to that account alone, oldest first."""
        ...


MESSAGE = "message-"
COMMENTS, MESSAGES = "comments", "messages"
Hears = Callable[[SimAccount], frozenset[str]]


def _everything(account: SimAccount) -> frozenset[str]:
    return frozenset({COMMENTS, MESSAGES})


class SimulatedNetwork:
    """`clock` gives the world's now (aware, UTC). `hide_new_for`: eventual read-back, seconds.

    `audience`: what readers see of it is worked out as they read; nothing of it is in the truth.
    `hears`: which of comments and messages an account can read and answer at all; where it can neither, nobody minds.
    `web`: what lies behind an address that it is told to fetch; None: the address is taken on trust.
    """

    def __init__(
        self,
        slug: str,
        shelf: Shelf,
        clock: Callable[[], datetime],
        audience: AudienceHook | None = None,
    ) -> None:
        self.slug = slug
        self.shelf = shelf
        self.clock = clock
        self.audience = audience
        self.hears: Hears = _everything
        self._records: dict[str, tuple[object, Record]] = {}
        self.web: Callable[[str], bytes | None] | None = None
        self.hide_new_for = 0.0
        self.flags: set[str] = set()  # faults a sandbox plays itself: partial_listing, slow_processing ...

    def _table(self, name: str) -> str:
        return f"{self.slug}.{name}"

    async def next_id(self, name: str) -> int:
        return await self.shelf.number(self._table(name))

    # accounts

    async def add_account(self, account: SimAccount) -> None:
        """Open or replace; the account can be found by each of its secrets."""
        if self.audience is not None and not account.order:
            account = replace(account, order=await self._order_of(account.id))
        await self.shelf.put(self._table("accounts"), account.id, asdict(account))
        for secret, value in account.secrets.items():
            await self.shelf.put(self._table("secrets"), f"{secret}:{value}", {"account": account.id})

    async def _order_of(self, account_id: str) -> int:
        known = await self.shelf.get(self._table("accounts"), account_id)
        return int(known.get("order", 0)) if known else await self.next_id("account order")

    async def account(self, account_id: str) -> SimAccount | None:
        row = await self.shelf.get(self._table("accounts"), account_id)
        if row is None:
            return None if self.audience is None else self.audience.account(account_id)
        return await self._followed(SimAccount(**row))

    async def accounts(self) -> list[SimAccount]:
        rows = await self.shelf.all(self._table("accounts"))
        return [await self._followed(SimAccount(**row)) for row in rows]

    async def _followed(self, account: SimAccount) -> SimAccount:
        if self.audience is None:
            return account
        record = await self.record_of(account.id)
        return replace(account, followers=self.audience.followers(account, self.clock(), record))

    async def record_of(self, account_id: str) -> Record | None:
        """What that account published and answered. None where it could not answer anybody."""
        tables = (self._table("posts"), self._table("answered"), self._table("accounts"))
        stands = tuple([self.shelf.state(table) for table in tables])
        known = self._records.get(account_id)
        if known is not None and None not in stands and known[0] == stands:
            return known[1]
        record = await self._recorded_of(account_id)
        if record is not None and None not in stands:
            self._records[account_id] = (stands, record)
        return record

    async def _recorded_of(self, account_id: str) -> Record | None:
        row = await self.shelf.get(self._table("accounts"), account_id)
        heard = frozenset[str]() if row is None else self.hears(SimAccount(**row))
        if not heard:
            return None
        posts = map(SimPost.from_json, await self.shelf.all(self._table("posts"), account_id))
        answered = await self.shelf.all(self._table("answered"), account_id)
        reviews = [(str(one["line"]), datetime.fromisoformat(one["at"])) for one in answered]
        return recorded(account_id, posts, reviews, hears_messages=MESSAGES in heard)

    async def note_answer(self, account_id: str, line: str) -> None:
        """The account answered that line of the public's now, otherwise than by a post of its own."""
        at = self.clock().isoformat()
        row = {"line": line, "at": at}
        await self.shelf.put(self._table("answered"), f"{account_id} {line} {at}", row, account_id)

    async def account_with(self, secret: str, value: str) -> SimAccount | None:
        """The account whose secret of that name has that value."""
        row = await self.shelf.get(self._table("secrets"), f"{secret}:{value}") if value else None
        account = await self.account(row["account"]) if row is not None else None
        # A secret may have been replaced since it was filed.
        return account if account is not None and account.secrets.get(secret) == value else None

    # posts

    def new_post(self, post_id: str, account_id: str, text: str, **more: Any) -> SimPost:
        """A post made now; hidden for a while if the network is in that mood."""
        now = self.clock()
        visible_at = now + timedelta(seconds=self.hide_new_for)
        return SimPost(post_id, account_id, text, now, visible_at, **more)

    async def add_post(self, post: SimPost) -> bool:
        """False when that id is taken; nothing is changed then."""
        post = await self._recorded(post)
        if not await self.shelf.add(self._table("posts"), post.id, post.to_json(), post.account_id):
            return False
        if post.parent_id:
            await self.shelf.put(self._table("children"), post.id, {"id": post.id}, post.parent_id)
        if post.to:
            await self.shelf.put(self._table("private"), post.id, {"id": post.id})
        return True

    async def _recorded(self, post: SimPost) -> SimPost:
        """With its place in what the account published, once it is public."""
        if self.audience is None or post.draft or post.parent_id or post.to or post.record:
            return post
        account = await self.shelf.get(self._table("accounts"), post.account_id) or {}
        rows = await self.shelf.all(self._table("posts"), post.account_id)
        public = [other for other in map(SimPost.from_json, rows) if other.record and other.id != post.id]
        # By the minute: two posts planned a day apart are so, whichever was sent some moments late.
        minute = post.visible_at.replace(second=0, microsecond=0)
        since = minute - timedelta(days=1) + timedelta(minutes=1)
        record = {
            "channel": int(account.get("order", 0)),
            "number": len(public) + 1,
            "earlier": sum(since <= other.visible_at <= post.visible_at for other in public),
        }
        return replace(post, record=record)

    async def save_post(self, post: SimPost) -> None:
        post = await self._recorded(replace(post, removed_at=self._removed_at(post)))
        if not await self.add_post(post):
            await self.shelf.put(self._table("posts"), post.id, post.to_json())

    def _removed_at(self, post: SimPost) -> datetime | None:
        return (post.removed_at or self.clock()) if post.removed else None

    async def remove_post(self, post_id: str) -> bool:
        """It stays in the truth, marked; False when it was not there or already gone."""
        post = await self.stored_post(post_id)
        if post is None or post.removed:
            return False
        await self.save_post(replace(post, removed=True))
        return True

    async def stored_post(self, post_id: str) -> SimPost | None:
        """Whatever the state: what the network's own database would say."""
        row = await self.shelf.get(self._table("posts"), post_id)
        return await self._audiences_own(post_id) if row is None else SimPost.from_json(row)

    async def _audiences_own(self, line: str) -> SimPost | None:
        post_id, tilde, _number = line.rpartition("~")
        if tilde and post_id.startswith(MESSAGE):
            messages = await self._audiences_messages(post_id.removeprefix(MESSAGE))
            return next((message for message in messages if message.id == line), None)
        row = await self.shelf.get(self._table("posts"), post_id) if tilde and self.audience else None
        comments = () if row is None else (await self._reaction(SimPost.from_json(row))).comments
        return next((comment for comment in comments if comment.id == line), None)

    async def _reaction(self, post: SimPost, records: dict[str, Record | None] | None = None) -> Reaction:
        """A comment and a message have none of their own. `records`: those that were read just now."""
        if self.audience is None or post.parent_id or post.to:
            return Reaction()
        records = {} if records is None else records
        if post.account_id not in records:
            records[post.account_id] = await self.record_of(post.account_id)
        return self.audience(post, self.clock(), records[post.account_id])

    async def figures(self, post: SimPost) -> dict[str, int]:
        """What was counted and what the audience adds: the larger of both, for counts do not shrink."""
        return _larger(post.figures, (await self._reaction(post)).figures)

    async def _read(self, post: SimPost) -> SimPost:
        return post if self.audience is None else replace(post, figures=await self.figures(post))

    async def post(self, post_id: str) -> SimPost | None:
        """As a reader sees it: not before it is visible, not after its removal."""
        post = await self.stored_post(post_id)
        return await self._read(post) if post is not None and self.is_visible(post) else None

    def is_visible(self, post: SimPost) -> bool:
        return not post.removed and post.visible_at <= self.clock()

    async def posts(self, account_id: str | None = None) -> list[SimPost]:
        """The visible ones, oldest first, of one account or of all."""
        stored = [SimPost.from_json(row) for row in await self.shelf.all(self._table("posts"), account_id)]
        visible = [post for post in stored if self.is_visible(post)]
        if self.audience is None:
            return visible
        records: dict[str, Record | None] = {}
        reactions = [await self._reaction(post, records) for post in visible]
        seen = [
            replace(post, figures=_larger(post.figures, reaction.figures))
            for post, reaction in zip(visible, reactions, strict=True)
        ]
        if account_id is not None:
            return seen
        known = {post.id for post in stored}
        comments = [one for reaction in reactions for one in reaction.comments if one.id not in known]
        return sorted([*seen, *comments], key=lambda post: post.created_at) if comments else seen

    async def replies_to(self, post_id: str) -> list[SimPost]:
        """The visible direct children of a post, oldest first."""
        rows = await self.shelf.all(self._table("children"), post_id)
        found = [await self.post(row["id"]) for row in rows]
        answers = [post for post in found if post is not None]
        if self.audience is None:
            return answers
        known = {row["id"] for row in rows}
        said = [one for one in await self._said_below(post_id) if one.id not in known]
        return sorted([*answers, *said], key=lambda one: one.created_at)

    async def _said_below(self, post_id: str) -> list[SimPost]:
        """By the audience."""
        post = await self.post(post_id)
        if post is None:
            return []
        if not (post.parent_id or post.to):
            return [one for one in (await self._reaction(post)).comments if one.parent_id == post_id]
        top = await self._top(post)
        if top is None:
            return []
        if top.to:
            said = await self._audiences_messages(top.to[0])
        else:
            said = (await self._reaction(top)).followed
        return [one for one in said if one.parent_id == post_id]

    async def _top(self, post: SimPost) -> SimPost | None:
        """What the exchange began with: a post, or a message."""
        top: SimPost | None = post
        while top is not None and top.parent_id:
            top = await self.stored_post(top.parent_id)
        return top if top is None or top.to or self.is_visible(top) else None

    async def messages(self, account_id: str) -> list[SimPost]:
        """The visible ones between that account and others, oldest first."""
        rows = await self.shelf.all(self._table("private"))
        stored = [post for row in rows if (post := await self.post(row["id"])) is not None]
        own = [post for post in stored if account_id in (post.account_id, *post.to)]
        return sorted(
            [*own, *await self._audiences_messages(account_id)], key=lambda message: message.created_at
        )

    async def _audiences_messages(self, account_id: str) -> tuple[SimPost, ...]:
        account = await self.account(account_id) if self.audience is not None else None
        if self.audience is None or account is None:
            return ()
        return self.audience.messages(account, self.clock(), await self.record_of(account_id))

    async def accepted(self) -> int:
        """How many things were ever made public here, removed ones included."""
        return sum(not row["draft"] for row in await self.shelf.all(self._table("posts")))

    async def truth(self) -> list[SimPost]:
        """Everything ever accepted, removed and hidden things included."""
        return [SimPost.from_json(row) for row in await self.shelf.all(self._table("posts"))]

    # files and anything else a network remembers

    async def keep(self, name: str, key: str, value: Mapping[str, Any]) -> None:
        await self.shelf.put(self._table(name), key, value)

    async def kept(self, name: str, key: str) -> dict[str, Any] | None:
        return await self.shelf.get(self._table(name), key)

    async def all_kept(self, name: str) -> list[dict[str, Any]]:
        return await self.shelf.all(self._table(name))

    async def forget(self, name: str, key: str) -> bool:
        return await self.shelf.drop(self._table(name), key)


def _larger(stored: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    return {name: max(stored.get(name, 0), more.get(name, 0)) for name in {*stored, *more}}
