"""While one writes, the composer says that a network takes no more on that day."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tesselle.channels.models import Channel
from tesselle.channels.tests.other_card import card_with
from tesselle.compose.services import Wording, save_post
from tesselle.compose.tests.forms import channel_in, form
from tesselle.connectors.card import Budget
from tesselle.domain.content import Content
from tesselle.ledger.models import Delivery
from tesselle.plan.models import PostingSlot
from tesselle.plan.services import Slot, plan_post
from tesselle.workspaces.models import User, Workspace

SAID = "Avec cette publication"

pytestmark = pytest.mark.usefixtures("two_a_day")


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return channel_in(workspace)


def at_noon(workspace: Workspace, days: int = 3) -> datetime:
    local = (workspace.now() + timedelta(days=days)).astimezone(workspace.tz)
    return local.replace(hour=12, minute=0, second=0, microsecond=0, tzinfo=None)


def planned(channel: Channel, local: datetime) -> Delivery:
    words = Content(text=f"Tiles {local} {Delivery.objects.count()}")
    post = save_post(workspace=channel.workspace, author=None, shared=words, wordings=(Wording(channel),))
    return plan_post(post=post, slots={channel.pk: Slot(local, channel.workspace.zone)}, by=None)[0]


def on(local: datetime) -> dict[str, Any]:
    return {"when": "at", "plan-date": f"{local:%Y-%m-%d}", "plan-time": f"{local:%H:%M}"}


def parts(*texts: str) -> dict[str, Any]:
    return {"shared-part": texts}


def writing(post_id: int | None) -> dict[str, Any]:
    return {"own-post": post_id}


def said(client: Client, *channels: Channel, address: str = "/posts/check", **more: Any) -> str:
    return client.post(address, form(*channels, **more)).content.decode()


def test_the_post_that_is_one_too_many_is_told_as_it_is_written(as_alice: Client, channel: Channel):
    noon = at_noon(channel.workspace)
    planned(channel, noon)
    assert SAID not in said(as_alice, channel, **on(noon + timedelta(hours=5)))
    planned(channel, noon)

    told = said(as_alice, channel, **on(noon + timedelta(hours=5)))
    whole = said(as_alice, channel, address="/posts/new", **on(noon), do="refresh")

    assert 'id="plan-full-days"' in told and 'hx-swap-oob="true"' in told and SAID in told
    assert "3 appels" in told and SAID in whole
    assert SAID not in said(as_alice, channel, **on(noon + timedelta(days=1)))


def test_a_longer_thread_is_told_as_it_grows(as_alice: Client, channel: Channel):
    noon = at_noon(channel.workspace)

    assert SAID not in said(as_alice, channel, **on(noon), **parts("Two"))
    assert SAID in said(as_alice, channel, **on(noon), **parts("Two", "Three"))


def test_a_post_that_is_planned_already_is_counted_once(as_alice: Client, channel: Channel):
    noon = at_noon(channel.workspace)
    planned(channel, noon)
    own = planned(channel, noon).post_id

    assert SAID not in as_alice.get(f"/posts/{own}").content.decode()
    assert SAID not in said(as_alice, channel, **on(noon), **writing(own))
    planned(channel, noon)
    assert SAID in said(as_alice, channel, **on(noon), **writing(own))


def test_what_has_left_already_is_not_counted_anew(as_alice: Client, channel: Channel):
    noon = at_noon(channel.workspace)
    own = planned(channel, noon)
    planned(channel, noon)
    Delivery.objects.filter(pk=own.pk).update(state="processing")

    assert SAID not in said(as_alice, channel, **on(noon), **writing(own.post_id))


def test_channels_of_one_application_share_what_it_takes(as_alice: Client, workspace: Workspace):
    two = [channel_in(workspace, handle=handle) for handle in ("un", "deux")]
    noon = at_noon(workspace)
    planned(two[0], noon)
    with card_with("bluesky", budgets=(Budget(2, 86_400, scope="app"),)):
        assert SAID not in said(as_alice, *two, **on(noon))
        Channel.objects.update(app="client-1")
        assert SAID in said(as_alice, *two, **on(noon))
        assert SAID not in said(as_alice, two[1], **on(noon))
        planned(two[0], noon)
        assert SAID in said(as_alice, two[1], **on(noon))


def test_where_units_are_counted_units_are_told(as_alice: Client, channel: Channel):
    Channel.objects.update(app="client-1")
    noon = at_noon(channel.workspace)
    with card_with("bluesky", budgets=(Budget(300, 86_400, "app", {"post": 160, "part": 50}),)):
        planned(channel, noon)
        told = said(as_alice, channel, **on(noon))
        assert "320 unités" in told and "une publication en prend au plus 160" in told
        assert SAID not in said(as_alice, channel, **on(noon + timedelta(days=1)))


def test_what_is_full_elsewhere_is_no_warning_here(as_alice: Client, workspace: Workspace, channel: Channel):
    noon, other = at_noon(workspace), channel_in(workspace, handle="autre")
    for _ in range(3):
        planned(other, noon)

    assert SAID not in said(as_alice, channel, **on(noon))


def test_each_channel_is_looked_at_on_the_day_of_its_own_next_slot(as_alice: Client, channel: Channel):
    noon = at_noon(channel.workspace)
    PostingSlot.objects.create(channel=channel, weekday=noon.weekday(), at=noon.time())
    for hours in (2, 3):
        planned(channel, noon + timedelta(hours=hours))

    assert SAID in said(as_alice, channel, when="slot")
    assert SAID not in said(as_alice, channel, when="now")


def test_it_is_told_in_english_too(client: Client, alice: User, channel: Channel):
    User.objects.update(language="en")
    client.force_login(alice)
    asked = form(channel, **on(at_noon(channel.workspace)), **parts("Two", "Three"))

    told = client.post("/posts/check", asked).content.decode()

    assert "With this post, on" in told and "where its network takes 2 a day" in told
