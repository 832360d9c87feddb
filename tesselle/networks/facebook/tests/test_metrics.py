from dataclasses import replace

import pytest

from tesselle.connectors.tests.stage import Stage
from tesselle.domain.content import Content
from tesselle.domain.verdicts import Remote
from tesselle.networks.facebook.metrics import counted, insight
from tesselle.networks.facebook.reading import _post_showing


async def give(stage: Stage, post_id: str, **figures: int) -> None:
    post = await stage.network.stored_post(post_id)
    assert post is not None
    await stage.network.save_post(replace(post, figures=figures))


def test_shares_that_are_not_told_are_none_but_only_beside_other_figures():
    assert counted({"reactions": {"summary": {"total_count": 3}}}) == {"reactions": 3, "shares": 0}
    assert counted({}) == {}


def test_a_breakdown_is_no_number():
    assert insight({"name": "post_clicks", "values": [{"value": {"link": 2}}]}) == {}
    assert insight({"name": "never_heard_of", "values": [{"value": 2}]}) == {}


async def test_a_post_tells_reactions_shares_and_how_many_saw_it(stage):
    remote = await stage.publish(Content(text="Tiles"))
    await give(stage, remote.id, reactions=7, shares=2, reach=100, impressions=140, clicks=5)

    (figures,) = await stage.plugin.connector.post_figures((remote,), stage.api())

    assert figures.values == {
        "reactions": 7,
        "comments": 0,
        "shares": 2,
        "impressions": 140,
        "reach": 100,
        "clicks": 5,
        "video_views": 0,
    }


async def test_one_insight_that_is_gone_does_not_hide_the_others(stage, monkeypatch):
    from tesselle.networks.facebook.sandbox import nodes

    monkeypatch.delitem(nodes.INSIGHTS, "post_clicks")
    remote = await stage.publish(Content(text="Tiles"))
    await give(stage, remote.id, impressions=140)

    (figures,) = await stage.plugin.connector.post_figures((remote,), stage.api())

    assert figures.values["impressions"] == 140
    assert "clicks" not in figures.values


async def test_without_the_right_to_insights_the_rest_is_told(stage):
    remote = await stage.publish(Content(text="Tiles"))
    token = stage.account.credentials["access_token"]
    kept = await stage.network.kept("tokens", token)
    scopes = kept["scopes"].replace("read_insights", "")
    await stage.network.keep("tokens", token, {**kept, "scopes": scopes})

    (figures,) = await stage.plugin.connector.post_figures((remote,), stage.api())

    assert figures.values == {"reactions": 0, "comments": 0, "shares": 0}


async def test_what_is_gone_is_missing_from_the_answer(stage):
    kept, gone = [await stage.publish(Content(text=text)) for text in ("Tiles", "Grout")]
    await stage.network.remove_post(gone.id)

    figures = await stage.plugin.connector.post_figures((kept, gone), stage.api())

    assert [one.remote_id for one in figures] == [kept.id]


async def test_the_page_tells_its_followers(stage):
    account = await stage.network.account(stage.account.remote_id)
    await stage.network.add_account(replace(account, followers=120))

    figures = await stage.plugin.connector.channel_figures(stage.api())

    assert figures.values == {"followers": 120}


async def film_with(stage: Stage, options: dict[str, str], **figures: int) -> Remote:
    remote = await stage.publish(Content(text="Laying", media=(stage.film(),), options=options))
    film = await stage.network.kept("videos", remote.id)
    await give(stage, film["post"], **figures)
    stage.clock.forward(60)  # Facebook has worked on it
    return remote


@pytest.mark.parametrize("options", [{}, {"format": "reel"}])
async def test_how_long_a_film_was_watched_is_told_in_seconds_beside_who_saw_it(stage, options):
    remote = await film_with(stage, options, impressions=140, reach=100, video_views=33, watch_time=754)

    (told,) = await stage.plugin.connector.post_figures((remote,), stage.api())

    assert told.values["watch_time"] == 754
    assert (told.values["video_views"], told.values["reach"]) == (33, 100)


def test_milliseconds_are_no_seconds():
    assert insight({"name": "post_video_view_time", "values": [{"value": 1999}]}) == {"watch_time": 1}


@pytest.mark.parametrize(("told", "asked"), [("123", "{page}_123"), ("9_123", "9_123"), ("", "")])
async def test_insights_are_asked_of_the_post_that_shows_a_film(stage, told, asked):
    """Its number comes with or without the Page's before it."""
    page = stage.account.remote_id

    assert _post_showing({"post_id": told}, stage.api()) == asked.format(page=page)
