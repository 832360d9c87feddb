import json
from dataclasses import replace

import pytest

from tesselle.connectors.http.exchange import Exchange, Response
from tesselle.domain.content import Content
from tesselle.networks.linkedin.metrics import fields


async def counted(stage, post, **figures):
    stored = await stage.network.stored_post(post.id)
    await stage.network.save_post(replace(stored, figures=figures))


def answering(stage, path, answer, status=200):
    """LinkedIn says this there, and what it says elsewhere."""
    inner = stage.transport.exchange

    class Instead:
        async def exchange(self, request, gate=None):
            if path in request.url:
                return Exchange(True, Response(status, {}, json.dumps(answer).encode()))
            return await inner(request, gate)

    stage.transport = Instead()


def test_a_page_tells_clicks_and_a_member_does_not():
    assert fields(of_page=True)["clickCount"] == "clicks"
    assert sorted(fields(of_page=False)) == [
        "COMMENT",
        "IMPRESSION",
        "MEMBERS_REACHED",
        "REACTION",
        "RESHARE",
    ]


async def test_shares_and_films_are_asked_for_apart_and_come_together(stage):
    post = await stage.publish(Content(text="Tiles"))
    film = await stage.publish(Content(text="Film", media=(stage.film(),)))
    await counted(stage, post, impressions=90, reach=70, reactions=5, comments=2, shares=1, clicks=9)
    await counted(stage, film, impressions=7)

    told = await stage.plugin.connector.post_figures((post, film), stage.api())

    values = {one.remote_id: one.values for one in told}
    assert values[post.id] == {
        "impressions": 90,
        "reach": 70,
        "reactions": 5,
        "comments": 2,
        "shares": 1,
        "clicks": 9,
    }
    assert values[film.id]["impressions"] == 7


async def test_how_often_a_page_s_film_was_seen_is_told_of_films_only(stage):
    post = await stage.publish(Content(text="Tiles"))
    film = await stage.publish(Content(text="Film", media=(stage.film(),)))
    await counted(stage, film, impressions=7, video_views=4)

    told = await stage.plugin.connector.post_figures((post, film), stage.api())

    values = {one.remote_id: one.values for one in told}
    assert values[film.id]["video_views"] == 4
    assert "video_views" not in values[post.id]


@pytest.mark.parametrize(
    "answer",
    [
        {"elements": []},
        {"elements": [{"value": {"count": 4}, "statisticsType": "VIDEO_VIEW"}]},
        {"elements": [{"value": 3, "statisticsType": "TIME_WATCHED"}]},
        {"elements": [{"value": 3}, {"value": "soon"}]},
        {"views": 4},
    ],
)
async def test_an_answer_of_another_shape_says_nothing_and_the_other_figures_stay(stage, answer):
    film = await stage.publish(Content(text="Film", media=(stage.film(),)))
    await counted(stage, film, impressions=7, video_views=4)
    answering(stage, "/rest/videoAnalytics", answer)

    (told,) = await stage.plugin.connector.post_figures((film,), stage.api())

    assert "video_views" not in told.values and told.values["impressions"] == 7


async def test_a_film_s_views_that_are_not_told_leave_the_channel_well(stage):
    film = await stage.publish(Content(text="Film", media=(stage.film(),)))
    await counted(stage, film, impressions=7)
    answering(stage, "/rest/videoAnalytics", {"code": "ACCESS_DENIED", "message": "no"}, 403)

    (told,) = await stage.plugin.connector.post_figures((film,), stage.api())

    assert "video_views" not in told.values and told.values["impressions"] == 7


async def test_a_member_s_film_tells_its_plays(stage_for):
    member = await stage_for("member", scopes="r_basicprofile w_member_social r_member_postAnalytics")
    film = await member.publish(Content(text="Film", media=(member.film(),)))
    await counted(member, film, impressions=9, video_views=3)

    (told,) = await member.plugin.connector.post_figures((film,), member.api())

    assert told.values["video_views"] == 3


async def test_how_long_a_member_s_film_was_watched_is_told_in_seconds(stage_for):
    member = await stage_for("member", scopes="r_basicprofile w_member_social r_member_postAnalytics")
    film = await member.publish(Content(text="Film", media=(member.film(),)))
    await counted(member, film, watch_time=754)

    (told,) = await member.plugin.connector.post_figures((film,), member.api())

    assert told.values["watch_time"] == 754


async def test_a_page_s_watch_time_is_told_where_it_was_switched_on(stage, monkeypatch):
    film = await stage.publish(Content(text="Film", media=(stage.film(),)))
    await counted(stage, film, impressions=7, watch_time=754)
    (silent,) = await stage.plugin.connector.post_figures((film,), stage.api())
    monkeypatch.setenv("TESSELLE_LINKEDIN_PAGE_WATCH_TIME", "1")

    (told,) = await stage.plugin.connector.post_figures((film,), stage.api())

    assert "watch_time" not in silent.values and silent.values["video_views"] == 0
    assert told.values["watch_time"] == 754


async def test_a_post_without_any_activity_counts_nothing_and_one_that_is_gone_is_missing(stage):
    quiet, gone = [await stage.publish(Content(text=text)) for text in ("Tiles", "Grout")]
    await stage.network.remove_post(gone.id)

    (figures,) = await stage.plugin.connector.post_figures((quiet, gone), stage.api())

    assert figures.remote_id == quiet.id
    assert set(figures.values.values()) == {0}


async def test_more_posts_than_one_call_takes(stage):
    posts = [await stage.publish(Content(text=f"Tile {number}")) for number in range(45)]
    for post in posts:
        await counted(stage, post, impressions=1)

    figures = await stage.plugin.connector.post_figures(posts, stage.api())

    assert len(figures) == 45


async def test_the_page_tells_its_followers(stage):
    page = await stage.network.account(stage.account.remote_id)
    await stage.network.add_account(replace(page, followers=412))

    figures = await stage.plugin.connector.channel_figures(stage.api())

    assert figures.values == {"followers": 412}


async def test_a_member_with_the_right_for_it_is_told_figures_one_by_one(stage_for):
    scopes = "r_basicprofile w_member_social r_member_postAnalytics"
    member = await stage_for("member", scopes=scopes)
    post, gone = [await member.publish(Content(text=text)) for text in ("Tiles", "Grout")]
    await counted(member, post, impressions=90, reach=70, reactions=5)
    await member.network.remove_post(gone.id)

    (figures,) = await member.plugin.connector.post_figures((post, gone), member.api())

    assert figures.values == {"impressions": 90, "reach": 70, "reactions": 5, "comments": 0, "shares": 0}
