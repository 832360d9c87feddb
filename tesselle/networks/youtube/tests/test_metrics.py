from dataclasses import replace
from datetime import timedelta

from tesselle.connectors.tests.contract import content_for
from tesselle.networks.youtube.metrics import of_channel, of_report


def test_a_report_is_read_by_its_columns_and_a_film_without_a_row_is_told_nothing():
    report = {
        "columnHeaders": [{"name": "video"}, {"name": "videosAddedToPlaylists"}, {"name": "shares"}],
        "rows": [["film0000001", 4, 2]],
    }

    assert of_report(report) == {"film0000001": {"saves": 4, "shares": 2}}
    assert of_report({"columnHeaders": []}) == {}


def test_hidden_subscribers_are_not_told():
    statistics = {"subscriberCount": "120", "videoCount": "3"}

    assert of_channel(statistics) == {"followers": 120, "posts": 3}
    assert of_channel({**statistics, "hiddenSubscriberCount": True}) == {"posts": 3}


async def _seen(stage, remote, **figures: int) -> None:
    post = await stage.network.stored_post(remote.id)
    await stage.network.save_post(replace(post, figures=figures))


async def test_figures_come_at_once_and_those_of_analytics_days_later(stage):
    kept, gone = [await stage.publish(content_for(stage, text)) for text in ("Sol", "Mur")]
    await _seen(stage, kept, video_views=90, reactions=7, comments=1, shares=3, saves=2, watch_time=754)
    await stage.network.remove_post(gone.id)

    (early,) = await stage.plugin.connector.post_figures((kept, gone), stage.api())
    stage.clock.forward(timedelta(days=3).total_seconds())
    (later,) = await stage.plugin.connector.post_figures((kept, gone), stage.api())

    assert early.remote_id == kept.id
    assert early.values == {"video_views": 90, "reactions": 7, "comments": 1}
    assert later.values == {**early.values, "shares": 3, "saves": 2, "watch_time": 12 * 60}


async def test_without_the_right_to_analytics_the_rest_is_told_all_the_same(stage):
    remote = await stage.publish(content_for(stage, "Sol"))
    narrow = {**stage.account.credentials, "scope": "https://www.googleapis.com/auth/youtube.readonly"}

    (figures,) = await stage.plugin.connector.post_figures(
        (remote,), stage.api(replace(stage.account, credentials=narrow))
    )

    assert figures.values["video_views"] == 0
    assert "shares" not in figures.values


async def test_more_films_than_a_call_takes_are_all_asked_for(stage):
    remotes = [await stage.publish(content_for(stage, f"Sol {number}")) for number in range(53)]

    figures = await stage.plugin.connector.post_figures(remotes, stage.api())

    assert [one.remote_id for one in figures] == [one.id for one in remotes]


async def test_the_channel_tells_subscribers_and_public_films(stage):
    await stage.publish(content_for(stage, "Sol"))
    account = await stage.network.account(stage.account.remote_id)
    await stage.network.add_account(replace(account, followers=120))

    figures = await stage.plugin.connector.channel_figures(stage.api())

    assert figures.values == {"followers": 120, "posts": 1}
