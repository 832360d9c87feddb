"""Whom visits are attributed to, in words."""

from collections.abc import Iterable, Mapping

from django.utils.translation import pgettext

from tesselle.channels.models import Channel
from tesselle.channels.pages import network_name
from tesselle.compose.models import Post
from tesselle.links.attributing import Origin
from tesselle.strategy.models import Campaign


def channel_names(ids: Iterable[int | None]) -> Mapping[int, str]:
    found = Channel.objects.in_bulk([pk for pk in set(ids) if pk])
    return {
        pk: f"{one.display_name or one.handle} ({network_name(one.network)})" for pk, one in found.items()
    }


def post_names(ids: Iterable[int | None]) -> Mapping[int, str]:
    found = Post.objects.in_bulk([pk for pk in set(ids) if pk])
    return {pk: one.name or pgettext("post", "Untitled") for pk, one in found.items()}


def not_attributed() -> str:
    return pgettext("visits", "Not attributed")


def origin_names(origins: Iterable[Origin]) -> Mapping[Origin, str]:
    """Channel, campaign and post, as far as they are known."""
    every = set(origins)
    channels, posts = (
        channel_names(one.channel_id for one in every),
        post_names(one.post_id for one in every),
    )
    campaigns = Campaign.objects.in_bulk([one.campaign_id for one in every if one.campaign_id])
    return {
        one: " · ".join(
            filter(
                None,
                (
                    channels.get(one.channel_id or 0, ""),
                    campaigns[one.campaign_id].name if one.campaign_id in campaigns else "",
                    posts.get(one.post_id or 0, ""),
                ),
            )
        )
        or not_attributed()
        for one in every
    }
