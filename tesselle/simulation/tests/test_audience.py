"""The audience is the same however often, whenever and in whatever order it is looked at."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from tesselle.simulation.audience import Audience
from tesselle.simulation.network import SimAccount, SimPost, SimulatedNetwork
from tesselle.simulation.shelf import MemoryShelf

START = datetime(2027, 3, 1, 9, tzinfo=UTC)
POSTS = [SimPost(f"p{number}", "1", "Mosaïque", START, START) for number in range(60)]
AGES = [timedelta(hours=hours) for hours in (0, 0.5, 3, 24, 24 * 7, 24 * 60)]


def test_figures_depend_on_nothing_but_seed_network_post_and_age():
    forwards = [Audience("any", "a")(post, START + age) for post in POSTS for age in AGES]
    backwards = [Audience("any", "a")(post, START + age) for post in POSTS[::-1] for age in AGES[::-1]]

    assert forwards == backwards[::-1]
    assert forwards != [Audience("any", "b")(post, START + age) for post in POSTS for age in AGES]


def test_counts_begin_at_nothing_and_never_shrink():
    audience = Audience("any", "a")
    for post in POSTS:
        told = [audience(post, START + age) for age in AGES]
        assert set(told[0].figures.values()) == {0}
        for younger, older in itertools.pairwise(told):
            assert all(older.figures[name] >= count for name, count in younger.figures.items())
            assert older.comments[: len(younger.comments)] == younger.comments


def test_half_of_the_reach_has_come_after_the_half_life_and_some_posts_do_far_better():
    audience = Audience("any", "a")
    ever = [audience(post, START + timedelta(days=900)).figures["reach"] for post in POSTS]
    half = [audience(post, START + timedelta(hours=6)).figures["reach"] for post in POSTS]

    assert all(abs(early - late / 2) <= 1 + late * 0.01 for early, late in zip(half, ever, strict=True))
    assert max(ever) > 3 * sorted(ever)[len(ever) // 2]


def test_every_counted_comment_can_be_read_and_lies_in_the_past():
    audience, now = Audience("any", "a"), START + timedelta(days=3)
    told = [audience(post, now) for post in POSTS]

    assert [len(one.comments) for one in told] == [one.figures["comments"] for one in told]
    assert any(one.comments for one in told)
    assert all(START <= comment.created_at <= now for one in told for comment in one.comments)


@pytest.mark.parametrize("more", [{"draft": True}, {"removed": True}, {"parent_id": "p1"}])
def test_nobody_reacts_to_what_is_no_public_post(more):
    post = SimPost("x", "1", "Brouillon", START, START, **more)

    assert Audience("any", "a")(post, START + timedelta(days=30)).figures == {}


async def test_a_network_shows_the_audience_to_readers_and_keeps_it_out_of_the_truth():
    now = START + timedelta(days=9)
    network = SimulatedNetwork("any", MemoryShelf(), lambda: now, Audience("any", "a"))
    await network.add_account(SimAccount("1", "carreaux", "Carreaux"))
    for post in POSTS:
        await network.add_post(post)
    read = [post for post in await network.posts("1") if post.figures["comments"]]
    comments = await network.replies_to(read[0].id)

    assert len(comments) == read[0].figures["comments"]
    assert await network.post(comments[0].id) == comments[0]
    assert await network.account(comments[0].account_id) is not None
    assert comments[0] in await network.posts()
    assert len(await network.truth()) == len(POSTS)
    assert await network.remove_post(comments[0].id)
    assert comments[0].id not in [one.id for one in await network.replies_to(read[0].id)]
