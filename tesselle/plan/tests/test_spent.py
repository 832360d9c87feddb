"""What left already counts where a day's plan is held against what its network takes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tesselle.channels.models import Channel
from tesselle.channels.tests.other_card import card_with
from tesselle.compose.tests.forms import form
from tesselle.connectors.card import Budget
from tesselle.ledger.models import Attempt, Delivery, Step
from tesselle.plan.selectors import channels
from tesselle.plan.spent import spent
from tesselle.plan.tests.test_calendar import NOON, channel_in, planned
from tesselle.workspaces.models import Workspace

SEEN, SAID = "day-note--quota", "Avec cette publication"
DAY = NOON.date()

pytestmark = pytest.mark.usefixtures("two_a_day")


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return channel_in(workspace)


def sent(
    channel: Channel, at: datetime, *kinds: str, state: str = "live", shift: timedelta | None = None
) -> Delivery:
    """A delivery of the channel that was tried with a step of each kind."""
    delivery = planned(channel.workspace, channel, at)
    for position, kind in enumerate(kinds or ("post",)):
        step = Step.objects.create(
            delivery=delivery, channel=channel, position=position, kind=kind, key="k", instant=at
        )
        Attempt.objects.create(
            step=step,
            delivery=delivery,
            channel=channel,
            number=1,
            state="accepted",
            started_at=at,
            shift_started=shift,
        )
    Delivery.objects.filter(pk=delivery.pk).update(state=state)
    return delivery


def seen(client: Client) -> str:
    return client.get(f"/calendar?date={DAY}").content.decode()


def test_what_left_today_and_what_is_planned_for_today_are_counted_together(
    as_alice: Client, channel: Channel
):
    sent(channel, NOON - timedelta(hours=2))
    planned(channel.workspace, channel, NOON)
    assert SEEN not in seen(as_alice)

    sent(channel, NOON - timedelta(hours=1))

    told = seen(as_alice)
    assert SEEN in told and "3 appels planifiés ou déjà faits" in told


def test_an_answer_and_a_try_that_failed_are_spent_too(as_alice: Client, channel: Channel):
    answer = sent(channel, NOON - timedelta(hours=2), "answer")
    Delivery.objects.filter(pk=answer.pk).update(purpose="answer", post=None)
    sent(channel, NOON - timedelta(hours=1), state="refused")
    planned(channel.workspace, channel, NOON)

    assert SEEN in seen(as_alice)


def test_a_day_on_which_nothing_is_to_come_is_not_told_of(as_alice: Client, channel: Channel):
    sent(channel, NOON, "post", "part", "part")

    assert SEEN not in seen(as_alice)


def test_what_is_still_under_way_is_counted_once(channel: Channel):
    sent(channel, NOON, "post", state="processing")

    assert spent(channel.workspace, channels(channel.workspace), [DAY]) == {}


def test_what_left_before_midnight_there_is_another_day_s(channel: Channel):
    midnight = datetime(DAY.year, DAY.month, DAY.day, tzinfo=channel.workspace.tz)
    sent(channel, (midnight - timedelta(seconds=1)).astimezone(UTC))
    sent(channel, midnight.astimezone(UTC))

    found = spent(channel.workspace, channels(channel.workspace), [DAY])

    assert found == {(DAY, channel.pk): 1}


def test_a_practice_world_s_day_is_by_its_own_clock(channel: Channel):
    Workspace.objects.update(world_kind="practice")
    channel.refresh_from_db()
    sent(channel, NOON - timedelta(days=9), shift=timedelta(days=9))

    assert spent(channel.workspace, channels(channel.workspace), [DAY]) == {(DAY, channel.pk): 1}


def test_units_of_channels_of_one_application_add_up(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    other = channel_in(workspace, "autre")
    Channel.objects.update(app="client-1")
    sent(other, NOON - timedelta(hours=2), "film", "comment")
    planned(workspace, channel, NOON)
    Delivery.objects.filter(channel=channel).update(calls=80)
    with card_with("bluesky", budgets=(Budget(211, 86_400, "app", {"film": 80, "comment": 51}),)):
        assert SEEN not in seen(as_alice)
    with card_with("bluesky", budgets=(Budget(211, 86_400, "app", {"film": 81, "comment": 51}),)):
        assert "212 unités" in seen(as_alice)


def test_the_composer_counts_it_as_well(as_alice: Client, channel: Channel):
    local = NOON.astimezone(channel.workspace.tz)
    when = {"when": "at", "plan-date": f"{local:%Y-%m-%d}", "plan-time": f"{local:%H:%M}"}

    def said() -> str:
        return as_alice.post("/posts/check", form(channel, **when)).content.decode()

    sent(channel, NOON - timedelta(hours=2))
    assert SAID not in said()
    sent(channel, NOON - timedelta(hours=1))
    assert SAID in said()
