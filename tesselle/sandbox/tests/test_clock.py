"""The clock of a practice workspace: from event to event, never over one, never back, never a real one."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.domain.errors import RuleError
from tesselle.engage.models import Conversation, Heard
from tesselle.journal.models import Entry
from tesselle.learn.models import Run as LearningRun
from tesselle.ledger.models import Attempt, Delivery, Installation, installation
from tesselle.measure.models import Series, Snapshot
from tesselle.publish.context import Context
from tesselle.publish.story import story as what_happened
from tesselle.sandbox.accounts import connect_simulated
from tesselle.sandbox.clock import services, stops
from tesselle.sandbox.clock.carrying import ClockRound
from tesselle.sandbox.clock.selectors import happened
from tesselle.sandbox.models import ClockRun, SeededWorld
from tesselle.sandbox.practice import practice_world
from tesselle.sandbox.tests.living import carried, planned, worked_until
from tesselle.sandbox.truth import truth_of
from tesselle.sandbox.worlds import look
from tesselle.workspaces.models import Member, Role, User, Workspace

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)


def test_what_was_planned_in_practice_is_dated_by_its_clock_with_the_real_time_beside(
    company: Channel, alice: User, as_alice: Client, tmp_path: Path
):
    workspace = company.workspace
    run = services.go_until(workspace=workspace, until=workspace.now() + 30 * DAY, by=alice)
    carried(run, tmp_path)
    workspace.refresh_from_db()
    delivery = planned(company, "Plus tard", timedelta(hours=3))
    asked_at = workspace.now()
    carried(services.go_until(workspace=workspace, until=workspace.now() + DAY, by=alice), tmp_path)

    (first, *_) = what_happened(delivery, [], several_steps=False)

    assert abs(first.at - asked_at) < timedelta(minutes=1)
    assert first.really == delivery.created_at
    assert abs(first.at - delivery.created_at) > 29 * DAY
    assert "data-really" in as_alice.get(f"/deliveries/{delivery.pk}").content.decode()


def test_a_week_goes_by_with_all_that_is_due_at_its_hour(company: Channel, alice: User, tmp_path: Path):
    workspace = company.workspace
    deliveries = [planned(company, f"Chantier {n}", n * DAY + timedelta(hours=3)) for n in range(5)]

    run = services.go_until(workspace=workspace, until=workspace.now() + 7 * DAY, by=alice)
    run = carried(run, tmp_path)

    workspace.refresh_from_db()
    assert run.state == "arrived"
    assert timedelta(0) <= workspace.now() - run.until < timedelta(minutes=2)
    for delivery in deliveries:
        delivery.refresh_from_db()
        assert delivery.state == "live"
        assert delivery.live_at is not None
        assert timedelta(0) <= delivery.live_at - delivery.due_at < timedelta(minutes=1)
        (attempt,) = Attempt.objects.filter(delivery=delivery)
        assert attempt.ended_at is not None
        assert abs(attempt.ended_at - delivery.due_at) < timedelta(minutes=1)
        readings = Snapshot.objects.filter(series__delivery=delivery).order_by("at")
        assert len(readings) > 10
        assert readings[0].at - delivery.due_at < timedelta(hours=4)
    story = happened(run)
    assert story.published == 5
    assert story.trouble == 0
    told = [(line.post.name if line.post else "") for line in story.lines]
    assert told == [f"Chantier {n}" for n in reversed(range(5))]
    assert Entry.objects.filter(verb="practice.clock_moved", workspace_id=workspace.pk).count() == 1
    assert Series.objects.filter(delivery=None, channel=company).exists()


def test_a_clock_that_arrives_asks_what_the_new_figures_say_and_once(
    company: Channel, alice: User, tmp_path: Path
):
    workspace = company.workspace
    for number in range(5):
        planned(company, f"Chantier {number}", number * DAY + timedelta(hours=3))

    carried(services.go_until(workspace=workspace, until=workspace.now() + 6 * DAY, by=alice), tmp_path)
    assert not LearningRun.objects.exists()  # no post is a week old
    workspace.refresh_from_db()
    carried(services.go_until(workspace=workspace, until=workspace.now() + 8 * DAY, by=alice), tmp_path)

    run = LearningRun.objects.get()
    assert (run.workspace, run.state, run.asked_by) == (workspace, "asked", None)


def test_to_the_next_event_goes_no_further_than_that(company: Channel, alice: User, tmp_path: Path):
    first, second = planned(company, "Un", 2 * DAY), planned(company, "Deux", 3 * DAY)

    run = carried(services.go_to_next_event(workspace=company.workspace, by=alice), tmp_path)

    first.refresh_from_db()
    second.refresh_from_db()
    assert run.reached - first.due_at < timedelta(minutes=3)
    assert (first.state, second.state) == ("live", "planned")


def test_the_same_seed_and_plan_give_the_same_figures_by_jumps_or_in_one_go(
    company: Channel, alice: User, tmp_path: Path
):
    other = Workspace.objects.create(name="Ailleurs", world_kind="practice")
    Member.objects.create(workspace=other, user=alice, role=Role.OWNER)
    there = connect_simulated(workspace=other, network="mastodon", by=alice)
    began = timezone.now()
    SeededWorld.objects.update(seed="the same", began_at=began)
    for channel in (company, there):
        for number in range(3):
            planned(channel, f"Conseil {number}", number * DAY + timedelta(hours=2))
    ends = began + 8 * DAY

    carried(services.go_until(workspace=company.workspace, until=ends, by=alice), tmp_path)
    for day in (1, 2, 5, 8):
        other.refresh_from_db()
        carried(services.go_until(workspace=other, until=began + day * DAY, by=alice), tmp_path)

    assert _came_to(company.workspace) == _came_to(there.workspace)


def _came_to(workspace: Workspace) -> list[tuple[Any, ...]]:
    told = truth_of(workspace)["posts"]
    assert len(told) == 3
    return [(post["luck"], post["reach"], post["of_kind"], post["comments"]) for post in told]


def test_every_figure_read_is_the_one_of_its_instant(company: Channel, alice: User, tmp_path: Path):
    planned(company, "Chantier", timedelta(hours=2))
    workspace = company.workspace
    carried(services.go_until(workspace=workspace, until=workspace.now() + 5 * DAY, by=alice), tmp_path)

    async def at(instants: list[datetime]) -> list[int]:
        world = practice_world(workspace.world)
        await world.look_at_clock()
        (post,) = await world.network("mastodon").truth()
        return [world.audience("mastodon")(post, instant).figures["reactions"] for instant in instants]

    read = Snapshot.objects.filter(series__delivery__isnull=False).order_by("at")
    slack = timedelta(seconds=5)
    early = async_to_sync(at)([snapshot.at - slack for snapshot in read])
    late = async_to_sync(at)([snapshot.at + slack for snapshot in read])
    told = [snapshot.values["reactions"] for snapshot in read]
    assert all(low <= value <= high for low, value, high in zip(early, told, late, strict=True))


def test_a_worker_that_dies_on_the_way_leaves_the_rest_to_the_next(
    company: Channel, alice: User, tmp_path: Path
):
    deliveries = [planned(company, f"Chantier {n}", n * DAY + timedelta(hours=3)) for n in range(4)]
    run = services.go_until(workspace=company.workspace, until=company.workspace.now() + 5 * DAY, by=alice)

    class Dying(ClockRound):
        async def _tell(self, context: Context, run: stops.Run) -> None:
            raise SystemError("as if killed")

        async def _carried(self, context: Context, run: stops.Run) -> float:
            return await self._carry(context, run)  # the lease stays, as after kill -9

    worked_until(lambda: ClockRun.objects.get(pk=run.pk).reached > run.began_at, tmp_path, Dying())
    assert ClockRun.objects.get(pk=run.pk).token is not None
    ClockRun.objects.filter(pk=run.pk).update(leased_until=timezone.now())
    carried(run, tmp_path)

    assert {d.state for d in Delivery.objects.all()} == {"live"}
    assert Attempt.objects.count() == len(deliveries)


def test_the_clock_waits_for_what_is_due_and_says_so(
    company: Channel, alice: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("tesselle.sandbox.clock.carrying.PATIENCE_S", 0.5)
    planned(company, "Un", 2 * DAY)
    run = services.go_until(workspace=company.workspace, until=company.workspace.now() + 5 * DAY, by=alice)
    Installation.objects.update(held=True)

    run = carried(run, tmp_path)

    assert run.state == "stuck"
    assert run.reached < run.until - 2 * DAY


def test_what_waits_for_a_person_does_not_hold_the_clock(company: Channel, alice: User, tmp_path: Path):
    late = planned(company, "Un", DAY)
    Channel.objects.filter(pk=company.pk).update(paused_at=timezone.now())

    run = carried(
        services.go_until(workspace=company.workspace, until=company.workspace.now() + 3 * DAY, by=alice),
        tmp_path,
    )

    late.refresh_from_db()
    assert run.state == "arrived"
    assert late.state in {"blocked", "missed"}
    assert happened(run).trouble == 1


def test_a_stopped_clock_stands_where_it_is(company: Channel, alice: User, tmp_path: Path):
    workspace = company.workspace
    run = services.play(workspace=workspace, speed=services.SPEEDS[0], by=alice)
    worked_until(
        lambda: ClockRun.objects.get(pk=run.pk).reached > run.began_at + timedelta(hours=1),
        tmp_path,
        ClockRound(),
    )

    assert services.stop(workspace=workspace, by=alice)
    assert not services.stop(workspace=workspace, by=alice)

    workspace.refresh_from_db()
    run.refresh_from_db()
    assert run.state == "stopped"
    # Real time went on too: the clock is ahead by what it reached, less that.
    assert timedelta(minutes=50) < workspace.clock_shift < timedelta(hours=12)
    assert Entry.objects.filter(verb="practice.clock_stopped").count() == 1


@pytest.mark.parametrize("away", [-DAY, timedelta(0), 400 * DAY])
def test_it_never_runs_backwards_nor_out_of_sight(company: Channel, alice: User, away: timedelta):
    with pytest.raises(RuleError):
        services.go_until(workspace=company.workspace, until=company.workspace.now() + away, by=alice)


def test_it_is_moved_once_at_a_time_and_not_while_publishing_is_held(company: Channel, alice: User):
    workspace, until = company.workspace, company.workspace.now() + DAY
    services.go_until(workspace=workspace, until=until, by=alice)

    with pytest.raises(RuleError):
        services.go_until(workspace=workspace, until=until, by=alice)
    services.stop(workspace=workspace, by=alice)
    Installation.objects.update(held=True)
    with pytest.raises(RuleError):
        services.go_until(workspace=workspace, until=until, by=alice)
    with pytest.raises(RuleError):
        services.go_to_next_event(workspace=workspace, by=alice)


def test_a_real_clock_is_never_moved_whatever_the_rows_say(alice: User, tmp_path: Path):
    installation()
    real = Workspace.objects.create(name="Vrai", world_kind="real")
    with pytest.raises(RuleError):
        services.go_until(workspace=real, until=real.now() + DAY, by=alice)
    with pytest.raises(LookupError):
        look(real.pk)
    now = timezone.now()
    SeededWorld.objects.create(workspace=real, seed="x", began_at=now, remembered_until=now)
    ClockRun.objects.create(workspace=real, began_at=now, until=now + DAY, reached=now)
    seen = []

    async def counting(context: Context) -> float:
        seen.append(await ClockRound()(context))
        return 0.05

    worked_until(lambda: len(seen) > 10, tmp_path, counting)

    real.refresh_from_db()
    assert real.clock_shift == timedelta(0)
    assert ClockRun.objects.get().reached == now


STEPS = ["event", "day", "week", "date", "play"]


def _fields(until: datetime) -> dict[str, Any]:
    return {"until": f"{until:%Y-%m-%dT%H:%M}", "speed": "3600.0"}


@pytest.mark.parametrize("step", STEPS)
def test_each_button_moves_the_clock_and_stop_stops_it(as_alice: Client, company: Channel, step: str):
    planned(company, "Un", DAY)
    until = company.workspace.now().astimezone(company.workspace.tz) + 3 * DAY

    answer = as_alice.post(f"/practice/clock/go/{step}/", _fields(until))

    assert answer.status_code == 302
    run = ClockRun.objects.get()
    assert run.is_going
    assert run.asked_by is not None
    page = as_alice.get("/practice/clock/").content.decode()
    assert '<progress max="100"' in page
    as_alice.post("/practice/clock/stop/")
    assert not ClockRun.objects.get().is_going


@pytest.mark.parametrize(
    ("step", "fields"), [("event", {}), ("date", {"until": "x"}), ("play", {"speed": "7"})]
)
def test_what_cannot_be_is_told_and_moves_nothing(
    as_alice: Client, company: Channel, step: str, fields: dict[str, str]
):
    answer = as_alice.post(f"/practice/clock/go/{step}/", fields, follow=True)

    assert "toast" in answer.content.decode()
    assert not ClockRun.objects.exists()


def test_what_happened_says_how_many_have_no_answer_yet(as_alice: Client, company: Channel, alice: User):
    services.go_until(
        workspace=company.workspace, until=company.workspace.now() + timedelta(days=1), by=alice
    )
    waiting = f'href="{reverse("engage:waiting")}"'
    told = as_alice.get("/practice/clock/", headers={"HX-Request": "true"}).content.decode()
    assert waiting not in told

    messages = Conversation.objects.create(channel=company, kind="messages")
    Heard.objects.create(conversation=messages, digest="a" * 64, posted_at=company.workspace.now())

    told = as_alice.get("/practice/clock/", headers={"HX-Request": "true"}).content.decode()
    assert f"{waiting}>1</a>" in told


def test_every_page_of_a_practice_workspace_has_the_bar_and_no_other(
    as_alice: Client, client: Client, mallory: User
):
    assert 'id="clock-bar"' in as_alice.get("/channels/").content.decode()
    assert as_alice.get("/practice/clock/bar/", headers={"HX-Request": "true"}).status_code == 200
    client.force_login(mallory)
    assert 'id="clock-bar"' not in client.get("/channels/").content.decode()


def test_mallory_in_a_real_workspace_finds_no_clock(client: Client, company: Channel, mallory: User):
    client.force_login(mallory)

    assert client.get("/practice/clock/").status_code == 404
    assert client.get("/practice/clock/bar/").status_code == 404
    assert [client.post(f"/practice/clock/go/{step}/").status_code for step in STEPS] == [404] * 5
    assert client.post("/practice/clock/stop/").status_code == 404
    assert not ClockRun.objects.exists()


def test_mallory_in_her_own_practice_moves_her_own_clock_only(
    client: Client, company: Channel, mallory: User, workspace: Workspace
):
    Workspace.objects.filter(members__user=mallory).update(world_kind="practice")
    client.force_login(mallory)

    client.post("/practice/clock/go/day/", {"workspace": workspace.pk})

    assert ClockRun.objects.get().workspace.members.get().user == mallory


def test_who_only_looks_moves_nothing(client: Client, company: Channel, chloe: User):
    client.force_login(chloe)

    assert client.post("/practice/clock/go/day/").status_code == 403
    assert client.post("/practice/clock/stop/").status_code == 403
    assert b"practice/clock/go" not in client.get("/practice/clock/").content
