from dataclasses import replace

from tesselle.domain.content import Content
from tesselle.domain.metrics import Scope
from tesselle.networks.mastodon.metrics import counted


def test_quotes_count_as_shares_where_the_server_counts_them():
    status = {"favourites_count": 3, "replies_count": 0, "reblogs_count": 2, "quotes_count": 1}

    assert counted(status, Scope.POST) == {"reactions": 3, "comments": 0, "shares": 3}


def test_what_is_not_told_is_not_zero():
    assert counted({"favourites_count": 3, "reblogs_count": None}, Scope.POST) == {"reactions": 3}


async def test_figures_of_many_posts_come_in_batches_and_gone_ones_are_missing(stage):
    remotes = [await stage.publish(Content(text=f"Tile {number}")) for number in range(23)]
    await stage.network.remove_post(remotes[3].id)
    seen = await stage.network.stored_post(remotes[0].id)
    await stage.network.save_post(replace(seen, figures={"reactions": 7, "shares": 2}))

    figures = await stage.plugin.connector.post_figures(remotes, stage.api())

    assert len(figures) == 22
    assert figures[0].values == {"reactions": 7, "comments": 0, "shares": 2}


async def test_a_server_without_batches_is_asked_one_by_one(stage_on):
    stage = await stage_on("gotosocial")
    kept, gone = [await stage.publish(Content(text=text)) for text in ("Tiles", "Grout")]
    await stage.network.remove_post(gone.id)

    figures = await stage.plugin.connector.post_figures((kept, gone), stage.api())

    assert [one.remote_id for one in figures] == [kept.id]


async def test_the_channel_tells_followers_and_posts(stage):
    await stage.publish(Content(text="Tiles"))
    account = await stage.network.account(stage.account.remote_id)
    await stage.network.add_account(replace(account, followers=120))

    figures = await stage.plugin.connector.channel_figures(stage.api())

    assert figures.values == {"followers": 120, "posts": 1}
