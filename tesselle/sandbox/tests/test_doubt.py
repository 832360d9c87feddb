"""Doubt in a practice workspace: it settles by the workspace's clock, and the clock waits for it."""

import asyncio
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.ledger.hot.clock import after_a_step_back
from tesselle.ledger.hot.pool import open_pool
from tesselle.ledger.models import Attempt, Delivery, Look, installation
from tesselle.networks.x.connector import SETTLE_SECONDS
from tesselle.sandbox.accounts import connect_simulated
from tesselle.sandbox.badday.services import schedule
from tesselle.sandbox.clock import services as clock
from tesselle.sandbox.models import BadDay, ClockRun
from tesselle.sandbox.rehearsal import database_url
from tesselle.sandbox.tests.living import carried, planned
from tesselle.workspaces.models import User, Workspace

pytestmark = pytest.mark.django_db(transaction=True)

HOUR, SETTLE = timedelta(hours=1), timedelta(seconds=SETTLE_SECONDS)
CALL = timedelta(minutes=2)
"""No call has longer."""


@pytest.fixture
def company(workspace: Workspace, alice: User) -> Channel:
    installation()
    return connect_simulated(workspace=workspace, network="x", by=alice)


def lived(channel: Channel, by: User, ahead: timedelta, folder: Path) -> ClockRun:
    workspace = channel.workspace
    run = carried(clock.go_until(workspace=workspace, until=workspace.now() + ahead, by=by), folder)
    workspace.refresh_from_db()
    return run


def in_doubt(channel: Channel, outage: timedelta) -> Delivery:
    """Answered by a proxy, when its hour has come, that says nothing about it."""
    delivery = planned(channel, "Chantier", HOUR)
    schedule(
        channel.workspace,
        network="x",
        kind=BadDay.Kind.OUTAGE,
        begins_at=delivery.due_at - timedelta(minutes=5),
        ends_at=delivery.due_at + outage,
    )
    return delivery


def test_doubt_ends_within_the_settling_time_of_the_workspaces_clock_which_never_jumps_over_it(
    company: Channel, alice: User, tmp_path: Path
):
    delivery = in_doubt(company, timedelta(seconds=20))
    began = timezone.now()

    run = lived(company, alice, timedelta(days=9), tmp_path)

    assert run.state == "arrived"
    first, second = Attempt.objects.filter(delivery=delivery)
    assert (first.state, second.state) == ("absent", "accepted")
    looks = list(Look.objects.filter(attempt=first).values_list("at", flat=True))
    assert len(looks) >= 3
    assert all(later - earlier <= SETTLE for earlier, later in pairwise([delivery.due_at, *looks]))
    assert SETTLE <= looks[-1] - delivery.due_at <= SETTLE + CALL
    # What the ledger reckons with stays real; beside it stands the workspace's time.
    assert first.started_at is not None
    assert began <= first.started_at <= timezone.now()
    assert first.began_at is not None
    assert abs(first.began_at - delivery.due_at) < timedelta(seconds=30)


def test_who_can_never_be_asked_leaves_it_to_a_person_after_a_day_of_that_clock(
    company: Channel, alice: User, tmp_path: Path
):
    delivery = in_doubt(company, timedelta(days=9))

    lived(company, alice, 20 * HOUR, tmp_path)
    delivery.refresh_from_db()
    assert delivery.state == "settling"
    lived(company, alice, 7 * HOUR, tmp_path)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason) == ("unknown", "no_look_worked")


def test_after_a_restart_of_the_machine_it_settles_all_the_same(
    company: Channel, alice: User, tmp_path: Path
):
    delivery = in_doubt(company, 0.5 * HOUR)
    lived(company, alice, 1.2 * HOUR, tmp_path)
    assert Attempt.objects.filter(delivery=delivery, state="ambiguous").update(boot="before") == 1
    Look.objects.update(boot="before")

    lived(company, alice, 6 * HOUR, tmp_path)

    delivery.refresh_from_db()
    assert delivery.state == "live"
    assert set(Attempt.objects.values_list("state", flat=True)) == {"absent", "accepted"}


def test_what_went_back_into_the_queue_a_moment_ago_is_not_jumped_over(
    company: Channel, alice: User, tmp_path: Path
):
    """Its instant may lie a hair ahead of a look that began before it and saw it all the same."""
    back = planned(company, "Chantier", 24 * HOUR)
    queued_at = company.workspace.now() + timedelta(minutes=1)
    Delivery.objects.filter(pk=back.pk).update(state="queued", due_at=queued_at, next_at=queued_at)

    lived(company, alice, 24 * HOUR, tmp_path)

    back.refresh_from_db()
    attempt = Attempt.objects.get(delivery=back)
    assert back.state == "live"
    assert attempt.began_at is not None
    assert attempt.began_at - queued_at < timedelta(minutes=1)


def test_a_worker_that_starts_takes_a_moved_clock_for_none_that_was_set_back(
    company: Channel, alice: User, tmp_path: Path
):
    delivery = in_doubt(company, 5 * HOUR)
    lived(company, alice, 4 * HOUR, tmp_path)
    delivery.refresh_from_db()
    assert delivery.state == "settling"
    looks_again = delivery.next_at

    async def started() -> int:
        db = await open_pool(database_url())
        try:
            return await after_a_step_back(db)
        finally:
            await db.close()

    assert asyncio.run(started()) == 0
    delivery.refresh_from_db()
    assert delivery.next_at == looks_again


def test_the_clock_waits_while_a_lost_worker_may_still_be_calling(
    company: Channel, alice: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    delivery = in_doubt(company, HOUR)
    lived(company, alice, HOUR + timedelta(seconds=20), tmp_path)
    deadline = timezone.now() + timedelta(minutes=5)
    doubtful = Attempt.objects.filter(delivery=delivery, state="ambiguous")
    assert doubtful.update(verdict="worker_lost", deadline_at=deadline) == 1
    monkeypatch.setattr("tesselle.sandbox.clock.carrying.PATIENCE_S", 0.5)

    run = lived(company, alice, HOUR, tmp_path)

    assert run.state == "stuck"
    assert run.reached - run.began_at < timedelta(minutes=1)
