"""Drawn posts for a network: what the composer accepts, its sandbox accepts, and nothing else.

60 among the quick tests, 2,000 in the gate. A network joins by being there.
"""

import os
from pathlib import Path

import pytest

from tesselle.connectors.tests.agreement import Tally, composer_and_network_agree
from tesselle.connectors.tests.stage import open_stage
from tesselle.domain.checks import check, is_plannable
from tesselle.domain.content import Content
from tesselle.domain.limits import Limits
from tesselle.domain.text import count
from tesselle.networks import plugin, slugs

AT_ONCE = 100
STRICTER = {"bluesky": ("alt",)}
"""Where its own app has a limit, and so have we, that its server does not know."""
MANY = 2_000
SEED = int(os.environ.get("AGREEMENT_SEED", "20261125"))


def passes(content: Content, limits: Limits) -> bool:
    return is_plannable(check(content, limits))


@pytest.mark.parametrize("posts", [60, pytest.param(MANY, marks=pytest.mark.thorough)])
@pytest.mark.parametrize("slug", slugs())
async def test_what_the_composer_accepts_the_network_accepts_and_nothing_else(
    slug: str, posts: int, tmp_path: Path
):
    whole = Tally()
    at_once = min(posts, AT_ONCE)
    for run in range(posts // at_once):
        # A fresh network each time: counting what is there takes longer the more there is.
        stage = await open_stage(plugin(slug), tmp_path)
        tally = await composer_and_network_agree(
            stage, passes, count, posts=at_once, seed=SEED + run, ours=STRICTER.get(slug, ())
        )
        whole.posts += tally.posts
        whole.near += tally.near
        whole.refused += tally.refused

    assert whole.posts == posts
    assert whole.near >= posts / 2, f"only {whole.near} of {posts} were near a limit"
    # So few as sixty may hold fewer by the luck of the draw.
    assert whole.refused >= posts * (0.3 if posts == MANY else 0.2), (
        f"only {whole.refused} of {posts} were to be refused"
    )
