"""Accounts, files and statuses as a server shows them."""

import html
import re
from typing import Any

from tesselle.networks.mastodon.sandbox.profiles import Profile
from tesselle.simulation.network import SimAccount, SimPost

_ADDRESS = re.compile(r"https?://[^\s<]+")
SHOWN_OF_ADDRESS = 30


def stamp(instant: Any) -> str:
    """As Rails writes it."""
    return f"{instant.strftime('%Y-%m-%dT%H:%M:%S')}.{instant.microsecond // 1000:03d}Z"


def account_json(account: SimAccount, base: str, statuses: int) -> dict[str, Any]:
    return {
        "id": account.id,
        "username": account.handle,
        "acct": account.handle,
        "display_name": account.name,
        "locked": False,
        "bot": False,
        "created_at": "2026-01-01T00:00:00.000Z",
        "note": "",
        "url": f"{base}@{account.handle}",
        "avatar": f"{base}avatars/{account.id}.png",
        "followers_count": account.followers,
        "following_count": 0,
        "statuses_count": statuses,
        "emojis": [],
        "fields": [],
    }


def media_json(item: dict[str, Any], base: str, *, ready: bool = True) -> dict[str, Any]:
    return {
        "id": item["id"],
        "type": "video" if item["mime"].startswith("video/") else "image",
        "url": f"{base}media/{item['id']}" if ready else None,
        "preview_url": f"{base}media/{item['id']}/small",
        "remote_url": None,
        "meta": {"focus": item.get("focus")} if item.get("focus") else {},
        "description": item.get("alt") or None,
        "blurhash": None,
    }


def poll_json(post_id: str, poll: dict[str, Any] | None) -> dict[str, Any] | None:
    if poll is None:
        return None
    options = [{"title": one, "votes_count": 0} for one in poll["options"]]
    return {"id": post_id, "expired": False, "multiple": False, "votes_count": 0, "options": options}


def status_json(
    post: SimPost, author: SimAccount, base: str, profile: Profile, answers: int
) -> dict[str, Any]:
    data, figures = post.data, post.figures
    status = {
        "id": post.id,
        "uri": f"{base}users/{author.handle}/statuses/{post.id}",
        "url": f"{base}@{author.handle}/{post.id}",
        "created_at": stamp(post.created_at),
        "edited_at": data.get("edited_at"),
        "content": html_of(post.text),
        "visibility": data.get("visibility") or ("direct" if post.to else "public"),
        "language": data.get("language"),
        "sensitive": bool(data.get("sensitive")),
        "spoiler_text": data.get("spoiler_text", ""),
        "in_reply_to_id": post.parent_id or None,
        "in_reply_to_account_id": data.get("parent_account"),
        "replies_count": max(figures.get("comments", 0), answers),
        "reblogs_count": figures.get("shares", 0),
        "favourites_count": figures.get("reactions", 0),
        "media_attachments": [media_json(dict(item), base) for item in post.media],
        "mentions": [],
        "tags": [],
        "emojis": [],
        "card": None,
        "poll": poll_json(post.id, data.get("poll")),
        "account": account_json(author, base, 0),
        "reblog": None,
        "application": {"name": data.get("app"), "website": None} if profile.shows_app else None,
    }
    if profile.has_batches:
        status["quotes_count"] = figures.get("quotes", 0)
    return status


def html_of(text: str) -> str:
    """Paragraphs, and addresses shortened the way Mastodon hides their ends."""
    pieces, done = [], 0
    for match in _ADDRESS.finditer(text):
        pieces.append(html.escape(text[done : match.start()], quote=False))
        pieces.append(_anchor(match[0]))
        done = match.end()
    pieces.append(html.escape(text[done:], quote=False))
    paragraphs = re.split(r"\n{2,}", "".join(pieces))
    return "".join(f"<p>{one}</p>".replace("\n", "<br />") for one in paragraphs if one)


def _anchor(address: str) -> str:
    scheme, rest = address.split("//", 1)
    shown, hidden = rest[:SHOWN_OF_ADDRESS], rest[SHOWN_OF_ADDRESS:]
    spans = (
        f'<span class="invisible">{scheme}//</span><span class="ellipsis">{html.escape(shown)}</span>'
        f'<span class="invisible">{html.escape(hidden)}</span>'
    )
    return f'<a href="{html.escape(address)}" rel="nofollow noopener" translate="no">{spans}</a>'
