from dataclasses import replace

import pytest

from tesselle.connectors.tests.stage import Stage
from tesselle.domain.content import Content
from tesselle.domain.verdicts import Remote
from tesselle.networks.instagram.metrics import INSIGHTS, asked_of, insights, of_post
from tesselle.networks.instagram.sandbox.media import METRICS as KNOWN


def test_what_is_not_told_is_not_zero():
    assert of_post({"like_count": 3, "comments_count": None}) == {"reactions": 3}
    assert insights([{"name": "reach", "values": [{}]}, {"name": "strange", "values": [{"value": 1}]}]) == {}


def test_only_metrics_that_fit_are_asked_for():
    assert all(set(names) <= KNOWN[product] for product in INSIGHTS for names in asked_of(product))


def content(stage: Stage, format: str) -> Content:
    media = stage.film() if format == "reel" else stage.image()
    text = "" if format == "story" else "Tiles"
    return Content(text=text, media=(media,), options={"format": format} if format else {})


@pytest.mark.parametrize(
    ("format", "expected"),
    [
        ("", {"reactions", "comments", "impressions", "reach", "shares", "saves"}),
        ("reel", {"reactions", "comments", "impressions", "reach", "shares", "saves", "watch_time"}),
        ("story", {"reactions", "comments", "impressions", "reach", "shares"}),
    ],
)
async def test_each_kind_of_post_tells_its_own_figures(stage, format, expected):
    remote = await stage.publish(content(stage, format))
    post = await stage.network.stored_post(remote.id)
    figures = {"reactions": 4, "impressions": 90, "reach": 60, "saves": 2, "shares": 1}
    await stage.network.save_post(replace(post, figures=figures))

    (told,) = await stage.plugin.connector.post_figures((remote,), stage.api())

    assert set(told.values) == expected
    assert told.values["impressions"] == 90


async def test_the_account_tells_followers_and_posts(stage):
    await stage.publish(content(stage, ""))

    figures = await stage.plugin.connector.channel_figures(stage.api())

    assert figures.values == {"followers": 0, "posts": 1}


async def reel_with(stage: Stage, **figures: int) -> Remote:
    remote = await stage.publish(content(stage, "reel"))
    post = await stage.network.stored_post(remote.id)
    assert post is not None
    await stage.network.save_post(replace(post, figures=figures))
    return remote


async def test_how_long_a_reel_was_watched_is_told_in_seconds(stage):
    remote = await reel_with(stage, watch_time=754)

    (told,) = await stage.plugin.connector.post_figures((remote,), stage.api())

    assert told.values["watch_time"] == 754


def test_milliseconds_are_no_seconds():
    row = {"name": "ig_reels_video_view_total_time", "values": [{"value": 1999}]}

    assert insights([row]) == {"watch_time": 1}


async def test_a_reel_whose_watch_time_is_refused_still_tells_the_rest(stage, monkeypatch):
    remote = await reel_with(stage, impressions=90, watch_time=754)
    monkeypatch.setitem(KNOWN, "REELS", KNOWN["REELS"] - {"ig_reels_video_view_total_time"})

    (told,) = await stage.plugin.connector.post_figures((remote,), stage.api())

    assert told.values["impressions"] == 90 and "watch_time" not in told.values
