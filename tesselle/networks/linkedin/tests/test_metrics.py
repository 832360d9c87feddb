from dataclasses import replace

from tesselle.domain.content import Content
from tesselle.networks.linkedin.metrics import fields


async def counted(stage, post, **figures):
    stored = await stage.network.stored_post(post.id)
    await stage.network.save_post(replace(stored, figures=figures))


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
