from dataclasses import replace

from tesselle.domain.content import Content
from tesselle.domain.metrics import Scope
from tesselle.networks.x.metrics import counted


async def seen(stage, remote, **figures):
    post = await stage.network.stored_post(remote.id)
    await stage.network.save_post(replace(post, figures=figures))


def test_both_vocabularies_are_read():
    old = {"public_metrics": {"like_count": 3, "retweet_count": 2, "quote_count": 1}}
    new = {"public_metrics": {"like_count": 3, "repost_count": 2, "quote_count": 1}}

    assert counted(old, Scope.POST) == counted(new, Scope.POST) == {"reactions": 3, "shares": 3}


def test_what_is_not_told_is_not_zero():
    assert counted({"public_metrics": {"like_count": None}}, Scope.POST) == {}


async def test_one_old_post_does_not_cost_the_others_their_clicks(stage):
    old = await stage.publish(Content(text="Long ago"))
    await seen(stage, old, reactions=1, clicks=9)
    stage.clock.forward(40 * 86_400)
    young = await stage.publish(Content(text="Today"))
    await seen(stage, young, reactions=7, clicks=4, impressions=120, saves=2)

    figures = {
        one.remote_id: one.values
        for one in await stage.plugin.connector.post_figures((old, young), stage.api())
    }

    assert figures[young.id] == {
        "impressions": 120,
        "reactions": 7,
        "comments": 0,
        "shares": 0,
        "saves": 2,
        "clicks": 4,
    }
    assert "clicks" not in figures[old.id]


async def test_a_film_tells_its_views_and_a_gone_post_nothing(stage):
    film = await stage.publish(Content(text="Laying", media=(stage.film(),)))
    gone = await stage.publish(Content(text="Gone"))
    await stage.network.remove_post(gone.id)
    await seen(stage, film, video_views=33)

    figures = await stage.plugin.connector.post_figures((film, gone), stage.api())

    assert [one.remote_id for one in figures] == [film.id]
    assert figures[0].values["video_views"] == 33


async def test_many_posts_are_asked_for_a_hundred_at_a_time(stage):
    remotes = [await stage.publish(Content(text=f"Tile {number}")) for number in range(103)]

    assert len(await stage.plugin.connector.post_figures(remotes, stage.api())) == 103


async def test_the_channel_tells_followers_and_posts(stage):
    await stage.publish(Content(text="Tiles"))
    account = await stage.network.account(stage.account.remote_id)
    await stage.network.add_account(replace(account, followers=120))

    figures = await stage.plugin.connector.channel_figures(stage.api())

    assert figures.values == {"followers": 120, "posts": 1}
