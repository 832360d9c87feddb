"""Reactions are told by the message; nothing of the channel is."""

from dataclasses import replace

from tesselle.domain.content import Content
from tesselle.domain.metrics import Metric
from tesselle.networks.discord.metrics import METRICS


async def test_reactions_are_added_up_and_missing_is_not_zero(stage):
    liked, plain = await stage.publish(Content(text="Un")), await stage.publish(Content(text="Deux"))
    post = await stage.network.stored_post(liked.id)
    await stage.network.save_post(replace(post, figures={"reactions": 12}))

    first, second = await stage.plugin.connector.post_figures((liked, plain), stage.api())

    assert first.values == {"reactions": 12}
    assert second.values == {}


async def test_a_message_that_is_gone_is_missing_from_the_answer(stage):
    remote = await stage.publish(Content(text="Un"))
    await stage.network.remove_post(remote.id)

    assert await stage.plugin.connector.post_figures((remote,), stage.api()) == ()


async def test_nothing_is_claimed_of_the_channel(stage):
    figures = await stage.plugin.connector.channel_figures(stage.api())

    assert figures.values == {}
    assert set(METRICS) == {Metric.REACTIONS}
