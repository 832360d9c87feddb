"""Comments and posts are counted; what core does not count is missing."""

from dataclasses import replace

from tesselle.connectors.tests.stage import Stage
from tesselle.domain.content import Content
from tesselle.domain.metrics import Metric
from tesselle.networks.wordpress.metrics import METRICS


async def test_an_audience_that_only_counts_is_seen_in_the_total(stage: Stage):
    remote = await stage.publish(Content(text="Carreaux"))
    post = await stage.network.stored_post(remote.id)
    assert post is not None
    await stage.network.save_post(replace(post, figures={"comments": 12, "reactions": 40}))

    (figures,) = await stage.plugin.connector.post_figures((remote,), stage.api())

    assert figures.values == {"comments": 12}


async def test_an_audiences_words_are_read_and_can_be_answered(stage: Stage):
    remote = await stage.publish(Content(text="Carreaux"))
    await stage.network.add_post(
        stage.network.new_post("reader-7", "reader", "Très <beau> & net", parent_id=remote.id)
    )

    (reply,) = await stage.plugin.connector.replies(remote, stage.api())
    call = await stage.prepared(stage.step(Content(text="Merci"), "answer", target=reply.remote))
    await stage.send(call)

    assert (reply.text, reply.mine, reply.parent_id) == ("Très <beau> & net", False, "")
    answer = (await stage.plugin.connector.replies(remote, stage.api()))[1]
    assert (answer.text, answer.parent_id) == ("Merci", reply.remote.id)


def test_nothing_is_claimed_that_core_does_not_count():
    assert set(METRICS) == {Metric.COMMENTS, Metric.POSTS}
