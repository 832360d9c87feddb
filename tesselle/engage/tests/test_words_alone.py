"""An answer is words alone: what a post of that network needs besides is not asked of it."""

import pytest
from asgiref.sync import async_to_sync

from tesselle.connectors.card import Ability, Discussed
from tesselle.domain.checks import check, is_plannable
from tesselle.domain.content import Content
from tesselle.domain.errors import RuleError
from tesselle.engage import services
from tesselle.engage.places import below, kinds_of
from tesselle.networks import card, plugin, slugs
from tesselle.publish.tests.conftest import stage as stage  # the practice world
from tesselle.publish.tests.stage import PublishStage

DISCUSSING = [slug for slug in slugs() if Ability.DISCUSS in card(slug).abilities]


@pytest.mark.parametrize("slug", DISCUSSING)
def test_no_network_asks_for_more_than_words(stage: PublishStage, slug: str):
    channel = stage.channel(slug)
    limits = plugin(slug).connector.limits(channel.account())

    assert kinds_of(channel)
    assert is_plannable(check(Content(text="Merci."), limits.of_an_answer()))
    assert not is_plannable(check(Content(text=""), limits.of_an_answer()))


def test_where_a_post_needs_a_title_a_comment_is_answered_without_one(stage: PublishStage):
    post = stage.planned("Sans colle ?", stage.channel("reddit"), title="Poser sans colle")
    live = stage.run_until_state(post, "live")
    network = stage.sim("reddit").network
    (out,) = async_to_sync(network.truth)()
    ana = async_to_sync(plugin("reddit").sandbox.open_account)(
        network, "https://reddit.example", "ana", "Ana"
    )
    comment = network.new_post("t1_zz1", ana.id, "Quel prix ?", parent_id=out.id, data={"link": out.id})
    async_to_sync(network.add_post)(comment)
    place = below(live)
    assert place is not None and place.kind is Discussed.COMMENTS
    (said,) = services.read_replies(place)

    answer = services.answer(place, to=said.reply.remote, text="120 francs le m².", by=None)

    assert stage.run_until_state(answer, "live", "sent", "refused").state == "live"
    with pytest.raises(RuleError):
        services.answer(place, to=said.reply.remote, text="x" * 20_000, by=None)
