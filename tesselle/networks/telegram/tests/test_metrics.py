"""Figures, comments and answers, as far as a bot is told of them."""

from dataclasses import replace

import pytest

from tesselle.connectors.tests.stage import Stage
from tesselle.domain.content import Content
from tesselle.domain.errors import RejectedError
from tesselle.domain.metrics import Metric
from tesselle.domain.verdicts import Accepted, Remote
from tesselle.networks.telegram.metrics import METRICS

WORDS = Content(text="Nouvelle collection")


async def say(stage: Stage, post_id: str, text: str, comment_id: str = "c1", author: str = "Bob") -> None:
    comment = stage.network.new_post(comment_id, "reader", text, parent_id=post_id, data={"author": author})
    await stage.network.add_post(comment)


async def react(stage: Stage, post_id: str, count: int) -> None:
    post = await stage.network.stored_post(post_id)
    assert post is not None
    await stage.network.save_post(replace(post, figures={"reactions": count}))


async def figures(stage: Stage, *remotes: Remote) -> list[dict[str, int]]:
    told = await stage.plugin.connector.post_figures(remotes, stage.api())
    return [dict(one.values) for one in told]


async def test_subscribers_are_counted(stage):
    account = await stage.network.account(stage.account.remote_id)
    await stage.network.add_account(replace(account, followers=412))

    told = await stage.plugin.connector.channel_figures(stage.api())

    assert told.values == {Metric.FOLLOWERS: 412}


async def test_reactions_are_missing_until_telegram_tells_of_them(stage):
    remote = await stage.publish(WORDS)
    before = await figures(stage, remote)

    await react(stage, remote.id, 3)
    await figures(stage, remote)
    await react(stage, remote.id, 5)

    assert before == [{Metric.COMMENTS: 0}]
    assert await figures(stage, remote) == [{Metric.REACTIONS: 5, Metric.COMMENTS: 0}]


async def test_comments_are_counted_only_while_all_of_them_can_be_seen(stage):
    remote = await stage.publish(WORDS)
    await say(stage, remote.id, "Bravo")
    counted = await figures(stage, remote)

    stage.clock.forward(25 * 3600)

    assert counted == [{Metric.COMMENTS: 1}]
    assert await figures(stage, remote) == [{}]


async def test_without_a_group_reactions_are_told_and_comments_are_not(quiet):
    remote = await quiet.publish(WORDS)
    await react(quiet, remote.id, 2)

    assert await figures(quiet, remote) == [{Metric.REACTIONS: 2}]


async def test_where_another_program_reads_the_bot_nothing_is_told(stage):
    remote = await stage.publish(WORDS)
    stage.account = replace(stage.account, facts={**stage.account.facts, "updates": False})

    assert await figures(stage, remote) == [{}]


async def test_comments_under_a_post_are_read(stage):
    remote = await stage.publish(WORDS)
    other = await stage.publish(Content(text="Autre chose"))
    await say(stage, remote.id, "Quel prix ?", "c1")
    await say(stage, other.id, "Joli", "c2")
    await say(stage, "c1", "Moi aussi", "c3", author="Chloé")

    first, second = await stage.plugin.connector.replies(remote, stage.api())

    assert (first.author, first.text, first.parent_id, first.mine) == ("Bob", "Quel prix ?", remote.id, False)
    assert (second.text, second.parent_id) == ("Moi aussi", first.remote.id)
    assert first.posted_at == stage.clock.now


async def test_without_a_group_there_are_no_comments(quiet):
    assert await quiet.plugin.connector.replies(await quiet.publish(WORDS), quiet.api()) == ()


async def test_a_comment_is_answered_in_the_group(stage):
    remote = await stage.publish(WORDS)
    await say(stage, remote.id, "Quel prix ?")
    (reply,) = await stage.plugin.connector.replies(remote, stage.api())

    verdict = await stage.send(
        await stage.prepared(stage.step(Content(text="Dès 45 francs"), "answer", target=reply.remote))
    )

    assert isinstance(verdict, Accepted)
    assert verdict.remote.id.startswith(f"{stage.account.facts['discussion_id']}/")
    (answer,) = [post for post in await stage.network.truth() if post.text == "Dès 45 francs"]
    assert answer.parent_id == "c1"


async def test_a_first_comment_goes_under_the_copy_of_the_post(stage):
    remote = await stage.publish(WORDS)

    await stage.send(await stage.prepared(stage.step(Content(text="Le lien"), "answer", target=remote)))

    (answer,) = [post for post in await stage.network.truth() if post.text == "Le lien"]
    assert answer.parent_id == remote.id


async def test_a_first_comment_needs_a_group(quiet):
    remote = await quiet.publish(WORDS)

    with pytest.raises(RejectedError):
        await quiet.prepared(quiet.step(Content(text="Le lien"), "answer", target=remote))


def test_every_metric_says_where_it_comes_from():
    assert set(METRICS) == {Metric.FOLLOWERS, Metric.REACTIONS, Metric.COMMENTS}
    assert all(source.field for source in METRICS.values())
