"""Moving what is planned, and the way back."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from urllib.parse import unquote

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.compose.models import WorkingCopy
from tesselle.domain.local_time import resolve
from tesselle.journal.models import Entry
from tesselle.ledger.models import Delivery
from tesselle.library.tests.pictures import picture, upload
from tesselle.plan.calendar.moving import move_to_day
from tesselle.plan.services import Slot, move_delivery
from tesselle.plan.tests.test_calendar import channel_in, planned
from tesselle.workspaces.models import User, Workspace


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return channel_in(workspace)


def at_nine(workspace: Workspace, channel: Channel, days: int = 3, text: str = "Zellige") -> Delivery:
    """Planned as a person would: a local time, and its instant."""
    local = datetime.combine(today(workspace) + timedelta(days=days), datetime.min.time()).replace(hour=9)
    delivery = planned(workspace, channel, resolve(local, workspace.zone), text)
    move_delivery(delivery, slot=Slot(local, workspace.zone), by=None)
    delivery.refresh_from_db()
    return delivery


def today(workspace: Workspace) -> date:
    return workspace.now().astimezone(workspace.tz).date()


def moved(client: Client, delivery: Delivery, day: date, **values: str) -> str:
    """The address that takes it back."""
    response = client.post(
        reverse("plan:move"), {"deliveries": str(delivery.pk), "day": day.isoformat(), **values}
    )
    [message] = [*get_messages(response.wsgi_request)][-1:]
    return message.extra_tags.removeprefix("undo=")


def test_it_keeps_its_hour_and_goes_back(as_alice: Client, workspace: Workspace, channel: Channel):
    delivery = at_nine(workspace, channel)
    was = delivery.due_at

    undo = moved(as_alice, delivery, today(workspace) + timedelta(days=10))
    delivery.refresh_from_db()
    there = delivery.local_at
    as_alice.post(undo)
    delivery.refresh_from_db()

    assert there == f"{today(workspace) + timedelta(days=10)}T09:00"
    assert delivery.due_at == was
    assert Entry.objects.filter(verb="delivery.moved", actor_name="Alice").count() == 2


def test_nine_stays_nine_when_the_clocks_change(workspace: Workspace, channel: Channel, alice: User):
    delivery = planned(
        workspace, channel, datetime(2030, 3, 29, 8, 0, tzinfo=UTC)
    )  # a Friday, in winter time
    Delivery.objects.filter(pk=delivery.pk).update(local_at="2030-03-29T09:00")
    delivery.refresh_from_db()

    move_to_day([delivery], date(2030, 4, 1), by=alice)

    delivery.refresh_from_db()
    assert delivery.due_at == datetime(2030, 4, 1, 7, 0, tzinfo=UTC)


def test_a_plan_in_another_zone_keeps_its_own_hour(workspace: Workspace, channel: Channel, alice: User):
    delivery = planned(workspace, channel, datetime(2030, 1, 9, 23, 0, tzinfo=UTC))  # the 10th in Zurich
    Delivery.objects.filter(pk=delivery.pk).update(local_at="2030-01-09T18:00", zone="America/New_York")
    delivery.refresh_from_db()

    move_to_day([delivery], date(2030, 1, 12), by=alice)

    delivery.refresh_from_db()
    assert (delivery.local_at, delivery.zone) == ("2030-01-11T18:00", "America/New_York")


def test_a_day_that_has_passed_moves_nothing(as_alice: Client, workspace: Workspace, channel: Channel):
    delivery = at_nine(workspace, channel)

    undo = moved(as_alice, delivery, today(workspace) - timedelta(days=1))

    was = delivery.due_at
    delivery.refresh_from_db()
    assert undo == "" and delivery.due_at == was


def test_what_is_leaving_is_not_moved(as_alice: Client, workspace: Workspace, channel: Channel):
    delivery = at_nine(workspace, channel)
    Delivery.objects.filter(pk=delivery.pk).update(state="sending")

    assert moved(as_alice, delivery, today(workspace) + timedelta(days=5)) == ""


def test_the_way_back_leaves_alone_what_somebody_moved_meanwhile(
    as_alice: Client, workspace: Workspace, channel: Channel, bob: User
):
    delivery = at_nine(workspace, channel)
    undo = moved(as_alice, delivery, today(workspace) + timedelta(days=10))
    delivery.refresh_from_db()
    move_to_day([delivery], today(workspace) + timedelta(days=20), by=bob)

    as_alice.post(undo)

    delivery.refresh_from_db()
    assert delivery.local_at == f"{today(workspace) + timedelta(days=20)}T09:00"


def test_a_plain_form_moves_to_a_time(as_alice: Client, workspace: Workspace, channel: Channel):
    delivery = at_nine(workspace, channel)
    when = f"{today(workspace) + timedelta(days=4)}T17:30"

    as_alice.post(reverse("plan:move"), {"deliveries": str(delivery.pk), "when": when})

    delivery.refresh_from_db()
    assert delivery.local_at == when


def test_the_calendar_comes_back_as_it_was_looked_at(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    delivery = at_nine(workspace, channel)
    day = today(workspace) + timedelta(days=4)
    form = {"deliveries": str(delivery.pk), "day": str(day), "back": f"view=week&date={day}&next=//evil"}

    plain = as_alice.post(reverse("plan:move"), form)
    fragment = as_alice.post(reverse("plan:move"), form, headers={"HX-Request": "true"})

    assert unquote(plain.headers["Location"]) == f"/calendar?view=week&date={day}"
    assert 'class="calendar calendar--week' in fragment.content.decode()


@pytest.mark.parametrize("name", ["chloe", "mallory"])
def test_a_viewer_and_a_stranger_move_nothing(
    client: Client,
    workspace: Workspace,
    channel: Channel,
    name: str,
    request: pytest.FixtureRequest,
    alice: User,
):
    delivery = at_nine(workspace, channel)
    was = delivery.due_at
    [move] = move_to_day([delivery], today(workspace) + timedelta(days=8), by=alice)
    client.force_login(request.getfixturevalue(name))

    client.post(
        reverse("plan:move"),
        {"deliveries": str(delivery.pk), "day": str(today(workspace) + timedelta(days=5))},
    )
    client.post(f"{reverse('plan:move_back')}?moves={move}")

    delivery.refresh_from_db()
    assert delivery.local_at == f"{today(workspace) + timedelta(days=8)}T09:00" and delivery.due_at != was


def test_a_picture_laid_on_a_day_begins_a_post(as_alice: Client, workspace: Workspace, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    day = today(workspace) + timedelta(days=4)

    response = as_alice.post(reverse("plan:begin"), {"day": str(day), "files": upload(picture(40, 30))})
    page = as_alice.get(response.headers["Location"]).content.decode()

    copy = WorkingCopy.objects.get()
    assert copy.draft["shared"]["media"]
    assert f'value="{day}"' in page and f'name="copy" value="{copy.pk}"' in page


def test_a_file_that_is_no_picture_is_told_and_nothing_begins(as_alice: Client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = BytesIO(b"not a picture")
    file.name = "photo.jpg"

    response = as_alice.post(reverse("plan:begin"), {"day": str(timezone.now().date()), "files": file})

    assert not WorkingCopy.objects.exists()
    assert [*get_messages(response.wsgi_request)]
