"""A profile that is a grid: what is planned among what is out, and two dates exchanged."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from tesselle.channels.models import Channel
from tesselle.ledger.models import Delivery
from tesselle.plan.grid.reading import grid_of, squares, with_new
from tesselle.plan.tests.test_calendar import channel_in, planned
from tesselle.plan.tests.test_moving import at_nine
from tesselle.workspaces.models import User, Workspace


@pytest.fixture
def profile(workspace: Workspace) -> Channel:
    channel = channel_in(workspace)
    Channel.objects.filter(pk=channel.pk).update(network="instagram", kind="instagram")
    channel.refresh_from_db()
    return channel


@pytest.fixture
def pair(workspace: Workspace, profile: Channel) -> tuple[Delivery, Delivery]:
    return at_nine(workspace, profile, 3, "Demain"), at_nine(workspace, profile, 5, "Plus tard")


def test_the_newest_stands_first_and_a_story_stands_nowhere(workspace: Workspace, profile: Channel, pair):
    now = workspace.now()
    out = planned(workspace, profile, now - timedelta(days=2), "Sorti")
    gone = planned(workspace, profile, now - timedelta(days=1), "Annulé")
    story = planned(workspace, profile, now + timedelta(days=4), "Story")
    Delivery.objects.filter(pk=out.pk).update(state="live")
    Delivery.objects.filter(pk=gone.pk).update(state="cancelled")
    assert story.variant is not None
    story.variant.body = {**story.variant.body, "options": {"format": "story"}}
    story.variant.save()

    grid = grid_of(profile)
    assert grid is not None
    shown = squares(profile, grid)

    assert [one.id for one in shown] == [pair[1].pk, pair[0].pk, out.pk]
    beside = with_new(shown, now + timedelta(days=4, hours=1), "Nouveau", 0)
    assert [one.is_new for one in beside] == [False, True, False, False]


def test_two_exchange_their_dates_on_this_channel_and_go_back(
    as_alice: Client, workspace: Workspace, profile: Channel, pair
):
    first, second = pair
    was = (first.due_at, second.due_at)
    elsewhere = at_nine(workspace, channel_in(workspace, "autre"), 3)

    answer = as_alice.post(f"/channels/{profile.pk}/exchange", {"one": first.pk, "other": second.pk})

    for one in (first, second, elsewhere):
        one.refresh_from_db()
    assert (second.due_at, first.due_at) == was and elsewhere.due_at == was[0]
    (message,) = get_messages(answer.wsgi_request)
    as_alice.post(message.extra_tags.removeprefix("undo="))
    first.refresh_from_db()
    assert first.due_at == was[0]


def test_what_is_leaving_exchanges_nothing(as_alice: Client, profile: Channel, pair):
    first, second = pair
    Delivery.objects.filter(pk=first.pk).update(state="queued")
    as_alice.post(f"/channels/{profile.pk}/exchange", {"one": first.pk, "other": second.pk})

    was = second.due_at
    second.refresh_from_db()
    assert second.due_at == was


def test_the_channels_page_and_the_composer_show_the_grid(as_alice: Client, profile: Channel, pair):
    page = as_alice.get(f"/channels/{profile.pk}/").content.decode()
    assert page.count("data-movable-square") == 2 and "Demain" in page

    composer = as_alice.get(f"/posts/new?channels={profile.pk}").content.decode()
    assert "profile-tile--new" in composer and "data-movable-square" not in composer


def test_a_planned_post_stands_in_the_composers_grid_at_its_own_time(
    as_alice: Client, profile: Channel, pair: tuple[Delivery, Delivery]
):
    first, later = pair
    page = as_alice.get(f"/posts/{first.post_id}").content.decode()

    grid = page[page.index("profile-grid") :]
    assert grid.index(f"/deliveries/{later.pk}") < grid.index("profile-tile--new")
    local = first.due_at.astimezone(profile.workspace.tz)
    assert f'name="plan-date" value="{local:%Y-%m-%d}"' in page
    assert f'name="plan-time" value="{local:%H:%M}"' in page, "to plan it anew moves nothing by itself"


def test_mallory_and_a_viewer_exchange_nothing(
    client: Client, mallory: User, chloe: User, profile: Channel, pair
):
    first, second = pair
    asked = {"one": first.pk, "other": second.pk}
    client.force_login(mallory)
    client.post(f"/channels/{profile.pk}/exchange", asked)
    client.force_login(chloe)
    assert client.post(f"/channels/{profile.pk}/exchange", asked).status_code == 403
    was = first.due_at
    first.refresh_from_db()
    assert first.due_at == was
