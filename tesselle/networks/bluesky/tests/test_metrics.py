"""Counters in our terms; what is not told is not zero."""

from dataclasses import replace

from tesselle.connectors.tests.stage import Stage
from tesselle.domain.content import Content
from tesselle.domain.metrics import Scope
from tesselle.networks.bluesky.figures import counted


def test_reposts_and_quotes_are_shares():
    view = {"likeCount": 7, "repostCount": 2, "quoteCount": 3, "replyCount": 0, "bookmarkCount": 1}

    assert counted(view, Scope.POST) == {"reactions": 7, "shares": 5, "comments": 0, "saves": 1}


def test_a_counter_that_is_not_told_is_left_out():
    assert counted({"likeCount": 7}, Scope.POST) == {"reactions": 7}
    assert counted({}, Scope.CHANNEL) == {}


async def test_figures_come_back_for_the_posts_that_are_still_there(stage: Stage):
    kept = await stage.publish(Content(text="Reste"))
    gone = await stage.publish(Content(text="Part"))
    post = await stage.network.stored_post(kept.id)
    assert post is not None
    await stage.network.save_post(replace(post, figures={"reactions": 4, "shares": 2, "saves": 1}))
    await stage.network.remove_post(gone.id)

    (figures,) = await stage.plugin.connector.post_figures((kept, gone), stage.api())

    assert figures.remote_id == kept.id
    assert figures.values == {"reactions": 4, "shares": 2, "saves": 1, "comments": 0}


async def test_sixty_posts_are_asked_in_three_calls_of_at_most_25(stage: Stage):
    remotes = [await stage.publish(Content(text=f"{number}")) for number in range(60)]

    figures = await stage.plugin.connector.post_figures(remotes, stage.api())

    assert {one.remote_id for one in figures} == {remote.id for remote in remotes}


async def test_a_channel_tells_followers_and_posts(stage: Stage):
    await stage.publish(Content(text="Un"))

    figures = await stage.plugin.connector.channel_figures(stage.api())

    assert figures.values == {"followers": 0, "posts": 1}


async def test_without_an_appview_figures_are_missing_and_posting_goes_on(stage: Stage):
    stage.network.flags.add("appview_down")

    remote = await stage.publish(Content(text="Quand même"))

    assert await stage.plugin.connector.post_figures((remote,), stage.api()) == ()
    assert (await stage.plugin.connector.channel_figures(stage.api())).values == {}
