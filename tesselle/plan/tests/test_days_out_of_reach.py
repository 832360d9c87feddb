"""A day at the ends of what dates can hold is refused in words, wherever a day is asked for."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.compose.tests.forms import form
from tesselle.domain.reach import OUT_OF_REACH
from tesselle.ledger.models import Delivery
from tesselle.plan.models import ByHand, Event
from tesselle.plan.tests.test_calendar import channel_in, planned
from tesselle.web.sentences import say
from tesselle.workspaces.models import User, Workspace

DAYS = ["0001-01-01", "1970-12-31", "2200-01-01", "9999-12-31"]


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return channel_in(workspace)


@pytest.fixture
def delivery(workspace: Workspace, channel: Channel) -> Delivery:
    return planned(workspace, channel, timezone.now() + timedelta(days=3))


def _move_day(client: Client, delivery: Delivery, day: str) -> str:
    return _post(client, reverse("plan:move"), {"deliveries": str(delivery.pk), "day": day})


def _move_time(client: Client, delivery: Delivery, day: str) -> str:
    return _post(client, reverse("plan:move"), {"deliveries": str(delivery.pk), "when": f"{day}T09:00"})


def _replan(client: Client, delivery: Delivery, day: str) -> str:
    return _post(client, reverse("publish:replan", args=[delivery.pk]), {"when": f"{day}T09:00"})


def _missed(client: Client, delivery: Delivery, day: str) -> str:
    Delivery.objects.filter(pk=delivery.pk).update(state="missed")
    values = {"delivery": delivery.pk, "do": "replan", "when": f"{day}T09:00"}
    return _post(client, reverse("plan:decide_missed"), values)


def _compose(client: Client, delivery: Delivery, day: str) -> str:
    return _post(client, reverse("plan:plan_new"), _written(delivery, day))


def _look_in_composer(client: Client, delivery: Delivery, day: str) -> str:
    return _post(client, reverse("plan:outcome"), _written(delivery, day))


def _written(delivery: Delivery, day: str) -> dict[str, object]:
    return {**form(delivery.channel), "when": "at", "plan-date": day, "plan-time": "23:59", "do": "plan"}


def _repeat(client: Client, delivery: Delivery, day: str) -> str:
    values = {"first": f"{day}T09:00", "every": 1, "unit": "month", "times": 6, "do": "plan"}
    return _post(client, reverse("plan:repeat", args=[delivery.post_id]), values)


def _bring(client: Client, delivery: Delivery, day: str) -> str:
    table = SimpleUploadedFile("posts.csv", f"date,text\n{day},Zellige\n".encode())
    return _post(client, reverse("plan:import_look"), {"table": table})


def _event(client: Client, delivery: Delivery, day: str) -> str:
    return _post(client, reverse("plan:add_event"), {"name": "Foire", "first_day": day})


def _by_hand(client: Client, delivery: Delivery, day: str) -> str:
    who = User.objects.get(email="alice@example.org").pk
    values = {"where": "Story", "when": f"{day}T09:00", "who": who}
    return _post(client, reverse("plan:by_hand_new", args=[delivery.post_id]), values)


def _post(client: Client, address: str, values: dict[str, object]) -> str:
    return unescape(client.post(address, values, follow=True).content.decode())


WAYS = [
    _move_day,
    _move_time,
    _replan,
    _missed,
    _compose,
    _look_in_composer,
    _repeat,
    _bring,
    _event,
    _by_hand,
]


@pytest.mark.parametrize("ask", WAYS)
def test_a_day_that_no_calendar_shows_is_refused_in_words(
    as_alice: Client, delivery: Delivery, ask: Callable[[Client, Delivery, str], str]
):
    for day in DAYS:
        assert say(OUT_OF_REACH) in ask(as_alice, delivery, day), day

    assert list(Delivery.objects.values_list("due_at", flat=True)) == [delivery.due_at]
    assert not ByHand.objects.exists() and not Event.objects.exists()


def test_many_drafts_are_not_planned_out_of_reach(as_alice: Client, delivery: Delivery):
    draft = delivery.post
    assert draft is not None
    Delivery.objects.all().delete()
    wish = {"first": "9999-12-31", "weeks": 6, "days": "1", "at": "09:00", "post": draft.pk}
    assert say(OUT_OF_REACH) in _post(as_alice, reverse("plan:bulk_preview"), wish)

    shown = _post(
        as_alice,
        reverse("plan:bulk_plan"),
        {"post": draft.pk, f"when-{draft.pk}": "9999-12-31T23:59"},
    )

    assert say(OUT_OF_REACH) in shown
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("day", DAYS)
def test_a_list_narrowed_to_such_a_day_is_not_narrowed(as_alice: Client, delivery: Delivery, day: str):
    for side in ("from", "to"):
        assert f'data-delivery="{delivery.pk}"' in as_alice.get(f"/list?{side}={day}").content.decode()


def test_an_undo_made_up_by_hand_moves_nothing(as_alice: Client, delivery: Delivery):
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    Delivery.objects.update(due_at=now + timedelta(days=2), local_at="", zone="")
    delivery.refresh_from_db()
    local = delivery.due_at.astimezone(delivery.workspace.tz)
    moves = f"{delivery.pk}~0001-01-01T00:00~{local:%Y-%m-%dT%H:%M}"

    shown = _post(as_alice, f"{reverse('plan:move_back')}?moves={moves}", {})

    assert say(OUT_OF_REACH) in shown
