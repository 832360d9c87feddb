from dataclasses import replace

from tesselle.domain.content import Content
from tesselle.networks.threads.metrics import OF_CHANNEL, OF_POST, of_channel, of_post
from tesselle.networks.threads.sandbox.posts import FIGURES, OWN_FIGURES


def test_what_is_not_told_is_not_zero():
    assert of_post([{"name": "likes", "values": [{}]}, {"name": "strange", "values": [{"value": 1}]}]) == {}
    assert of_post([{"name": "quotes", "values": [{"value": 2}]}]) == {"shares": 2}


def test_both_shapes_are_read():
    days = [{"value": 3, "end_time": "2026-11-22"}, {"value": 5, "end_time": "2026-11-23"}]

    assert of_channel([{"name": "followers_count", "total_value": {"value": 12}}]) == {"followers": 12}
    assert of_channel([{"name": "followers_count", "values": days}]) == {"followers": 5}


def test_only_metrics_that_are_there_are_asked_for():
    assert set(OF_POST) <= set(FIGURES)
    assert set(OF_CHANNEL) <= OWN_FIGURES


async def test_reposts_quotes_and_what_was_sent_on_are_shares(stage):
    remote = await stage.publish(Content(text="Tiles"))
    post = await stage.network.stored_post(remote.id)
    figures = {
        "reactions": 4,
        "impressions": 90,
        "comments": 3,
        "shares": 1,
        "quotes": 2,
        "sent_on": 5,
    }
    await stage.network.save_post(replace(post, figures=figures))

    (told,) = await stage.plugin.connector.post_figures((remote,), stage.api())

    assert told.values == {"reactions": 4, "impressions": 90, "comments": 3, "shares": 8}


async def test_the_profile_tells_its_followers(stage):
    account = await stage.network.account(stage.account.remote_id)
    await stage.network.add_account(replace(account, followers=310))

    assert (await stage.plugin.connector.channel_figures(stage.api())).values == {"followers": 310}
