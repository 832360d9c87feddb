"""Posting times: kept, offered, and the next free one taken by the composer."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tesselle.channels.models import Channel
from tesselle.compose.tests.forms import channel_in, form
from tesselle.domain.slots import WeeklySlot
from tesselle.ledger.models import Delivery
from tesselle.plan.models import PostingSlot
from tesselle.plan.slots import OFFERED, add_slots, next_slots
from tesselle.workspaces.models import Member, User, Workspace

SLOT = {"when": "slot", "do": "plan"}


@pytest.fixture
def short(workspace: Workspace) -> Channel:
    return channel_in(workspace)


@pytest.fixture
def other(workspace: Workspace) -> Channel:
    return channel_in(workspace, handle="autre")


def test_times_are_added_on_several_days_at_once(as_alice: Client, short: Channel):
    as_alice.post(f"/slots/{short.pk}/add", {"days": ["0", "3"], "at": "12:15"})
    as_alice.post(f"/slots/{short.pk}/add", {"days": ["0"], "at": "12:15"})

    assert [(slot.weekday, slot.at) for slot in PostingSlot.objects.all()] == [
        (0, time(12, 15)),
        (3, time(12, 15)),
    ]


def test_a_beginning_is_offered_and_not_imposed(as_alice: Client, short: Channel):
    page = as_alice.get("/slots").content.decode()
    assert 'name="offered"' in page and not PostingSlot.objects.exists()

    as_alice.post(f"/slots/{short.pk}/add", {"offered": "1"})

    assert {slot.weekly for slot in PostingSlot.objects.all()} == set(OFFERED)
    assert 'name="offered"' not in as_alice.get("/slots").content.decode()


def test_a_form_without_a_day_is_told_and_drawn_again(as_alice: Client, short: Channel):
    response = as_alice.post(f"/slots/{short.pk}/add", {"at": "09:00"})

    assert response.status_code == 422 and "09:00" in response.content.decode()


def test_a_removed_time_comes_back_by_undo(as_alice: Client, short: Channel, alice: User):
    (slot,) = add_slots(short, [WeeklySlot(2, time(9, 30))], by=alice)

    as_alice.post(f"/slots/{slot.pk}/remove")
    assert not PostingSlot.objects.exists()
    as_alice.post(f"/slots/{short.pk}/restore?day=2&at=09:30")

    assert PostingSlot.objects.get().weekly == slot.weekly


def test_two_posts_take_two_slots(as_alice: Client, short: Channel, alice: User):
    add_slots(short, [WeeklySlot(1, time(12, 15)), WeeklySlot(3, time(12, 15))], by=alice)

    as_alice.post("/posts/new/plan", form(short, text="Un") | SLOT)
    as_alice.post("/posts/new/plan", form(short, text="Deux") | SLOT)

    first, second = Delivery.objects.order_by("due_at")
    assert first.due_at < second.due_at
    assert first.local_at.endswith("T12:15") and second.local_at.endswith("T12:15")


def test_a_cancelled_delivery_frees_its_slot(as_alice: Client, short: Channel, alice: User):
    add_slots(short, [WeeklySlot(1, time(12, 15))], by=alice)
    as_alice.post("/posts/new/plan", form(short, text="Un") | SLOT)
    free = next_slots(short.workspace, [short.pk])[short.pk].at
    Delivery.objects.update(state="cancelled")

    assert next_slots(short.workspace, [short.pk])[short.pk].at == free - timedelta(days=7)


def test_each_channel_takes_its_own_slot(as_alice: Client, short: Channel, other: Channel, alice: User):
    add_slots(short, [WeeklySlot(1, time(12, 15))], by=alice)
    add_slots(other, [WeeklySlot(4, time(18, 0))], by=alice)

    as_alice.post("/posts/new/plan", form(short, other) | SLOT)

    planned = {delivery.channel_id: delivery.local_at[-5:] for delivery in Delivery.objects.all()}
    assert planned == {short.pk: "12:15", other.pk: "18:00"}


def test_a_channel_without_times_is_named_and_nothing_is_planned(
    as_alice: Client, short: Channel, other: Channel, alice: User
):
    add_slots(short, [WeeklySlot(1, time(12, 15))], by=alice)

    response = as_alice.post("/posts/new/plan", form(short, other, text="Gardé") | SLOT)

    page = response.content.decode()
    assert response.status_code == 422 and "autre" in page and "Gardé" in page
    assert not Delivery.objects.exists()


def test_the_panel_says_when_each_channel_gets_it(
    as_alice: Client, short: Channel, other: Channel, alice: User
):
    add_slots(short, [WeeklySlot(1, time(12, 15))], by=alice)

    page = as_alice.post("/posts/when", form(short, other) | SLOT).content.decode()

    assert "12:15" in page and f"/slots#channel-{other.pk}" in page


def test_a_time_that_does_not_exist_is_told_with_the_one_it_becomes(as_alice: Client, short: Channel):
    change = datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
    assert change.astimezone(ZoneInfo("Europe/Zurich")).hour == 3

    page = as_alice.post(
        "/posts/when", form(short) | {"when": "at", "plan-date": "2027-03-28", "plan-time": "02:30"}
    ).content.decode()

    assert "03:30" in page and "02:30" in page


def test_a_time_that_has_passed_is_told_before_planning(as_alice: Client, short: Channel):
    page = as_alice.post(
        "/posts/when", form(short) | {"when": "at", "plan-date": "2020-01-01", "plan-time": "09:00"}
    ).content.decode()

    assert "outcome-note" in page


def test_more_channels_and_times_cost_no_more_queries(as_alice: Client, workspace: Workspace, alice: User):
    def with_more(start: int) -> int:
        for number in range(start, start + 4):
            add_slots(channel_in(workspace, handle=f"c{number}"), OFFERED, by=alice)
        with CaptureQueriesContext(connection) as seen:
            as_alice.get("/slots")
        return len(seen)

    assert with_more(0) == with_more(4)


def test_mallory_touches_nothing(client: Client, mallory: User, alice: User, short: Channel):
    (slot,) = add_slots(short, [WeeklySlot(1, time(12, 15))], by=alice)
    client.force_login(mallory)

    assert "carreaux" not in client.get("/slots").content.decode()
    assert client.post(f"/slots/{short.pk}/add", {"offered": "1"}).status_code == 404
    assert client.post(f"/slots/{slot.pk}/remove").status_code == 404
    assert client.post(f"/slots/{short.pk}/restore?day=1&at=09:00").status_code == 404
    assert "carreaux" not in client.post("/posts/when", form(short) | SLOT).content.decode()
    assert PostingSlot.objects.count() == 1


def test_a_viewer_sees_times_and_changes_none(client: Client, chloe: User, alice: User, short: Channel):
    (slot,) = add_slots(short, [WeeklySlot(1, time(12, 15))], by=alice)
    client.force_login(chloe)
    page = client.get("/slots").content.decode()

    assert "12:15" in page and "<form" not in page.partition('id="slots"')[2].partition("</main>")[0]
    assert client.post(f"/slots/{short.pk}/add", {"offered": "1"}).status_code == 403
    assert client.post(f"/slots/{slot.pk}/remove").status_code == 403
    assert client.post("/posts/when", form(short)).status_code == 403
    assert Member.objects.get(user=chloe).workspace_id == short.workspace_id
