"""Posts and comments as lists show them."""

from typing import Any

from tesselle.simulation.network import SimAccount, SimPost, SimulatedNetwork

SITE = "https://www.reddit.com"


def number_of(name: str) -> str:
    return name.partition("_")[2]


async def thing(network: SimulatedNetwork, post: SimPost) -> dict[str, Any]:
    account = await network.account(post.account_id)
    return comment_json(post, account) if post.parent_id else await post_json(network, post, account)


async def post_json(network: SimulatedNetwork, post: SimPost, account: SimAccount | None) -> dict[str, Any]:
    """Who deletes a post leaves its shell."""
    data, gone = post.data, post.removed
    community = data["community"]
    path = f"/r/{community}/comments/{number_of(post.id)}/{_slug(post.title)}/"
    below = len(await network.replies_to(post.id))
    kind = data["kind"]
    return {
        "id": number_of(post.id),
        "name": post.id,
        "title": post.title,
        "selftext": "[deleted]" if gone else post.text,
        "author": "[deleted]" if gone or account is None else account.handle,
        "subreddit": community,
        "permalink": path,
        "url": f"{SITE}{path}" if kind == "self" else _shown_url(post),
        "created_utc": post.created_at.timestamp(),
        "score": post.figures.get("reactions", 0) + 1,
        "ups": post.figures.get("reactions", 0) + 1,
        "upvote_ratio": 0.97,
        "num_comments": max(post.figures.get("comments", 0), below),
        "num_crossposts": post.figures.get("shares", 0),
        "view_count": None,
        "is_self": kind == "self",
        "is_video": kind == "video",
        "is_gallery": kind == "gallery",
        "gallery_data": {"items": [{"media_id": one} for one in data["assets"]]}
        if kind == "gallery"
        else None,
        "post_hint": "image" if kind == "image" else None,
        "over_18": data["nsfw"],
        "spoiler": data["spoiler"],
        "link_flair_template_id": data["flair_id"] or None,
        "link_flair_text": data["flair"] or None,
        "removed_by_category": data.get("removed_by") or None,
        "locked": False,
        "archived": False,
        "edited": data.get("edited") or False,
    }


def _shown_url(post: SimPost) -> str:
    """Pictures get a name that has nothing to do with the store's."""
    kind, number = post.data["kind"], number_of(post.id)
    match kind:
        case "image":
            return f"https://i.redd.example/{number}.png"
        case "video":
            return f"https://v.redd.example/{number}"
        case "gallery":
            return f"{SITE}/gallery/{number}"
    return str(post.data["url"])


def comment_json(post: SimPost, account: SimAccount | None) -> dict[str, Any]:
    link = str(post.data.get("link") or post.parent_id)
    return {
        "id": number_of(post.id),
        "name": post.id,
        "body": "[deleted]" if post.removed else post.text,
        "author": "[deleted]" if post.removed or account is None else account.handle,
        "parent_id": post.parent_id,
        "link_id": link,
        "permalink": f"/comments/{number_of(link)}/_/{number_of(post.id)}/",
        "created_utc": post.created_at.timestamp(),
        "score": 1,
        "edited": False,
        "replies": "",
    }


def _slug(title: str) -> str:
    words = "".join(sign if sign.isascii() and sign.isalnum() else "_" for sign in title.lower())
    return words[:50].strip("_") or "_"
