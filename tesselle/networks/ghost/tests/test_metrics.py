"""Members and posts are counted; what Ghost does not tell is missing."""

from dataclasses import replace

from tesselle.connectors.tests.stage import Stage
from tesselle.domain.content import Content
from tesselle.domain.metrics import Metric
from tesselle.networks.ghost.metrics import METRICS
from tesselle.networks.ghost.reading import _clicks


async def test_members_are_a_sites_followers(stage: Stage):
    account = await stage.network.account(stage.opened.id)
    assert account is not None
    await stage.network.add_account(replace(account, followers=37))
    await stage.publish(Content(text="Carreaux"))

    figures = await stage.plugin.connector.channel_figures(stage.api())

    assert figures.values == {"followers": 37, "posts": 1}


def test_clicks_are_told_only_of_what_was_sent_as_a_newsletter():
    assert _clicks({"email": {"id": "1"}, "count": {"clicks": 4}}) == {"clicks": 4}
    assert _clicks({"email": None, "count": {"clicks": 0}}) == {}
    assert _clicks({"email": {"id": "1"}}) == {}


def test_nothing_is_claimed_that_ghost_does_not_count():
    assert set(METRICS) == {Metric.CLICKS, Metric.FOLLOWERS, Metric.POSTS}
