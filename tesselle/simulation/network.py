"""What every simulated network has in common: accounts, posts, files and figures.

A sandbox keeps each post here, whatever its wire format, so that `truth` can count copies and an
audience can react on every network alike. Numbers that go out in the network's own words live in
`SimPost.data`.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from tesselle.simulation.shelf import Shelf


@dataclass(frozen=True, slots=True)
class SimAccount:
    """`secrets`: what signs in (token, password); `facts`: the network's own extras."""

    id: str
    handle: str
    name: str
    secrets: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    followers: int = 0


@dataclass(frozen=True, slots=True)
class SimPost:
    """One thing somebody put there. `parent_id`: a comment or a later part of a thread.

    `visible_at` after `created_at`: accepted, but no read shows it before that instant.
    `draft`: kept, not public. `media`: one mapping a file, with at least `mime` and `alt`.
    """

    id: str
    account_id: str
    text: str
    created_at: datetime
    visible_at: datetime
    parent_id: str = ""
    title: str = ""
    draft: bool = False
    removed: bool = False
    media: tuple[Mapping[str, Any], ...] = ()
    figures: Mapping[str, int] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)


class SimulatedNetwork:
    """`clock` gives the world's now (aware, UTC). `hide_new_for`: eventual read-back, seconds."""

    def __init__(self, slug: str, shelf: Shelf, clock: Callable[[], datetime]) -> None:
        self.slug = slug
        self.shelf = shelf
        self.clock = clock
        self.hide_new_for = 0.0
        self.flags: set[str] = set()  # faults a sandbox plays itself: partial_listing, slow_processing ...

    def _table(self, name: str) -> str:
        return f"{self.slug}.{name}"

    async def next_id(self, name: str) -> int:
        return await self.shelf.number(self._table(name))

    # accounts

    async def add_account(self, account: SimAccount) -> None:
        await self.shelf.put(self._table("accounts"), account.id, asdict(account))

    async def account(self, account_id: str) -> SimAccount | None:
        row = await self.shelf.get(self._table("accounts"), account_id)
        return None if row is None else SimAccount(**row)

    async def accounts(self) -> list[SimAccount]:
        return [SimAccount(**row) for row in await self.shelf.all(self._table("accounts"))]

    async def account_with(self, secret: str, value: str) -> SimAccount | None:
        """The account whose secret of that name has that value."""
        if not value:
            return None
        return next((a for a in await self.accounts() if a.secrets.get(secret) == value), None)

    # posts

    def new_post(self, post_id: str, account_id: str, text: str, **more: Any) -> SimPost:
        """A post made now; hidden for a while if the network is in that mood."""
        now = self.clock()
        visible_at = now + timedelta(seconds=self.hide_new_for)
        return SimPost(post_id, account_id, text, now, visible_at, **more)

    async def add_post(self, post: SimPost) -> bool:
        """False when that id is taken; nothing is changed then."""
        return await self.shelf.add(self._table("posts"), post.id, _post_row(post))

    async def save_post(self, post: SimPost) -> None:
        await self.shelf.put(self._table("posts"), post.id, _post_row(post))

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
        return None if row is None else _post(row)

    async def post(self, post_id: str) -> SimPost | None:
        """As a reader sees it: not before it is visible, not after its removal."""
        post = await self.stored_post(post_id)
        return post if post is not None and self.is_visible(post) else None

    def is_visible(self, post: SimPost) -> bool:
        return not post.removed and post.visible_at <= self.clock()

    async def posts(self, account_id: str | None = None) -> list[SimPost]:
        """The visible ones, oldest first, of one account or of all."""
        stored = [_post(row) for row in await self.shelf.all(self._table("posts"))]
        return [p for p in stored if self.is_visible(p) and account_id in (None, p.account_id)]

    async def truth(self) -> list[SimPost]:
        """Everything ever accepted, removed and hidden things included."""
        return [_post(row) for row in await self.shelf.all(self._table("posts"))]

    # files and anything else a network remembers

    async def keep(self, name: str, key: str, value: Mapping[str, Any]) -> None:
        await self.shelf.put(self._table(name), key, value)

    async def kept(self, name: str, key: str) -> dict[str, Any] | None:
        return await self.shelf.get(self._table(name), key)

    async def all_kept(self, name: str) -> list[dict[str, Any]]:
        return await self.shelf.all(self._table(name))

    async def forget(self, name: str, key: str) -> bool:
        return await self.shelf.drop(self._table(name), key)


def _post_row(post: SimPost) -> dict[str, Any]:
    row = asdict(post)
    row["created_at"] = post.created_at.isoformat()
    row["visible_at"] = post.visible_at.isoformat()
    row["media"] = [dict(item) for item in post.media]
    return row


def _post(row: Mapping[str, Any]) -> SimPost:
    return SimPost(
        **{
            **row,
            "created_at": datetime.fromisoformat(row["created_at"]),
            "visible_at": datetime.fromisoformat(row["visible_at"]),
            "media": tuple(row["media"]),
        }
    )
