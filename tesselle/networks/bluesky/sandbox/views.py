"""What the AppView tells: `app.bsky.feed.*` and `app.bsky.actor.*`."""

from typing import Any

from starlette.requests import Request

from tesselle.networks.bluesky.sandbox.accounts import find
from tesselle.networks.bluesky.sandbox.repo import stored
from tesselle.networks.bluesky.sandbox.tokens import speaker
from tesselle.networks.bluesky.sandbox.wire import XrpcError, invalid, moment, parameter, record_cid
from tesselle.simulation.network import SimAccount, SimPost, SimulatedNetwork

MAX_URIS = 25


def need_appview(network: SimulatedNetwork) -> None:
    if "appview_down" in network.flags:
        raise XrpcError(502, "UpstreamFailure", "Upstream Failure")


def record_of(post: SimPost) -> dict[str, Any]:
    """The record of a post; what the simulated audience writes has none of its own."""
    own: dict[str, Any] | None = post.data.get("record")
    if own is not None:
        return own
    made: dict[str, Any] = {
        "$type": "app.bsky.feed.post",
        "text": post.text,
        "createdAt": moment(post.created_at),
    }
    if post.parent_id:
        reference = {"uri": post.parent_id, "cid": record_cid({"uri": post.parent_id})}
        made["reply"] = {"root": reference, "parent": reference}
    return made


async def _author(account_id: str, network: SimulatedNetwork) -> dict[str, Any]:
    account = await network.account(account_id)
    if account is None:
        return {"did": f"did:plc:{account_id}", "handle": f"{account_id}.bluesky.example"}
    return {"did": account.id, "handle": account.handle, "displayName": account.name}


def uri_of(post: SimPost) -> str:
    prefix = "at://"
    return (
        post.id
        if post.id.startswith(prefix)
        else f"{prefix}did:plc:{post.account_id}/app.bsky.feed.post/{post.id}"
    )


async def _view(post: SimPost, answers: int, network: SimulatedNetwork) -> dict[str, Any]:
    record, figures = record_of(post), post.figures
    return {
        "uri": uri_of(post),
        "cid": post.data.get("cid") or record_cid(record),
        "author": await _author(post.account_id, network),
        "record": record,
        "replyCount": max(figures.get("comments", 0), answers),
        "repostCount": figures.get("shares", 0),
        "likeCount": figures.get("reactions", 0),
        "quoteCount": 0,
        "bookmarkCount": figures.get("saves", 0),
        "indexedAt": moment(post.created_at),
    }


async def _answers(network: SimulatedNetwork) -> dict[str, list[SimPost]]:
    children: dict[str, list[SimPost]] = {}
    for post in await network.posts():
        if post.parent_id:
            children.setdefault(post.parent_id, []).append(post)
    return children


async def get_posts(request: Request, network: SimulatedNetwork) -> dict[str, Any]:
    await speaker(request, network)
    need_appview(network)
    uris = request.query_params.getlist("uris")
    if len(uris) > MAX_URIS:
        raise invalid(f"Error: uris must not have more than {MAX_URIS} elements")
    found = [post for uri in uris if (post := await network.post(uri)) is not None]
    return {"posts": [await _view(post, len(await network.replies_to(post.id)), network) for post in found]}


async def get_post_thread(request: Request, network: SimulatedNetwork) -> dict[str, Any]:
    await speaker(request, network)
    need_appview(network)
    post = await network.post(parameter(request, "uri"))
    if post is None:
        raise XrpcError(400, "NotFound", f"Post not found: {parameter(request, 'uri')}")
    depth = int(request.query_params.get("depth", 6))
    return {"thread": await _thread(post, await _answers(network), depth, network)}


async def _thread(
    post: SimPost, children: dict[str, list[SimPost]], depth: int, network: SimulatedNetwork
) -> dict[str, Any]:
    below = children.get(post.id, [])
    node: dict[str, Any] = {
        "$type": "app.bsky.feed.defs#threadViewPost",
        "post": await _view(post, len(below), network),
    }
    if depth > 0:
        node["replies"] = [await _thread(child, children, depth - 1, network) for child in below]
    return node


async def _actor(request: Request, network: SimulatedNetwork) -> SimAccount:
    await speaker(request, network)
    need_appview(network)
    account = await find(network, parameter(request, "actor"))
    if account is None:
        raise invalid("Profile not found")
    return account


async def get_profile(request: Request, network: SimulatedNetwork) -> dict[str, Any]:
    account = await _actor(request, network)
    own = await stored(f"at://{account.id}/app.bsky.actor.profile/self", network)
    name = own["value"].get("displayName", account.name) if own else account.name
    return {
        "did": account.id,
        "handle": account.handle,
        "displayName": name,
        "followersCount": account.followers,
        "followsCount": 0,
        "postsCount": len(await network.posts(account.id)),
    }


async def search_actors(request: Request, network: SimulatedNetwork) -> dict[str, Any]:
    """By the first letters of a handle, or of a word of the name."""
    await speaker(request, network)
    need_appview(network)
    start = request.query_params.get("q", "").casefold().lstrip("@")
    found = [
        {"did": one.id, "handle": one.handle, "displayName": one.name}
        for one in await network.accounts()
        if start
        and (one.handle.startswith(start) or any(w.startswith(start) for w in one.name.casefold().split()))
    ]
    return {"actors": found[: int(request.query_params.get("limit", 10))]}


async def get_author_feed(request: Request, network: SimulatedNetwork) -> dict[str, Any]:
    account = await _actor(request, network)
    limit = int(request.query_params.get("limit", 50))
    children = await _answers(network)
    newest = list(reversed(await network.posts(account.id)))[:limit]
    views = [await _view(post, len(children.get(post.id, ())), network) for post in newest]
    return {"feed": [{"post": view} for view in views]}
