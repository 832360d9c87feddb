"""What a network bills is said before connecting, before planning, and summed over the month."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.formats import date_format

from tesselle.channels.models import Channel
from tesselle.channels.tests.other_card import card_with
from tesselle.channels.tests.test_pages import channel_in
from tesselle.compose.services import Wording, save_post
from tesselle.connectors.card import Cost
from tesselle.domain.content import Content
from tesselle.domain.limits import Source
from tesselle.ledger.models import Delivery
from tesselle.plan.costs import month_bills, month_of
from tesselle.plan.overspending import overspending
from tesselle.plan.selectors import channels as channels_of
from tesselle.plan.services import Slot, plan_post
from tesselle.workspaces.models import User, Workspace

SOURCE = Source("a made-up price list", date(2026, 11, 25))
COSTS = (
    Cost("post", Decimal("0.015"), "USD", SOURCE),
    Cost("post", Decimal("0.200"), "USD", SOURCE, with_link=True),
)


@pytest.fixture(autouse=True)
def billing() -> Iterator[None]:
    with card_with("bluesky", costs=COSTS, before_connecting=("It costs.",)):
        yield


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return channel_in(workspace)


def planned(channel: Channel, text: str) -> Delivery:
    post = save_post(
        workspace=channel.workspace, author=None, shared=Content(text=text), wordings=(Wording(channel),)
    )
    return plan_post(post=post, slots={channel.pk: Slot.at_once(channel.workspace)}, by=None)[0]


def test_a_month_is_what_is_out_and_planned_in_it(channel: Channel):
    planned(channel, "Tiles")
    planned(channel, "Tiles https://example.org/a")
    last_month = planned(channel, "Old tiles")
    Delivery.objects.filter(pk=last_month.pk).update(due_at=last_month.due_at - timedelta(days=40))
    called_off = planned(channel, "No tiles")
    Delivery.objects.filter(pk=called_off.pk).update(state="cancelled")

    assert month_bills([channel], channel.workspace.now()) == {channel.pk: Decimal("0.215")}


def test_it_is_one_query_for_any_number_of_channels_and_none_where_nothing_is_billed(workspace: Workspace):
    channels = [channel_in(workspace, f"c{number}") for number in range(3)]
    for channel in channels:
        planned(channel, "Tiles")

    with CaptureQueriesContext(connection) as seen:
        month_bills(channels, workspace.now())
    assert len(seen) == 1
    Channel.objects.update(network="mastodon")
    with CaptureQueriesContext(connection) as seen:
        assert month_bills([Channel(network="mastodon")], workspace.now()) == {}
    assert len(seen) == 0


def test_a_year_ends_where_the_next_begins(workspace: Workspace):
    start, end = month_of(workspace.now().replace(month=12, day=31))

    assert (start.month, start.day) == (12, 1)
    assert (end.year, end.month, end.day) == (start.year + 1, 1, 1)


def test_the_price_is_shown_before_planning_and_before_connecting(as_alice: Client, channel: Channel):
    asked = {"shared-text": "Tiles https://example.org/a", "channels": channel.pk, "do": "refresh"}

    writing = as_alice.post("/posts/new", asked).content.decode()
    connecting = as_alice.get("/channels/connect/bluesky/").content.decode()

    assert "cette publication coûte 0,20\u00a0USD" in writing
    assert "0,015\u00a0USD" in connecting
    assert "0\u00a0USD" in as_alice.get(f"/channels/{channel.pk}/").content.decode()


def test_the_price_follows_the_words_as_they_are_typed(as_alice: Client, channel: Channel):
    asked = {"shared-text": "Tiles", "channels": channel.pk}

    plain = as_alice.post("/posts/check", asked).content.decode()
    linked = as_alice.post(
        "/posts/check", asked | {"shared-text": "Tiles https://example.org/a"}
    ).content.decode()

    assert 'id="post-cost" hx-swap-oob="true"' in plain and "coûte 0,015\u00a0USD" in plain
    assert "coûte 0,20\u00a0USD" in linked


def test_where_nothing_is_billed_nothing_is_said(as_alice: Client, alice: User, channel: Channel):
    with card_with("bluesky", costs=()):
        asked = {"shared-text": "Tiles", "channels": channel.pk, "do": "refresh"}
        assert "USD" not in as_alice.post("/posts/new", asked).content.decode()


def overspent(first: date, last: date) -> dict[date, list[str]]:
    workspace = Workspace.objects.get()
    return overspending(workspace, channels_of(workspace), first, last)


def test_a_budget_is_passed_on_the_day_whose_post_passes_it(as_alice: Client, channel: Channel):
    now = channel.workspace.now()
    first, second = (
        planned(channel, "Tiles https://example.org/a"),
        planned(channel, "Tiles https://example.org/b"),
    )
    Delivery.objects.filter(pk=first.pk).update(due_at=now.replace(day=9, hour=12))
    Delivery.objects.filter(pk=second.pk).update(due_at=now.replace(day=11, hour=12))
    whole = (now.date().replace(day=1), now.date().replace(day=28))

    assert overspent(*whole) == {}
    Channel.objects.update(month_budget=Decimal("0.40"))
    assert overspent(*whole) == {}
    Channel.objects.update(month_budget=Decimal("0.39"))
    (day,) = overspent(*whole)
    assert day.day == 11
    assert overspent(whole[0], day - timedelta(days=1)) == {}
    assert "day-note--quota" in as_alice.get(f"/calendar?view=month&date={day:%Y-%m-%d}").content.decode()
    assert "C’est plus que son budget de 0,39" in as_alice.get(f"/channels/{channel.pk}/").content.decode()


def test_the_composer_warns_before_a_budget_is_passed(as_alice: Client, channel: Channel):
    asked = {"shared-text": "Tiles https://example.org/a", "channels": channel.pk, "do": "refresh"}
    Channel.objects.update(month_budget=Decimal("0.20"))
    assert "dépassé" not in as_alice.post("/posts/new", asked).content.decode()

    already = planned(channel, "Tiles https://example.org/b")

    assert "dépassé" in as_alice.post("/posts/new", asked).content.decode()
    assert "dépassé" not in as_alice.get(f"/posts/{already.post_id}").content.decode()


def test_a_budget_is_that_of_the_month_in_which_the_post_goes_out(as_alice: Client, channel: Channel):
    now = channel.workspace.now().astimezone(channel.workspace.tz)
    coming = month_of(now)[1] + timedelta(days=3, hours=10)
    Channel.objects.update(month_budget=Decimal("0.20"))
    there = planned(channel, "Tiles https://example.org/b")
    Delivery.objects.filter(pk=there.pk).update(due_at=coming)
    asked = {"shared-text": "Tiles https://example.org/a", "channels": channel.pk, "when": "at"}
    then = {**asked, "plan-date": f"{coming:%Y-%m-%d}", "plan-time": "09:30"}
    today = {**asked, "plan-date": f"{now:%Y-%m-%d}", "plan-time": f"{now:%H:%M}"}

    assert "dépassé" not in as_alice.post("/posts/check", today).content.decode()
    told = as_alice.post("/posts/check", then).content.decode()
    assert "dépassé" in told and f"{date_format(coming, 'F Y')} revient à 0,20" in told
    own = {**then, "own-post": there.post_id, "revision": "1"}
    assert "dépassé" not in as_alice.post("/posts/check", own).content.decode()


def test_what_went_out_already_is_not_billed_anew(as_alice: Client, channel: Channel):
    Channel.objects.update(month_budget=Decimal("0.20"))
    out = planned(channel, "Tiles https://example.org/b")
    Delivery.objects.filter(pk=out.pk).update(state="live")

    assert "dépassé" not in as_alice.get(f"/posts/{out.post_id}").content.decode()


def test_a_budget_is_asked_for_only_where_the_network_bills(as_alice: Client, channel: Channel):
    page, settings = f"/channels/{channel.pk}/", f"/channels/{channel.pk}/settings/"
    assert "month_budget" in as_alice.get(page).content.decode()

    as_alice.post(settings, {"fresh_minutes": 60, "month_budget": "12.50"})
    channel.refresh_from_db()
    assert channel.month_budget == Decimal("12.50")
    assert as_alice.post(settings, {"fresh_minutes": 60, "month_budget": "-1"}).status_code == 422
    with card_with("bluesky", costs=()):
        assert "month_budget" not in as_alice.get(page).content.decode()
