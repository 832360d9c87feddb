"""Many planned posts changed at once: looked at first, done, and undone in one click."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tesselle.channels.models import Channel
from tesselle.ledger.models import Delivery
from tesselle.plan.models import BulkChange
from tesselle.plan.tests.test_calendar import channel_in
from tesselle.plan.tests.test_moving import at_nine
from tesselle.strategy.models import Campaign, Pillar
from tesselle.workspaces.models import User, Workspace


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return channel_in(workspace)


@pytest.fixture
def two(workspace: Workspace, channel: Channel) -> list[Delivery]:
    return [at_nine(workspace, channel, 3, "Un"), at_nine(workspace, channel, 5, "Deux")]


def change(client: Client, rows: list[Delivery], do: str = "carry_out", **wish: Any) -> str:
    asked = {"delivery": [row.pk for row in rows], "do": do, **wish}
    return client.post(reverse("plan:many"), asked, follow=True).content.decode()


def undo(client: Client) -> None:
    client.post(reverse("plan:undo_many", args=[BulkChange.objects.get().pk]))


def again(row: Delivery) -> Delivery:
    return Delivery.objects.select_related("post__current", "variant").get(pk=row.pk)


def test_looking_changes_nothing_and_shows_both_times(as_alice: Client, two: list[Delivery]):
    page = change(as_alice, two, do="look", act="move", days=2)

    assert page.count("<del>") == 2 and page.count("<ins>") == 2
    assert [again(row).due_at for row in two] == [row.due_at for row in two]
    assert not BulkChange.objects.exists()


def test_they_move_by_days_and_back_and_what_is_leaving_stays(as_alice: Client, two: list[Delivery]):
    first, second = two
    Delivery.objects.filter(pk=second.pk).update(state="queued")
    page = change(as_alice, two, act="move", days=-1)

    assert again(first).due_at == first.due_at - timedelta(days=1)
    assert again(second).due_at == second.due_at and "1 publication reste comme elle est" in page
    undo(as_alice)
    assert again(first).due_at == first.due_at


@pytest.mark.parametrize("kind", ["pillar", "campaign"])
def test_they_are_given_a_pillar_or_a_campaign(
    as_alice: Client, workspace: Workspace, two: list[Delivery], kind: str
):
    days = {} if kind == "pillar" else {"first_day": "2026-01-01", "last_day": "2026-02-01"}
    aimed = {"pillar": Pillar, "campaign": Campaign}[kind].objects.create(
        workspace=workspace, name="Chantiers", **days
    )
    change(as_alice, two, act=kind, **{kind: aimed.pk})
    assert {getattr(again(row).post, f"{kind}_id") for row in two} == {aimed.pk}
    undo(as_alice)
    assert {getattr(again(row).post, f"{kind}_id") for row in two} == {None}


def test_called_off_and_deleted_they_come_back(as_alice: Client, two: list[Delivery]):
    first, second = two
    change(as_alice, [first], act="call_off")
    assert again(first).state == "cancelled"
    undo(as_alice)
    BulkChange.objects.all().delete()
    assert again(first).state == "planned"

    change(as_alice, [second], act="delete")
    gone = again(second)
    assert gone.state == "cancelled" and gone.post and gone.post.deleted_at is not None
    undo(as_alice)
    back = again(second)
    assert back.state == "planned" and back.post and back.post.deleted_at is None


def test_their_channels_change_at_their_own_time_and_come_back(
    as_alice: Client, workspace: Workspace, two: list[Delivery]
):
    other = channel_in(workspace, "autre")
    first = two[0]
    change(as_alice, [first], act="channels", channels=[other.pk])

    assert again(first).state == "cancelled"
    new = Delivery.objects.get(channel=other)
    assert (new.state, new.due_at, new.post_id) == ("planned", first.due_at, first.post_id)
    undo(as_alice)
    back = again(first)
    assert back.state == "planned" and again(new).state == "cancelled"
    assert back.post and back.post.current and back.variant
    assert back.variant.revision_id == back.post.current_id
    assert back.post.current.variants.get().channel_id == first.channel_id


def test_a_post_that_is_partly_out_is_not_deleted(
    as_alice: Client, workspace: Workspace, two: list[Delivery]
):
    first, second = two
    Delivery.objects.filter(pk=second.pk).update(post=first.post, state="live")
    change(as_alice, [first], act="delete")
    assert again(first).state == "planned" and not BulkChange.objects.exists()


def test_mallory_and_a_viewer_change_nothing(
    client: Client, as_alice: Client, mallory: User, chloe: User, two: list[Delivery]
):
    change(as_alice, two, act="move", days=1)
    made = BulkChange.objects.get()
    for person, status in ((mallory, 404), (chloe, 403)):
        client.force_login(person)
        assert client.post(reverse("plan:undo_many", args=[made.pk])).status_code == status
    client.force_login(mallory)
    change(client, two, act="call_off")
    assert {again(row).state for row in two} == {"planned"}
