"""What a simulated network holds of one account, as anybody sees it now."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from asgiref.sync import async_to_sync

from tesselle.channels.models import Channel
from tesselle.connectors.registry import World
from tesselle.sandbox.practice import practice_world
from tesselle.simulation.network import SimAccount, SimPost, SimulatedNetwork


@dataclass(frozen=True, slots=True)
class SeenComment:
    """`answers` are flat: whoever answers an answer stands below the same comment."""

    post: SimPost
    author: str
    is_own: bool
    answers: tuple["SeenComment", ...] = ()


@dataclass(frozen=True, slots=True)
class SeenAccount:
    """`posts`: the newest first, comments and later parts of threads left out. `others`: who else posts
    on that network, seen from the channel's own account."""

    account: SimAccount
    posts: tuple[SimPost, ...]
    parts: tuple[SimPost, ...] = field(default=())
    others: tuple[SimAccount, ...] = field(default=())


def account_seen(channel: Channel, who: str = "") -> SeenAccount | None:
    """`who`: one of the others, by its id. None while the simulated network knows nothing of them."""
    world = channel.workspace.world
    ours = frozenset(
        Channel.objects.filter(workspace=channel.workspace_id, network=channel.network).values_list(
            "remote_id", flat=True
        )
    )
    return async_to_sync(partial(_account_seen, world, channel, place_of(channel), ours, who))()


def place_of(channel: Channel) -> int:
    """How many accounts of that network were connected in this workspace before it."""
    return Channel.objects.filter(
        workspace=channel.workspace_id, network=channel.network, pk__lt=channel.pk
    ).count()


async def _account_seen(
    world: World, channel: Channel, place: int, ours: frozenset[str], who: str
) -> SeenAccount | None:
    network = await _network_of(world, channel)
    account = await _account_of(network, channel, place)
    if account is None:
        return None
    others = await _others(network, ours | {account.id})
    if who:
        account = next((one for one in others if one.id == who), None)
        if account is None:
            return None
    seen = [post for post in await network.posts(account.id) if not post.draft]
    return SeenAccount(
        account,
        tuple(post for post in reversed(seen) if not (post.parent_id or post.to)),
        tuple(post for post in seen if post.parent_id),
        others if not who else (),
    )


async def _others(network: SimulatedNetwork, ours: frozenset[str]) -> tuple[SimAccount, ...]:
    """With something to see; accounts that only serve to sign in have nothing."""
    found = [one for one in await network.accounts() if one.id not in ours]
    return tuple([one for one in found if await network.posts(one.id)])


async def _network_of(world: World, channel: Channel) -> SimulatedNetwork:
    seen = practice_world(world)
    await seen.look_at_clock()
    return seen.network(channel.network)


async def _account_of(network: SimulatedNetwork, channel: Channel, place: int) -> SimAccount | None:
    """Some networks know an account by another name than the one a connection keeps."""
    found = await network.account(channel.remote_id)
    if found is not None:
        return found
    everybody = await network.accounts()
    return everybody[place] if place < len(everybody) else None


def comments_seen(channel: Channel, post: SimPost, hidden: Sequence[str] = ()) -> tuple[SeenComment, ...]:
    """Below that post, the oldest first; `hidden`: ids of what is no comment (parts of a thread)."""
    return async_to_sync(partial(_comments_seen, channel.workspace.world, channel, post, frozenset(hidden)))()


async def _comments_seen(
    world: World, channel: Channel, post: SimPost, hidden: frozenset[str]
) -> tuple[SeenComment, ...]:
    network = await _network_of(world, channel)
    direct = [one for one in await network.replies_to(post.id) if one.id not in hidden and not one.draft]
    return tuple([await _comment(network, post, one) for one in direct])


def messages_seen(channel: Channel) -> tuple[tuple[SeenComment, ...], ...]:
    """What was written between that account and others alone, as the account sees it: by exchange, the newest
    first."""
    return async_to_sync(partial(_messages_seen, channel.workspace.world, channel, place_of(channel)))()


async def _messages_seen(world: World, channel: Channel, place: int) -> tuple[tuple[SeenComment, ...], ...]:
    network = await _network_of(world, channel)
    account = await _account_of(network, channel, place)
    if account is None:
        return ()
    exchanges: dict[str, list[SeenComment]] = {}
    first: dict[str, str] = {}
    for message in await network.messages(account.id):
        begun = first[message.id] = first.get(message.parent_id, message.id)
        exchanges.setdefault(begun, []).append(await _seen(network, account.id, message))
    newest = sorted(exchanges.values(), key=lambda lines: lines[-1].post.created_at, reverse=True)
    return tuple(tuple(lines) for lines in newest)


async def _comment(network: SimulatedNetwork, post: SimPost, comment: SimPost) -> SeenComment:
    answers, ahead = [], [comment.id]
    while ahead:
        for below in await network.replies_to(ahead.pop(0)):
            answers.append(await _seen(network, post.account_id, below))
            ahead.append(below.id)
    answers.sort(key=lambda answer: answer.post.created_at)
    seen = await _seen(network, post.account_id, comment)
    return SeenComment(seen.post, seen.author, seen.is_own, tuple(answers))


async def _seen(network: SimulatedNetwork, own: str, comment: SimPost) -> SeenComment:
    """`own`: the account for which it is seen."""
    author = await network.account(comment.account_id)
    return SeenComment(
        post=comment,
        author=author.name or author.handle if author is not None else str(comment.data.get("author", "")),
        is_own=comment.account_id == own,
    )
