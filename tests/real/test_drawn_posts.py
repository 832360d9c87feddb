"""Drawn posts, most of them within two units of a limit, shown to counters and servers that others wrote: the same
posts that the composer and our sandboxes agree on (`tests/contracts/test_agreement.py`)."""

import asyncio
import json
import os
import random
import re
import subprocess
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from mastodon import Mastodon

from tesselle.connectors.http.aiohttp_transport import AiohttpTransport
from tesselle.connectors.tests.agreement import Drawer, Drawn, objected
from tesselle.connectors.tests.stage import open_stage
from tesselle.domain.checks import check, is_plannable
from tesselle.domain.errors import RejectedError
from tesselle.domain.limits import Limits
from tesselle.domain.text import count
from tesselle.domain.verdicts import Accepted, Refused, Verdict
from tesselle.networks import plugin
from tesselle.networks.wordpress.tests.site import Site
from tesselle.ops.commands.networks import plain_account
from tests.real.servers.installation import PEERS, cached
from tests.real.servers.wordpress import WordPress
from tests.real.test_bluesky import Conversation, talk

__all__ = ["talk"]

POSTS = 2_000
SEED = int(os.environ.get("AGREEMENT_SEED", "20261126"))
MISCOUNTED = re.compile("[\\u0300-\\u036f]@|\\n[\U0001f1e6-\U0001f1ff]")
"""Where Mastodon.py 2.3.3 departs from the server: a name right after a combining accent (a letter of the word before
to the server's Ruby), and a flag at the beginning of a line (one sign by Unicode's rules, two to that library)."""


async def drawn(slug: str, folder: Path, posts: int = POSTS) -> tuple[list[Drawn], Limits]:
    stage = await open_stage(plugin(slug), folder)
    drawer = Drawer(stage, count, random.Random(SEED))
    return [drawer.draw() for _ in range(posts)], stage.plugin.connector.limits(stage.account)


def told(texts: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    done = subprocess.run(
        [str(cached("node/wheel/bin/node")), str(PEERS / "counting.mjs")],
        input=json.dumps(texts),
        env={**os.environ, "TESSELLE_REAL_PEERS": str(cached("peers"))},
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    numbers: dict[str, Any] = json.loads(done.stdout)
    return numbers


async def test_x_s_and_bluesky_s_own_libraries_count_as_we_do(tmp_path: Path):
    posts = {slug: await drawn(slug, tmp_path) for slug in ("x", "bluesky")}
    texts = {slug: [one.content.text for one in some] for slug, (some, _) in posts.items()}

    numbers = await asyncio.to_thread(told, texts)

    (weighted,) = posts["x"][1].texts
    ours = [count(text, weighted) for text in texts["x"]]
    assert [pair for pair in zip(texts["x"], ours, numbers["x"], strict=True) if pair[1] != pair[2]] == []
    limits = posts["bluesky"][1].texts
    both = [[count(text, limit) for limit in limits] for text in texts["bluesky"]]
    assert both == numbers["bluesky"]


async def test_mastodon_s_own_client_counts_as_we_do(tmp_path: Path):
    posts, limits = await drawn("mastodon", tmp_path)
    texts = [one.content.text for one in posts if not MISCOUNTED.search(one.content.text)]

    assert len(texts) > POSTS / 2
    (limit,) = limits.texts
    assert [text for text in texts if count(text, limit) != Mastodon.get_status_length(text)] == []


def said(one: Drawn, limits: Limits, slug: str) -> bool:
    """What the composer says."""
    connector = plugin(slug).connector
    objects = objected(connector, one.content, plain_account(plugin(slug), ""))
    return is_plannable(check(one.content, limits)) and not objects


def is_yes(verdict: Verdict) -> bool:
    assert isinstance(verdict, Accepted | Refused), f"neither a yes nor a sure no: {verdict}"
    return isinstance(verdict, Accepted)


@pytest.mark.parametrize("number", [300, pytest.param(POSTS, marks=pytest.mark.thorough)])
async def test_what_the_composer_accepts_a_real_pds_accepts_and_nothing_else(
    talk: Conversation, tmp_path: Path, number: int
):
    """The alternative text's limit is the app's: its server has none."""
    posts, limits = await drawn("bluesky", tmp_path, number)
    posts = [one for one in posts if one.what != "alt"]
    fitting = [said(one, limits, "bluesky") for one in posts]

    async def taken(one: Drawn) -> bool:
        try:
            return is_yes(await talk.send(await talk.step(one.content)))
        except RejectedError:
            return False

    differing = [one for one, fits in zip(posts, fitting, strict=True) if fits != await taken(one)]

    assert differing == []
    assert fitting.count(False) > len(posts) * 0.3


@pytest.fixture
async def site(wordpress: WordPress, tmp_path: Path) -> AsyncIterator[Site]:
    transport = AiohttpTransport()
    logins = {"editor": (wordpress.editor.login, wordpress.editor.app_password)}
    yield Site(transport, wordpress.base_url, logins, tmp_path, lambda: datetime.now(UTC))
    await transport.close()


async def test_what_the_composer_accepts_a_real_wordpress_accepts(site: Site, tmp_path: Path):
    """A title that is too long is its database's error, which says nothing for sure, and how heavy
    a file may be is its host's to say: only the others are sent."""
    posts, limits = await drawn("wordpress", tmp_path, 150)
    fitting = [one for one in posts if one.what != "weight" and said(one, limits, "wordpress")]
    api = await site.connected()

    for one in fitting:
        assert is_yes(await site.send(await site.prepared(site.step(api, one.content), api))), one.what

    assert len(fitting) > 30
