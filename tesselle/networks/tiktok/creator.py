"""What TikTok tells of an account before each post: who sees what, what it may, how long its films may be."""

from collections.abc import Mapping
from dataclasses import dataclass

from tesselle.connectors.card import Choice
from tesselle.connectors.protocols import Api
from tesselle.networks.tiktok.options import LEVELS, PRIVACY
from tesselle.networks.tiktok.wire import ask

QUERY = "post/publish/creator_info/query/"


@dataclass(frozen=True, slots=True)
class Creator:
    name: str
    levels: tuple[str, ...]
    no_comments: bool
    no_duets: bool
    no_stitches: bool
    max_seconds: int


async def creator(api: Api, kept: Mapping[str, str] | None = None) -> Creator:
    told = await ask(api, QUERY, {}, kept=kept)
    return Creator(
        name=str(told.get("creator_nickname") or ""),
        levels=tuple(str(one) for one in told.get("privacy_level_options") or ()),
        no_comments=told.get("comment_disabled") is True,
        no_duets=told.get("duet_disabled") is True,
        no_stitches=told.get("stitch_disabled") is True,
        max_seconds=int(told.get("max_video_post_duration_sec") or 0),
    )


async def choices(option: str, api: Api) -> tuple[Choice, ...]:
    """Who can see a post, of what this account has to choose from today."""
    if option != PRIVACY:
        return ()
    named = {one.value: one.label for one in LEVELS}
    return tuple(Choice(level, named.get(level, level)) for level in (await creator(api)).levels)
