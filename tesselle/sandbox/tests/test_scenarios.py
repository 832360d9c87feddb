"""A scenario from its beginning to its debrief: aims and comparisons come from the truth of its world."""

import html
import re
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.connectors.protocols import Reply
from tesselle.engage.places import Place, below
from tesselle.engage.services import answer, read_replies
from tesselle.journal.models import Entry
from tesselle.ledger.models import Delivery
from tesselle.plan.services import Slot, plan_post
from tesselle.sandbox.clock import services as clock
from tesselle.sandbox.models import BadDay, ScenarioRun, SeededWorld
from tesselle.sandbox.scenarios.beginning import RIVAL_NAME, begin_scenario
from tesselle.sandbox.scenarios.catalogue import SCENARIOS
from tesselle.sandbox.scenarios.conversations import conversations
from tesselle.sandbox.scenarios.debrief import debrief
from tesselle.sandbox.scenarios.indicators import indicators
from tesselle.sandbox.scenarios.measuring import Facts, OwnPost, facts_of, own_places
from tesselle.sandbox.tests.living import carried
from tesselle.simulation.best import best_hour, best_made, best_plan
from tesselle.workspaces.middleware import SESSION_KEY
from tesselle.workspaces.models import Member, User, Workspace

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_media")]

DAY = timedelta(days=1)


def begun(slug: str, by: User) -> ScenarioRun:
    workspace = begin_scenario(scenario=SCENARIOS[slug], by=by)
    return ScenarioRun.objects.select_related("workspace").get(workspace=workspace)


def planned_every(run: ScenarioRun, days: int, count: int, by: User, hour: int = 12) -> list[Delivery]:
    """Its drafts in their order, on all channels that take them."""
    found: list[Delivery] = []
    today = run.begins_at.astimezone(run.workspace.tz).replace(
        tzinfo=None, hour=hour, minute=0, second=0, microsecond=0
    )
    posts = Post.objects.filter(workspace=run.workspace).order_by("pk")[:count]
    for number, post in enumerate(posts):
        slot = Slot(today + (1 + number * days) * DAY, run.workspace.zone)
        assert post.current is not None
        channels = post.current.variants.values_list("channel_id", flat=True)
        found += plan_post(post=post, slots=dict.fromkeys(channels, slot), by=by)
    return found


def lived(run: ScenarioRun, by: User, folder: Path, until: Any = None) -> None:
    until = until or run.ends_at + timedelta(minutes=1)
    carried(clock.go_until(workspace=run.workspace, until=until, by=by), folder)
    run.workspace.refresh_from_db()


@pytest.mark.parametrize("slug", SCENARIOS)
def test_every_scenario_begins_with_all_that_it_needs(slug: str, workspace: Workspace, alice: User):
    run = begun(slug, alice)

    task = SCENARIOS[slug]
    channels = Channel.objects.filter(workspace=run.workspace)
    assert sorted(channels.values_list("network", flat=True)) == sorted(task.networks)
    assert Post.objects.filter(workspace=run.workspace, deliveries=None).count() >= 10
    assert BadDay.objects.filter(workspace=run.workspace).count() == len(task.events)
    assert run.best > 1
    shown = indicators(run, task, facts_of(run), run.workspace.now())
    assert len(shown) == len(task.asks)
    assert not all(one.is_met for one in shown)


def test_a_fortnight_ends_in_a_debrief_whose_figures_are_the_networks_own(
    workspace: Workspace, alice: User, as_alice: Client, tmp_path: Path
):
    run = begun("quiet_start", alice)
    deliveries = planned_every(run, 3, 4, alice)
    Member.objects.filter(user=alice).exclude(workspace=run.workspace).delete()
    page = reverse("sandbox:scenario")
    assert "data-debrief" not in as_alice.get(page).content.decode()

    lived(run, alice, tmp_path)

    facts = facts_of(run)
    told = debrief(run, facts)
    assert len(facts.posts) == len(deliveries)
    assert told.reached == facts.interactions > 0
    assert 0 < told.expected < told.best == round(run.best)
    shown = as_alice.get(page).content.decode()
    assert "data-debrief" in shown
    assert str(told.best) in shown
    with translation.override("en"):
        found = indicators(run, SCENARIOS["quiet_start"], facts, run.ends_at)
    pause = next(one.reached for one in found if "pause" in one.name)
    assert re.fullmatch(r"[1-9]\d*(\.[1-9])? days?", pause), "no tenth where there is none"
    aims = {one.name: one.is_met for one in found}
    assert aims["Posts that went out, on all channels"] is True
    assert aims["Longest pause without a post"] is True


def test_hours_as_good_as_the_best_are_not_said_to_be_worth_nothing(alice: User):
    run = begun("quiet_start", alice)
    channel, place = next(iter(own_places(run).items()))
    company, truth = place.audience.company, place.audience.truth(place.order)
    midnight = datetime.combine(run.begins_at, time(), tzinfo=ZoneInfo(company.zone))

    def hour_more(hour: int) -> str | None:
        made = best_made(truth, "text")
        week = [midnight + timedelta(days=day, hours=hour) for day in range(7)]
        posts = tuple(OwnPost(channel, at, made, 0, 0, 1.0, 10) for at in week)
        return debrief(run, replace(facts_of(run), posts=posts)).lessons[0].hour_more

    hours = [sum(truth.timing[day * 24 + hour] for day in range(7)) for hour in range(24)]
    assert hour_more(best_hour(truth)) is None
    assert hour_more(hours.index(min(hours))) not in {None, "0\u00a0%"}


def test_what_answers_brought_is_not_called_luck(alice: User):
    run = begun("quiet_start", alice)
    channel, place = next(iter(own_places(run).items()))
    made = best_made(place.audience.truth(place.order), "text")
    reached = OwnPost(channel, run.begins_at, made, interactions=30, by_answers=10, expected=20.0, minutes=10)

    told = debrief(run, replace(facts_of(run), posts=(reached,), left=4))

    assert (told.reached, told.expected, told.luck, told.by_answers, told.left) == (30, 20, "0\u00a0%", 10, 4)


def test_an_idle_fortnight_reaches_nothing(workspace: Workspace, alice: User, tmp_path: Path):
    run = begun("quiet_start", alice)
    lived(run, alice, tmp_path)

    facts = facts_of(run)

    assert facts.posts == ()
    assert not any(one.is_met for one in indicators(run, SCENARIOS["quiet_start"], facts, run.ends_at))
    told = debrief(run, facts)
    assert (told.reached, told.expected, told.share) == (0, 0, "0\u00a0%")


@pytest.mark.thorough
def test_an_answer_within_a_day_counts_and_a_later_one_does_not(
    workspace: Workspace, alice: User, tmp_path: Path
):
    run = begun("complaint", alice)
    SeededWorld.objects.filter(workspace=run.workspace).update(world="complaints", seed="orage")
    planned_every(run, 1, 14, alice)
    lived(run, alice, tmp_path, run.begins_at + 11 * DAY)
    before = facts_of(run)
    assert before.wanting > 0
    assert before.answered == 0
    open_before = conversations(run.workspace, before)
    assert open_before
    assert all(one.silent for one in open_before)

    for delivery in Delivery.objects.filter(workspace=run.workspace, state="live", purpose="post"):
        for comment in _comments(delivery):
            answer(_place(delivery), to=comment.remote, text="Nous vous appelons aujourd’hui.", by=alice)
    lived(run, alice, tmp_path, run.workspace.now() + 2 * DAY)

    after = facts_of(run)
    assert 0 < after.answered < after.wanting
    assert _silent(after) - after.by_answers < _silent(before), "who was answered waits no more"


def _silent(facts: Facts) -> int:
    return sum(sum(one.silent.values()) for one in facts.heard.values())


def _comments(delivery: Delivery) -> list[Reply]:
    return [said.reply for said in read_replies(_place(delivery))]


def _place(delivery: Delivery) -> Place:
    place = below(delivery)
    assert place is not None
    return place


@pytest.mark.thorough
def test_the_lost_token_is_lost_on_its_day_and_found_again(
    workspace: Workspace, alice: User, as_alice: Client, tmp_path: Path
):
    run = begun("lost_token", alice)
    planned_every(run, 1, 12, alice)
    lived(run, alice, tmp_path, run.begins_at + 7.9 * DAY)
    channel = Channel.objects.get(workspace=run.workspace, network="instagram")
    assert channel.blocked_reason == ""

    lived(run, alice, tmp_path, run.begins_at + 9.9 * DAY)

    channel.refresh_from_db()
    assert channel.blocked_reason == "sign_in"
    assert facts_of(run).left_behind > 0


def test_the_competitor_posts_on_its_own_is_seen_and_is_compared(
    workspace: Workspace, alice: User, as_alice: Client, tmp_path: Path
):
    run = begun("rival", alice)
    assert facts_of(run).rival_rate is None

    lived(run, alice, tmp_path, run.begins_at + 8 * DAY)

    facts = facts_of(run)
    assert facts.rival_rate is not None
    assert facts.rival_rate > 0
    assert facts.rate is None
    Member.objects.filter(user=alice).exclude(workspace=run.workspace).delete()
    channel = Channel.objects.get(workspace=run.workspace)
    own = reverse("sandbox:shown_account", args=[channel.pk])
    page = as_alice.get(own).content.decode()
    (address,) = re.findall(r'shown-others.*?href="([^"]+)"', page)
    theirs = as_alice.get(html.unescape(address)).content.decode()
    assert RIVAL_NAME in html.unescape(theirs)
    assert theirs.count('class="shown-post"') >= 4
    assert as_alice.get(own, {"who": channel.remote_id}).status_code == 404


def test_the_best_plan_keeps_to_its_hours_and_to_one_post_a_day(workspace: Workspace, alice: User):
    run = begun("two_hours", alice)
    places = list(own_places(run).values())

    plan = best_plan(places, run.begins_at, run.ends_at, 120)

    by_week: dict[int, int] = {}
    for post in plan:
        week = (post.at - run.begins_at) // (7 * DAY)
        by_week[week] = by_week.get(week, 0) + post.minutes
    assert max(by_week.values()) <= 120
    # What is left after the last whole week may have room for little.
    assert min(by_week[week] for week in range((run.ends_at - run.begins_at) // (7 * DAY))) > 100
    days = [(id(post.place), post.at.date()) for post in plan]
    assert len(days) == len(set(days))
    assert all(
        post.at.astimezone(run.workspace.tz).hour == best_hour(post.place.audience.truth(post.place.order))
        for post in plan
    )
    more = best_plan(places, run.begins_at, run.ends_at, 240)
    assert sum(post.expected for post in more) > sum(post.expected for post in plan)


def test_beginning_again_is_another_world_and_the_earlier_one_can_be_brought_back(
    workspace: Workspace, alice: User, as_alice: Client
):
    as_alice.post(reverse("sandbox:scenario_begin", args=["quiet_start"]))
    first = ScenarioRun.objects.get().workspace
    assert Workspace.objects.get(pk=workspace.pk).deleted_at is None

    as_alice.post(reverse("sandbox:scenario_begin", args=["quiet_start"]))

    first.refresh_from_db()
    second = ScenarioRun.objects.exclude(workspace=first).get().workspace
    assert first.deleted_at is not None
    seeds = SeededWorld.objects.filter(workspace__in=[first, second]).values_list("seed", flat=True)
    assert len(set(seeds)) == 2
    assert Entry.objects.filter(verb="practice.scenario_begun").count() == 2


def test_a_newcomer_finds_the_scenarios_from_the_first_page(workspace: Workspace, as_alice: Client):
    assert reverse("sandbox:scenarios") in as_alice.get("/").content.decode()
    page = as_alice.get(reverse("sandbox:scenarios")).content.decode()
    assert all(reverse("sandbox:scenario_begin", args=[slug]) in page for slug in SCENARIOS)


def test_the_way_leads_from_the_task_to_planning_and_from_every_page_back(as_alice: Client, alice: User):
    workspace = begun("first_month", alice).workspace
    session = as_alice.session
    session[SESSION_KEY] = workspace.pk
    session.save()

    task = as_alice.get(reverse("sandbox:scenario")).content.decode()

    assert f'href="{reverse("plan:bulk")}?weeks=4"' in task  # as long as it lasts
    assert 'data-met="yes"' not in task
    assert f'href="{reverse("sandbox:scenario")}"' in as_alice.get(reverse("plan:bulk")).content.decode()


def test_strangers_and_real_workspaces_play_none(as_alice: Client, alice: User, mallory: User):
    run = begun("quiet_start", alice)
    as_alice.force_login(mallory)
    for page in ("sandbox:scenario", "sandbox:scenarios"):
        assert as_alice.get(reverse(page)).status_code == 404
    assert as_alice.post(reverse("sandbox:scenario_end")).status_code == 404
    assert as_alice.post(reverse("sandbox:scenario_begin", args=["quiet_start"])).status_code == 404
    assert ScenarioRun.objects.get() == run


def test_an_unknown_scenario_is_not_there(as_alice: Client):
    assert as_alice.post(reverse("sandbox:scenario_begin", args=["nothing"])).status_code == 404
    assert as_alice.get(reverse("sandbox:scenario")).status_code == 404
