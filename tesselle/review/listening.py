"""What sets approval off: a post planned where a yes is needed, an edit, a channel's changed rule."""

from typing import Any

from tesselle.channels.models import Channel
from tesselle.channels.signals import channel_changed
from tesselle.compose.models import Post, Revision
from tesselle.compose.signals import revision_made
from tesselle.ledger.models import Delivery
from tesselle.ledger.signals import delivery_planned
from tesselle.review.asking import ask_again, ask_members
from tesselle.review.rules import judge_anew


def listen() -> None:
    delivery_planned.connect(_planned, dispatch_uid="review.planned")
    revision_made.connect(_edited, dispatch_uid="review.edited")
    channel_changed.connect(_channel_changed, dispatch_uid="review.channel_changed")


def _planned(*, delivery: Delivery, **_: Any) -> None:
    post: Post | None = delivery.post
    if post is not None and delivery.channel.needs_approval and _is_unapproved(delivery):
        ask_members(post, by=delivery.created_by)


def _is_unapproved(delivery: Delivery) -> bool:
    return delivery.variant is not None and delivery.variant.approved_at is None


def _edited(*, revision: Revision, **_: Any) -> None:
    if revision.number > 1:
        ask_again(revision)


def _channel_changed(*, channel: Channel, verb: str, **_: Any) -> None:
    if verb != "channel.settings_changed":
        return
    fresh = Channel.objects.get(pk=channel.pk)
    for revision in judge_anew(fresh):
        if fresh.needs_approval and revision.post.current_id == revision.pk:
            ask_members(revision.post, by=None)
