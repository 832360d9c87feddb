"""Posting times of a pillar, and posts that come again when they have rested."""

from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tesselle.channels.models import Channel
from tesselle.domain.errors import RuleError
from tesselle.domain.slots import WeeklySlot
from tesselle.ledger.models import Delivery
from tesselle.plan.models import Evergreen, EvergreenTurn
from tesselle.plan.rhythm.evergreens import again, mark, next_time, rested
from tesselle.plan.slots import add_slots, next_slots
from tesselle.plan.tests.test_calendar import channel_in
from tesselle.plan.tests.test_moving import at_nine
from tesselle.strategy.models import Pillar
from tesselle.workspaces.models import User, Workspace


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return channel_in(workspace)


@pytest.fixture
def advice(workspace: Workspace) -> Pillar:
    return Pillar.objects.create(workspace=workspace, name="Conseils")


def every_day(hour: int) -> list[WeeklySlot]:
    return [WeeklySlot(day, time(hour)) for day in range(7)]


def test_a_post_takes_the_times_of_its_pillar_and_the_others_leave_them_alone(
    workspace: Workspace, channel: Channel, advice: Pillar, alice: User
):
    other = Pillar.objects.create(workspace=workspace, name="Chantiers")
    add_slots(channel, every_day(8), by=alice)
    add_slots(channel, every_day(17), by=alice, pillar=advice)

    def hour(pillar: int) -> int:
        return next_slots(workspace, [channel.pk], pillar_id=pillar)[channel.pk].local.hour

    assert (hour(advice.pk), hour(other.pk), hour(0)) == (17, 8, 8)


def test_where_all_times_belong_to_a_pillar_another_post_finds_none(
    workspace: Workspace, channel: Channel, advice: Pillar, alice: User
):
    add_slots(channel, every_day(17), by=alice, pillar=advice)
    assert not next_slots(workspace, [channel.pk])


def test_a_time_is_added_for_a_pillar_and_comes_back_with_it(
    as_alice: Client, channel: Channel, advice: Pillar
):
    as_alice.post(
        reverse("plan:add_slots", args=[channel.pk]), {"days": ["1"], "at": "17:00", "pillar": advice.pk}
    )
    slot = channel.posting_slots.get()
    assert slot.pillar == advice and "Conseils" in as_alice.get("/slots").content.decode()
    as_alice.post(reverse("plan:remove_slot", args=[slot.pk]))
    as_alice.post(f"/slots/{channel.pk}/restore?day=1&at=17:00&pillar={advice.pk}")
    assert channel.posting_slots.get().pillar == advice


def test_it_rests_is_proposed_in_a_fitting_time_and_rests_again(
    workspace: Workspace, channel: Channel, advice: Pillar, alice: User
):
    add_slots(channel, every_day(17), by=alice, pillar=advice)
    out = at_nine(workspace, channel, 1)
    Delivery.objects.filter(pk=out.pk).update(due_at=workspace.now() - timedelta(days=20), state="live")
    assert out.post is not None
    out.post.pillar = advice
    out.post.save()
    mark(out.post, 14, by=alice)

    [one] = rested(workspace)
    coming = next_time(one)
    assert one.is_due and coming is not None and coming.local.hour == 17
    [made] = again(one, coming.local, by=alice)

    [one] = rested(workspace)
    assert not one.is_due and one.last == made.due_at and EvergreenTurn.objects.count() == 1
    with pytest.raises(RuleError):
        again(one, coming.local + timedelta(days=13), by=alice)
    assert Delivery.objects.count() == 2


def test_marking_shows_it_and_is_undone(as_alice: Client, workspace: Workspace, channel: Channel):
    post = at_nine(workspace, channel).post
    assert post is not None
    answer = as_alice.post(f"/posts/{post.pk}/evergreen", {"days": "30"}, follow=True).content.decode()
    assert "Zellige" in answer and Evergreen.objects.get().every_days == 30
    as_alice.post(f"/posts/{post.pk}/evergreen?off")
    assert not Evergreen.objects.exists()
    as_alice.post(f"/posts/{post.pk}/evergreen", {"days": "3"})
    assert not Evergreen.objects.exists()


def test_mallory_marks_and_plans_nothing(
    client: Client, mallory: User, alice: User, workspace: Workspace, channel: Channel
):
    post = at_nine(workspace, channel).post
    assert post is not None
    row = mark(post, 14, by=alice)
    client.force_login(mallory)
    assert client.post(f"/posts/{post.pk}/evergreen", {"days": "30"}).status_code == 404
    when = f"{workspace.now() + timedelta(days=40):%Y-%m-%dT%H:%M}"
    assert client.post(f"/calendar/evergreen/{row.pk}/again", {"when": when}).status_code == 404
    assert Delivery.objects.count() == 1
