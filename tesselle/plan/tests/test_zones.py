from datetime import UTC, datetime, timedelta

import pytest

from tesselle.domain.local_time import zone_data_version
from tesselle.ledger.models import Delivery, installation
from tesselle.plan.zones import follow_zone_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def nine_in_zurich(workspace):
    """Planned for 9:00 on a summer day, under rules that put it an hour off."""
    channel = workspace.channels.create(network="n", kind="k", remote_id="1", server="s", handle="h")
    due_at = datetime(2027, 7, 1, 8, 0, tzinfo=UTC)
    return Delivery.objects.create(
        workspace=workspace,
        channel=channel,
        local_at="2027-07-01T09:00",
        zone="Europe/Zurich",
        due_at=due_at,
        next_at=due_at,
    )


def test_a_plan_keeps_its_local_time_when_the_rules_change(nine_in_zurich):
    assert follow_zone_data() == 1

    nine_in_zurich.refresh_from_db()
    assert nine_in_zurich.due_at == datetime(2027, 7, 1, 7, 0, tzinfo=UTC)
    assert nine_in_zurich.next_at == nine_in_zurich.due_at
    assert installation().zone_data == zone_data_version()


def test_the_same_rules_are_followed_once(nine_in_zurich):
    follow_zone_data()
    Delivery.objects.update(due_at=datetime(2027, 7, 1, 8, 0, tzinfo=UTC))

    assert follow_zone_data() == 0


def test_seconds_that_a_local_time_does_not_hold_are_no_change(nine_in_zurich):
    Delivery.objects.update(due_at=datetime(2027, 7, 1, 7, 0, tzinfo=UTC) + timedelta(seconds=40))

    assert follow_zone_data() == 0
