"""Posts, comments and films as Facebook shows them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tesselle.connectors.sandbox.graph.wire import stamp
from tesselle.simulation.network import SimPost

SITE = "https://www.facebook.com"


def summary(count: int) -> dict[str, Any]:
    return {"data": [], "summary": {"total_count": count}}


def post_fields(post: SimPost, comments: Sequence[SimPost] = ()) -> dict[str, Any]:
    figures = post.figures
    fields: dict[str, Any] = {
        "id": post.id,
        "message": post.text,
        "created_time": stamp(post.created_at),
        "permalink_url": f"{SITE}/{post.id.replace('_', '/posts/')}",
        "is_published": True,
        "status_type": "added_photos" if post.media else "mobile_status_update",
        "application": {"id": str(post.data.get("app", "")), "name": "Tesselle"},
        "from": {"id": post.account_id},
        "attachments": attachments(post),
        "reactions": summary(figures.get("reactions", 0)),
        "comments": summary(max(len(comments), figures.get("comments", 0))),
    }
    if figures.get("shares"):
        fields["shares"] = {"count": figures["shares"]}
    if not post.data.get("app"):
        del fields["application"]
    return {name: value for name, value in fields.items() if value != {"data": []} and value != ""}


def attachments(post: SimPost) -> dict[str, Any]:
    """One picture stands alone; several are below an album."""
    if post.data.get("video"):
        return {"data": [{"media_type": "video", "target": {"id": post.data["video"]}}]}
    photos = [{"media_type": "photo", "target": {"id": item["id"]}} for item in post.media]
    if len(photos) > 1:
        return {"data": [{"media_type": "album", "subattachments": {"data": photos}}]}
    if photos:
        return {"data": photos}
    link = post.data.get("link")
    return {"data": [{"media_type": "link", "url": link}]} if link else {"data": []}


def comment_fields(comment: SimPost, page: str) -> dict[str, Any]:
    parent = str(comment.data.get("parent", ""))
    author = {"id": comment.account_id, "name": str(comment.data.get("author", ""))}
    fields: dict[str, Any] = {
        "id": comment.id,
        "message": comment.text,
        "created_time": stamp(comment.created_at),
        "from": author,
        "permalink_url": f"{SITE}/{page}?comment_id={comment.id}",
        "like_count": 0,
        "is_hidden": False,
        "can_hide": True,
    }
    if parent:
        fields["parent"] = {"id": parent}
    if comment.data.get("app"):
        fields["application"] = {"id": str(comment.data["app"]), "name": "Tesselle"}
    return fields


def film_fields(video: Mapping[str, Any], post: SimPost | None, now: datetime) -> dict[str, Any]:
    """The three phases. Before it is finished nothing is published, whatever was uploaded."""
    has_all, finished = video["got"] >= video["size"] > 0, post is not None
    is_out = post is not None and post.visible_at <= now and not video.get("error")
    processing = "complete" if is_out else "in_progress" if finished else "not_started"
    publishing = "complete" if is_out else "not_started"
    status: dict[str, Any] = {
        "video_status": "ready" if is_out else "processing" if finished else "upload_complete",
        "uploading_phase": {
            "status": "complete" if has_all else "in_progress",
            "bytes_transfered": video["got"],
        },
        "processing_phase": {"status": processing},
        "publishing_phase": {"status": publishing},
    }
    if video.get("error"):
        status["video_status"] = "error"
        status["processing_phase"] = {
            "status": "error",
            "errors": [{"code": 1363030, "message": video["error"]}],
        }
    elif is_out and post is not None:
        when = int(post.visible_at.timestamp())
        status["publishing_phase"] |= {"publish_status": "published", "publish_time": when}
    fields = {
        "id": video["id"],
        "status": status,
        "published": is_out,
        "description": post.text if post is not None else "",
        "permalink_url": f"/{video['account']}/videos/{video['id']}/",
        "from": {"id": video["account"]},
    }
    if post is not None:
        counted = {"reactions": summary(post.figures.get("reactions", 0))}
        fields |= {"post_id": post.id, "created_time": stamp(post.created_at), **counted}
        fields["comments"] = summary(post.figures.get("comments", 0))
    return fields
