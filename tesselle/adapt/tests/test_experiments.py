"""Experiments on real pages: frozen, drawn by a coin, planned by the planner, voided unseen, honestly ended."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tesselle.adapt.models import Experiment, Pair
from tesselle.adapt.tests.factories import make_run
from tesselle.adapt.trials import services
from tesselle.adapt.trials.looking import look
from tesselle.adapt.trials.pages import experiment_page, verdict_words
from tesselle.adapt.trials.price import price_of
from tesselle.adapt.trials.services import heads
from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.compose.services import Wording, save_post
from tesselle.domain.content import Content
from tesselle.domain.errors import RuleError
from tesselle.learn.models import Finding
from tesselle.learn.running import finish, perform
from tesselle.learn.services import ask
from tesselle.ledger.models import Delivery
from tesselle.measure.models import Mark, Series
from tesselle.measure.tests.factories import make_channel, make_counts
from tesselle.plan.models import PostingSlot
from tesselle.strategy.models import Pillar
from tesselle.workspaces.models import User, Workspace


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return make_channel(workspace, "carreaux")


def make(channel: Channel, by: User, **fields: Any) -> Experiment:
    values: dict[str, Any] = {
        "factor": Experiment.Factor.SLOT, "arm_a": "1 09:00", "arm_b": "3 18:00", "planned_pairs": 26,
    }  # fmt: skip
    made = services.make_experiment(
        Experiment(workspace=channel.workspace, channel=channel, **{**values, **fields}), by=by
    )
    services.begin(made, by=by)
    made.refresh_from_db()
    return made


def draft(channel: Channel, text: str = "Zellige", pillar: Pillar | None = None) -> Post:
    post = save_post(
        workspace=channel.workspace,
        author=None,
        shared=Content(text=text),
        wordings=(Wording(channel),),
    )
    if pillar is not None:
        Post.objects.filter(pk=post.pk).update(pillar=pillar)
        post.refresh_from_db()
    return post


def pair_of(experiment: Experiment, by: User, *, number: int = 1) -> Pair:
    channel = experiment.channel
    pair = services.draw(experiment, draft(channel, f"Un {number}"), draft(channel, f"Deux {number}"), by=by)
    services.plan_pair(pair, by=by)
    pair.refresh_from_db()
    return pair


def came_out(pair: Pair, a: int, b: int) -> None:
    """Both went out as planned, and seven days later so many reacted."""
    for delivery, due, count in ((pair.delivery_a, pair.due_a, a), (pair.delivery_b, pair.due_b, b)):
        assert delivery is not None and due is not None
        Delivery.objects.filter(pk=delivery.pk).update(
            state="live", live_at=due, body=Content(text="x").to_json()
        )
        series = Series.objects.create(channel=delivery.channel, delivery=delivery, published_at=due)
        Mark.objects.create(
            series=series, channel=delivery.channel, published_at=due, age_days=7,
            read_at=due + timedelta(days=7), interactions=count, **make_counts(count),
        )  # fmt: skip


def run(workspace: Workspace, by: User) -> None:
    learned = perform(ask(workspace, by=by))
    look(learned)
    finish(learned.run)


def test_the_coin_is_the_same_for_everybody_who_knows_its_number_and_falls_both_ways():
    tosses = [heads(42, "arm", number) for number in range(400)]
    assert tosses == [heads(42, "arm", number) for number in range(400)]
    assert 150 < sum(tosses) < 250


def test_a_pair_is_planned_at_its_arms_times_and_marked_on_its_delivery(
    as_alice: Client, alice: User, channel: Channel
):
    experiment = make(channel, alice)
    as_alice.post(
        reverse("adapt:draw_pair", args=[experiment.pk]),
        {"first": draft(channel, "Un").pk, "second": draft(channel, "Deux").pk},
    )
    as_alice.post(reverse("adapt:plan_pair", args=[Pair.objects.get().pk]))

    pair = Pair.objects.get()
    zone = experiment.workspace.tz
    assert pair.due_a is not None and pair.due_b is not None and pair.delivery_a is not None
    assert f"{pair.due_a.astimezone(zone):%w %H:%M}" == "2 09:00"  # %w: Sunday is 0
    assert f"{pair.due_b.astimezone(zone):%w %H:%M}" == "4 18:00"
    assert pair.delivery_a.post == pair.post_a
    page = as_alice.get(reverse("publish:delivery", args=[pair.delivery_a_id])).content.decode()
    assert reverse("adapt:experiment", args=[experiment.pk]) in page


def test_a_format_is_planned_only_once_the_post_has_it(alice: User, channel: Channel):
    PostingSlot.objects.create(channel=channel, weekday=1, at="09:00")
    experiment = make(channel, alice, factor="format", arm_a="text", arm_b="picture")
    pair = services.draw(experiment, draft(channel, "Un"), draft(channel, "Deux"), by=alice)

    with pytest.raises(RuleError, match="format of arm"):
        services.plan_pair(pair, by=alice)

    assert not Delivery.objects.exists()


def test_the_same_two_posts_keep_what_the_coin_said(alice: User, channel: Channel):
    experiment = make(channel, alice)
    one, other = draft(channel, "Un"), draft(channel, "Deux")
    pair = services.draw(experiment, one, other, by=alice)
    winner = pair.post_a
    for _again in range(5):
        services.give_up_pair(pair, by=alice)
        pair = services.draw(experiment, other, one, by=alice)
        assert pair.post_a == winner


def test_posts_of_another_pillar_or_planned_already_are_refused(alice: User, channel: Channel):
    pillar = Pillar.objects.create(workspace=channel.workspace, name="Chantiers")
    experiment = make(channel, alice, pillar=pillar)
    fits = draft(channel, "Un", pillar)

    with pytest.raises(RuleError, match="pillar"):
        services.draw(experiment, fits, draft(channel, "Deux"), by=alice)
    with pytest.raises(RuleError, match="two different"):
        services.draw(experiment, fits, fits, by=alice)


def test_a_moved_post_voids_its_pair_although_its_figures_are_there(
    workspace: Workspace, alice: User, channel: Channel
):
    pair = pair_of(make(channel, alice), alice)
    came_out(pair, 5, 500)
    assert pair.delivery_b is not None and pair.due_b is not None
    Delivery.objects.filter(pk=pair.delivery_b.pk).update(due_at=pair.due_b + timedelta(hours=5))

    run(workspace, alice)

    pair.refresh_from_db()
    assert pair.void == Pair.Void.MOVED and pair.count_a is None and pair.evidence is None


def test_a_clear_winner_ends_it_in_words_with_a_number(
    as_alice: Client, workspace: Workspace, alice: User, channel: Channel
):
    experiment = make(channel, alice)
    under_way = as_alice.get(reverse("adapt:experiment", args=[experiment.pk])).content.decode()
    assert "Les paires sont regardées" in under_way
    for number in range(1, 13):
        pair = pair_of(experiment, alice, number=number)
        came_out(pair, 20, 200)
        run(workspace, alice)
        experiment.refresh_from_db()
        if experiment.state == Experiment.State.ENDED:
            break

    assert experiment.verdict == "b_better" and experiment.evidence >= 10
    assert experiment.low is not None and experiment.low > 0
    assert "B" in verdict_words(experiment) and "%" in verdict_words(experiment)
    ended = as_alice.get(reverse("adapt:experiment", args=[experiment.pk])).content.decode()
    assert "Les paires sont regardées" not in ended, "nothing more is looked at"
    with pytest.raises(RuleError):
        services.draw(experiment, draft(channel, "x"), draft(channel, "y"), by=alice)


def test_a_pair_once_looked_at_never_changes(workspace: Workspace, alice: User, channel: Channel):
    pair = pair_of(make(channel, alice), alice)
    came_out(pair, 20, 30)
    run(workspace, alice)
    Mark.objects.filter(series__delivery=pair.delivery_b_id).update(interactions=9000)
    assert pair.delivery_b is not None
    Delivery.objects.filter(pk=pair.delivery_b.pk).update(state="removed")

    run(workspace, alice)

    pair.refresh_from_db()
    assert (pair.count_a, pair.count_b, pair.void) == (20, 30, "")


def test_one_at_a_time_on_a_channel(alice: User, channel: Channel):
    make(channel, alice)
    with pytest.raises(RuleError, match="Another experiment"):
        make(channel, alice)


def test_the_price_is_told_before_it_begins(as_alice: Client, alice: User, channel: Channel):
    as_alice.post(
        reverse("adapt:new_experiment") + "?factor=format",
        {"channel": channel.pk, "arm_a": "film", "arm_b": "picture", "outcome": "interactions",
         "planned_pairs": "26"},
    )  # fmt: skip

    experiment = Experiment.objects.get()
    price = price_of(experiment)
    page = as_alice.get(reverse("adapt:experiment", args=[experiment.pk])).content.decode()
    assert price.posts == 52 and not price.is_own and price.smallest == 2.0
    assert "52" in page and experiment.state == Experiment.State.DRAFT
    assert len(experiment_page(experiment).price_lines) >= 6
    told = " ".join(experiment_page(experiment).price_lines)
    assert "visible dans" in told and "se verrait" not in told, "“presque jamais” would want its “ne”"


def test_a_viewer_looks_and_a_stranger_finds_nothing(
    client: Client, alice: User, chloe: User, mallory: User, channel: Channel
):
    experiment = make(channel, alice)
    pair = pair_of(experiment, alice)
    client.force_login(chloe)
    assert client.get(reverse("adapt:experiment", args=[experiment.pk])).status_code == 200
    assert client.post(reverse("adapt:stop_experiment", args=[experiment.pk])).status_code == 403
    client.force_login(mallory)
    assert client.get(reverse("adapt:experiment", args=[experiment.pk])).status_code == 404
    for name, pk in (
        ("begin_experiment", experiment.pk),
        ("draw_pair", experiment.pk),
        ("stop_experiment", experiment.pk),
        ("plan_pair", pair.pk),
        ("give_up_pair", pair.pk),
    ):
        assert client.post(reverse(f"adapt:{name}", args=[pk])).status_code == 404


def test_an_idea_leads_to_the_experiment_that_would_tell(as_alice: Client, alice: User, channel: Channel):
    Finding.objects.create(
        run=make_run(channel.workspace), place=0, factor="format", level="film", certainty="worth_testing",
        probability=0.8, low=0.0, middle=0.3, high=0.7, posts=9, others=40, is_idea=True,
    )  # fmt: skip

    findings = as_alice.get(reverse("learn:findings")).content.decode()
    form = as_alice.get(reverse("adapt:new_experiment") + "?factor=format&a=film").content.decode()

    assert f"{reverse('adapt:new_experiment')}?factor=format&amp;a=film" in findings
    assert '<option value="film" selected>' in form
