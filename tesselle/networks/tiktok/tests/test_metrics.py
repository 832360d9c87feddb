from dataclasses import replace

from tesselle.domain.content import Content
from tesselle.domain.verdicts import Remote
from tesselle.networks.tiktok.metrics import of_channel, of_post


def test_what_is_not_told_is_not_zero():
    assert of_post({"like_count": 3, "view_count": None}) == {"reactions": 3}
    assert of_channel({"follower_count": 7}) == {"followers": 7}


async def test_a_public_post_tells_its_figures_once_its_number_is_known(stage):
    remote = await stage.publish(Content(media=(stage.film(),), options=stage.options))
    presence = await stage.verify(remote)
    (made,) = await stage.network.truth()
    figures = {"reactions": 4, "impressions": 90, "comments": 3, "shares": 2}
    await stage.network.save_post(replace(made, figures=figures))

    early = await stage.plugin.connector.post_figures((remote,), stage.api())
    (told,) = await stage.plugin.connector.post_figures((presence.remote,), stage.api())

    assert early == ()
    assert told.remote_id == remote.id
    assert told.values == {"reactions": 4, "video_views": 90, "comments": 3, "shares": 2}


async def test_more_posts_than_one_call_takes_are_asked_for_in_several(stage):
    remotes = []
    for _number in range(23):
        remote = await stage.publish(Content(media=(stage.film(),), options=stage.options))
        remotes.append((await stage.verify(remote)).remote)

    told = await stage.plugin.connector.post_figures((*remotes, Remote("7")), stage.api())

    assert {one.remote_id for one in told} == {one.id for one in remotes}


async def test_the_account_tells_followers_and_posts(stage):
    await stage.publish(Content(media=(stage.film(),), options=stage.options))

    figures = await stage.plugin.connector.channel_figures(stage.api())

    assert figures.values == {"followers": 0, "posts": 1}
