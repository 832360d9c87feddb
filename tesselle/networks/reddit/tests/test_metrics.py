from dataclasses import replace

from tesselle.connectors.tests.contract import content_for
from tesselle.domain.verdicts import Remote


async def test_votes_comments_and_crossposts_are_told_and_views_are_not(stage):
    kept, gone = [await stage.publish(content_for(stage, text)) for text in ("Sol", "Mur")]
    await stage.network.remove_post(gone.id)
    post = await stage.network.stored_post(kept.id)
    await stage.network.save_post(replace(post, figures={"reactions": 11, "comments": 3, "shares": 2}))

    (figures,) = await stage.plugin.connector.post_figures((kept, gone, Remote("pending:a1")), stage.api())

    assert figures.remote_id == kept.id
    assert figures.values == {"reactions": 12, "comments": 3, "shares": 2}


async def test_the_profile_tells_its_followers(stage):
    account = await stage.network.account(stage.account.remote_id)
    await stage.network.add_account(replace(account, followers=42))

    assert (await stage.plugin.connector.channel_figures(stage.api())).values == {"followers": 42}


async def test_more_votes_down_than_up_count_as_none(stage):
    remote = await stage.publish(content_for(stage, "Sol"))
    post = await stage.network.stored_post(remote.id)
    await stage.network.save_post(replace(post, figures={"reactions": -5}))

    (figures,) = await stage.plugin.connector.post_figures((remote,), stage.api())

    assert figures.values["reactions"] == 0
