"""Posts and accounts as X shows them."""

import html
from typing import Any

from tesselle.networks.x.sandbox.counting import addresses
from tesselle.simulation.network import SimAccount, SimPost

ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def wrapped(text: str, post_id: str, keys: list[str], handle: str) -> tuple[str, list[dict[str, Any]]]:
    """The text with its addresses in t.co and one more for its files, and what they stand for."""
    shown, urls, done = "", list[dict[str, Any]](), 0
    for start, end in addresses(text):
        shown += html.escape(text[done:start], quote=False)
        written, short = text[start:end], _short(post_id, len(urls))
        urls.append(_url(shown, short, _expanded(written)))
        shown, done = shown + short, end
    shown += html.escape(text[done:], quote=False)
    if keys:
        short, shown = _short(post_id, len(urls)), f"{shown} " if shown else ""
        place = f"https://x.com/{handle}/status/{post_id}/photo/1"
        urls += [{**_url(shown, short, place), "media_key": key} for key in keys]
        shown += short
    return shown, urls


def _url(before: str, short: str, expanded: str) -> dict[str, Any]:
    place = {"start": len(before), "end": len(before) + len(short)}
    return {**place, "url": short, "expanded_url": expanded, "display_url": expanded.partition("://")[2][:30]}


def _expanded(written: str) -> str:
    return written if "://" in written else f"http://{written}"


def _short(post_id: str, index: int) -> str:
    number, word = int(post_id) * 8 + index, ""
    while number and len(word) < 10:
        number, digit = divmod(number, len(ALPHABET))
        word += ALPHABET[digit]
    return f"https://t.co/{word.ljust(10, '0')}"


def stamp(moment: Any) -> str:
    return f"{moment.strftime('%Y-%m-%dT%H:%M:%S')}.{moment.microsecond // 1000:03d}Z"


def post_json(post: SimPost, answers: int) -> dict[str, Any]:
    figures, data = post.figures, post.data
    keys = [item["key"] for item in post.media]
    return {
        "id": post.id,
        "text": data.get("shown", post.text),
        "edit_history_tweet_ids": [post.id],
        "author_id": post.account_id,
        "created_at": stamp(post.created_at),
        "conversation_id": data.get("conversation", post.id),
        "in_reply_to_user_id": data.get("parent_author") or None,
        "entities": {"urls": data["urls"]} if data.get("urls") else None,
        "attachments": {"media_keys": keys} if keys else None,
        "referenced_tweets": [{"type": "replied_to", "id": post.parent_id}] if post.parent_id else None,
        "public_metrics": {
            "retweet_count": figures.get("shares", 0),
            "reply_count": max(figures.get("comments", 0), answers),
            "like_count": figures.get("reactions", 0),
            "quote_count": figures.get("quotes", 0),
            "bookmark_count": figures.get("saves", 0),
            "impression_count": figures.get("impressions", 0),
        },
        "non_public_metrics": {
            "impression_count": figures.get("impressions", 0),
            "url_link_clicks": figures.get("clicks", 0),
            "user_profile_clicks": 0,
            "engagements": 0,
        },
    }


def media_json(item: dict[str, Any], views: int) -> dict[str, Any]:
    kinds = {"tweet_image": "photo", "tweet_gif": "animated_gif", "tweet_video": "video"}
    told: dict[str, Any] = {"media_key": item["key"], "type": kinds[item["category"]]}
    return told | ({"public_metrics": {"view_count": views}} if told["type"] == "video" else {})


def user_json(account: SimAccount, posts: int) -> dict[str, Any]:
    return {
        "id": account.id,
        "name": account.name,
        "username": account.handle,
        "verified": False,
        "verified_type": "none",
        "protected": bool(account.facts.get("protected")),
        "subscription_type": account.facts.get("subscription", "None"),
        "profile_image_url": f"https://pbs.twimg.com/profile_images/{account.id}/normal.png",
        "public_metrics": {
            "followers_count": account.followers,
            "following_count": 0,
            "tweet_count": posts,
            "post_count": posts,  # which of the two the live server tells is not settled
            "listed_count": 0,
            "like_count": 0,
            "media_count": 0,
        },
    }
