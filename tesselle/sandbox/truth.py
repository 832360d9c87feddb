"""What is really so in a practice workspace: for teachers, tests, and whoever has drawn their conclusion."""

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from asgiref.sync import async_to_sync

from tesselle.connectors.card import Discussed
from tesselle.networks import card, slugs
from tesselle.sandbox.practice import PracticeWorld, practice_world
from tesselle.sandbox.worlds import look
from tesselle.simulation.answered import told as answers_told
from tesselle.simulation.network import SimPost
from tesselle.simulation.telling import (
    channel_told,
    drifts,
    events,
    expected,
    made_of,
    made_told,
    messages_told,
    post_told,
)
from tesselle.workspaces.models import Workspace


def truth_of(workspace: Workspace) -> dict[str, Any]:
    """Raises LookupError when it is no practice workspace."""
    company = look(workspace.pk).company
    weeks = company.week(workspace.now()) + 1
    found = async_to_sync(partial(_networks, workspace, weeks))()
    return {
        "workspace": workspace.pk,
        "now": workspace.now().isoformat(),
        "world": dataclasses.asdict(company.world),
        "seed": company.seed,
        "began_at": company.began_at.isoformat(),
        "zone": company.zone,
        "events": events(company.world),
        "answers": answers_told(company.world),
        **found,
    }


async def _networks(workspace: Workspace, weeks: int) -> dict[str, Any]:
    world = practice_world(workspace.world)
    await world.look_at_clock()
    channels, posts, messages = [], [], []
    for slug in slugs():
        audience, network, now = world.audience(slug), world.network(slug), world.now()
        for account in await network.accounts():
            record = await network.record_of(account.id)
            told = {
                "handle": account.handle,
                "followers": account.followers,
                "left_over_complaints": audience.left(account.order, now, record),
            }
            by_week = drifts(audience, account.order, range(weeks))
            channels.append({**told, **channel_told(audience, account.order), "drift_by_week": by_week})
            if Discussed.MESSAGES in card(slug).discussed:
                messages += messages_told(audience, account.order, now, record)
        posts += [
            post_told(audience, post, now, await network.record_of(post.account_id))
            for post in await _published(world, slug)
        ]
    return {"channels": channels, "posts": posts, "messages": messages}


async def _published(world: PracticeWorld, slug: str) -> list[SimPost]:
    everything = await world.network(slug).truth()
    return [post for post in everything if not (post.draft or post.removed or post.parent_id or post.to)]


def expected_of(workspace: Workspace, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Of a post that nobody wrote: `network`, `channel` (1), `at` (ISO, now), `earlier` (0), and what it is.

    Raises:
        LookupError: no practice workspace, or no such network.
        ValueError: a level or an instant that there is not.
    """
    slug, channel = str(wanted.get("network", "")), int(wanted.get("channel", 1))
    if slug not in slugs():
        raise LookupError(f"There is no network {slug!r}.")
    at = datetime.fromisoformat(wanted["at"]) if "at" in wanted else workspace.now()
    if at.tzinfo is None:
        at = at.replace(tzinfo=workspace.tz)
    made, earlier = made_of(wanted), int(wanted.get("earlier", 0))

    async def told() -> dict[str, float]:
        world = practice_world(workspace.world)
        await world.look_at_clock()
        return expected(world.audience(slug), channel, made, at, earlier)

    return {"network": slug, "channel": channel, "made": made_told(made), "expected": async_to_sync(told)()}
