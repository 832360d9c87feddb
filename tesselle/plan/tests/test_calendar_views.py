"""The calendar's views, filters, colours, hints and festive days."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.connectors.card import Budget
from tesselle.ledger.models import Delivery
from tesselle.plan.calendar.asked import View, read
from tesselle.plan.calendar.festive import holidays_of
from tesselle.plan.calendar.hints import gaps, silences
from tesselle.plan.calendar.outings import Going, clashes, outings
from tesselle.plan.models import Event
from tesselle.plan.selectors import channels
from tesselle.plan.tests.test_calendar import NOON, channel_in, planned
from tesselle.strategy.models import Campaign, Pillar
from tesselle.workspaces.models import Member, Role, User, Workspace

TODAY = date(2026, 3, 18)
VIEWS = [*View]


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return channel_in(workspace)


def seen(client: Client, query: str) -> str:
    return client.get(f"/calendar?{query}").content.decode()


@pytest.mark.parametrize("view", VIEWS)
def test_a_post_stands_in_every_view(as_alice: Client, workspace: Workspace, channel: Channel, view: str):
    delivery = planned(workspace, channel, NOON)

    assert f'data-delivery="{delivery.pk}"' in seen(as_alice, f"view={view}&date=2026-03-18")


@given(view=st.sampled_from(VIEWS), day=st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_stretches_join_without_a_day_between_or_twice(view: View, day: date):
    asked = read(QueryDict(f"view={view}&date={day}"), TODAY)
    before, after = asked.moved(-1), asked.moved(1)

    assert asked.first <= day <= asked.last
    if view is not View.MONTH:  # months share the weeks in which they meet
        assert (
            before.last + timedelta(days=1) == asked.first and asked.last + timedelta(days=1) == after.first
        )
    assert read(QueryDict(asked.query), TODAY) == asked


@pytest.mark.parametrize(
    ("shown", "now", "then"),
    [
        (
            "view=month&date=2026-03-01",
            date(2026, 4, 2),
            date(2026, 4, 2),
        ),  # a day that March’s last week shows too
        ("view=month&date=2026-03-01", date(2026, 3, 25), date(2026, 3, 1)),
        (
            "view=month&date=2026-06-01",
            date(2026, 4, 2),
            date(2026, 6, 1),
        ),  # turned to by hand: it stays there
        ("view=week&date=2026-03-18", date(2026, 3, 25), date(2026, 3, 25)),
        ("view=day&date=2026-03-18", date(2026, 3, 19), date(2026, 3, 19)),
    ],
)
def test_a_calendar_that_lies_open_goes_along_with_the_clock(shown: str, now: date, then: date):
    opened = read(QueryDict(shown), TODAY)

    reread = read(QueryDict(opened.live_address.partition("?")[2]), now)

    assert (reread.view, reread.day) == (opened.view, then)


def test_the_address_goes_along_too_and_only_then(as_alice: Client, workspace: Workspace):
    today = workspace.today()
    before = today.replace(day=1) - timedelta(days=1)

    went = as_alice.get(f"/calendar?view=month&date={before}&since={before}")
    stayed = as_alice.get(f"/calendar?view=month&date={today}&since={today}")

    assert went.headers["HX-Replace-Url"] == f"/calendar?view=month&date={today}"
    assert "HX-Replace-Url" not in stayed.headers


def test_only_a_practice_calendar_listens_to_the_clock(as_alice: Client, workspace: Workspace):
    assert 'data-live="delivery post clock"' in seen(as_alice, "")
    assert "&amp;since=" in seen(as_alice, "")
    Workspace.objects.filter(pk=workspace.pk).update(world_kind="real")
    assert 'data-live="delivery post"' in seen(as_alice, "")


def test_an_address_that_makes_no_sense_shows_this_month():
    asked = read(QueryDict("view=decade&date=2026-13-45&channel=x&state=%3Cb%3E&colour=smell"), TODAY)

    assert (asked.view, asked.day, asked.channel) == (View.MONTH, TODAY, 0)


def test_one_post_on_three_channels_is_one_chip(as_alice: Client, workspace: Workspace):
    several = [channel_in(workspace, name) for name in ("un", "deux", "trois")]
    rows = [planned(workspace, channel, NOON) for channel in several]
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(post=rows[0].post)
    Delivery.objects.filter(pk=rows[2].pk).update(state="refused")

    page = seen(as_alice, "date=2026-03-18")

    assert page.count("data-chip") == 1
    assert 'data-state="refused"' in page, "it shows what is most urgent"


def test_filters_narrow_by_pillar_campaign_and_state(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    pillar = Pillar.objects.create(workspace=workspace, name="Chantiers", hue="clay")
    campaign = Campaign.objects.create(workspace=workspace, name="Salon", first_day=TODAY, last_day=TODAY)
    with_aim, without = (
        planned(workspace, channel, NOON),
        planned(workspace, channel, NOON + timedelta(hours=1)),
    )
    Post.objects.filter(deliveries=with_aim).update(pillar=pillar, campaign=campaign)
    Delivery.objects.filter(post=without.post).update(state="live")

    for query in (f"pillar={pillar.pk}", f"campaign={campaign.pk}", "state=planned"):
        page = seen(as_alice, f"date=2026-03-18&{query}")
        assert f'data-delivery="{with_aim.pk}"' in page and f'data-delivery="{without.pk}"' not in page
    coloured = seen(as_alice, "date=2026-03-18&colour=pillar")
    assert "hue--clay" in coloured and "50" in coloured.split('class="legend"')[1].split("</ul>")[0]


def test_a_filter_from_another_workspace_shows_nothing_of_it(
    as_alice: Client, workspace: Workspace, channel: Channel, mallory: User
):
    theirs = Pillar.objects.create(workspace=mallory.memberships.get().workspace, name="Ailleurs")
    planned(workspace, channel, NOON)

    page = seen(as_alice, f"date=2026-03-18&pillar={theirs.pk}&channel=999999")

    assert "Ailleurs" not in page and "data-delivery" not in page


def test_the_readers_own_time_stands_behind_the_workspaces(
    as_alice: Client, workspace: Workspace, channel: Channel, alice: User
):
    planned(workspace, channel, datetime(2026, 3, 18, 17, 0, tzinfo=UTC))
    alone = seen(as_alice, "view=day&date=2026-03-18")
    User.objects.filter(pk=alice.pk).update(zone="Asia/Tokyo")

    page = seen(as_alice, "view=day&date=2026-03-18")

    assert "02:00 (+1)" in page and "Tokyo" in page
    assert "02:00" not in alone


def test_a_time_planned_for_another_place_says_so(as_alice: Client, workspace: Workspace, channel: Channel):
    delivery = planned(workspace, channel, NOON)
    Delivery.objects.filter(pk=delivery.pk).update(local_at="2026-03-18T07:00", zone="America/New_York")

    page = seen(as_alice, "view=day&date=2026-03-18")

    assert "07:00" in page and "New York" in page


def test_the_board_shows_drafts_and_states(as_alice: Client, workspace: Workspace, channel: Channel):
    draft = planned(workspace, channel, NOON, "Idée")
    draft.delete()
    needy = planned(workspace, channel, NOON, "Refus")
    Delivery.objects.filter(pk=needy.pk).update(state="refused")

    page = seen(as_alice, "view=board&date=2026-03-18")

    column = page.split('id="column-needs"')[1]
    assert f'data-delivery="{needy.pk}"' in column and "Idée" in page.split('id="column-planned"')[0]


def going(pk: int, minutes: int, channel: int = 1, state: str = "planned", post: int = 0) -> Going:
    return Going(pk, NOON + timedelta(minutes=minutes), state, channel, post or pk, 0, "", "")


def test_posts_nearer_than_half_an_hour_on_one_channel_clash():
    rows = [going(1, 0), going(2, 29), going(3, 59), going(4, 60, channel=2), going(5, 61, state="cancelled")]

    assert clashes(rows) == {1, 2}


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 3)), max_size=30))
def test_a_clash_always_has_a_neighbour_that_is_near(times: list[tuple[int, int]]):
    rows = [going(n, minutes, channel) for n, (minutes, channel) in enumerate(sorted(times), start=1)]

    by_rule = {
        one.id
        for one in rows
        for other in rows
        if one is not other
        and one.channel_id == other.channel_id
        and abs(one.at - other.at) < timedelta(minutes=30)
    }
    assert clashes(rows) == by_rule
    assert sum(len(one.goings) for one in outings(rows, ZoneInfo("UTC"))) == len(rows)


def test_a_gap_is_told_from_five_days_on_and_only_ahead():
    days = [TODAY + timedelta(days=number) for number in range(-6, 15)]
    busy = {TODAY + timedelta(days=4), TODAY + timedelta(days=10)}

    assert gaps(days, busy, TODAY) == [(TODAY + timedelta(days=5), TODAY + timedelta(days=9))]


def test_a_channel_without_a_post_for_twelve_days_is_told(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    lively = channel_in(workspace, "vif")
    now = workspace.now()
    old = planned(workspace, channel, now - timedelta(days=12, hours=1))
    fresh = planned(workspace, lively, now - timedelta(days=2))
    Delivery.objects.filter(pk__in=[old.pk, fresh.pk]).update(state="live")

    [silence] = silences(workspace, channels(workspace))
    page = as_alice.get("/calendar", headers={"Accept-Language": "en"}).content.decode()

    assert (silence.channel.id, silence.since, silence.until) == (channel.pk, 12, None)
    assert f"/posts/new?channels={channel.pk}" in page and "12" in page.split('class="hints"')[1]


def test_what_is_planned_soon_ends_the_silence(workspace: Workspace, channel: Channel):
    now = workspace.now()
    old = planned(workspace, channel, now - timedelta(days=12))
    Delivery.objects.filter(pk=old.pk).update(state="live")
    planned(workspace, channel, now + timedelta(days=2))

    assert silences(workspace, channels(workspace)) == []


def test_more_than_a_network_takes_a_day_is_told(as_alice: Client, workspace: Workspace, monkeypatch):
    network = channel_in(workspace, "plein")
    card = SimpleNamespace(name="Bluesky", budgets=(Budget(2, 86_400),))
    monkeypatch.setattr("tesselle.plan.allowances.card", lambda slug: card)
    for number in range(3):
        planned(workspace, network, NOON + timedelta(hours=number))

    assert "day-note--quota" in seen(as_alice, "date=2026-03-18")


def test_a_thread_counts_with_each_of_its_parts(as_alice: Client, workspace: Workspace, monkeypatch):
    network = channel_in(workspace, "plein")
    card = SimpleNamespace(name="Bluesky", budgets=(Budget(2, 86_400),))
    monkeypatch.setattr("tesselle.plan.allowances.card", lambda slug: card)
    delivery = planned(workspace, network, NOON)

    assert "day-note--quota" not in seen(as_alice, "date=2026-03-18")
    Delivery.objects.filter(pk=delivery.pk).update(calls=3)
    assert "day-note--quota" in seen(as_alice, "date=2026-03-18")


def test_what_an_application_may_do_a_day_is_told_of_all_its_channels_together(
    as_alice: Client, workspace: Workspace, monkeypatch
):
    two = [channel_in(workspace, handle) for handle in ("un", "deux")]
    card = SimpleNamespace(name="Bluesky", budgets=(Budget(2, 86_400, scope="app"),))
    monkeypatch.setattr("tesselle.plan.allowances.card", lambda slug: card)
    for number in range(3):
        planned(workspace, two[number % 2], NOON + timedelta(hours=number))

    assert "day-note--quota" not in seen(as_alice, "date=2026-03-18")
    Channel.objects.update(app="client-1")
    assert "day-note--quota" in seen(as_alice, "date=2026-03-18")


@pytest.mark.parametrize(
    ("country", "region", "day", "name"),
    [
        ("CH", "GE", date(2026, 9, 10), "Jeûne genevois"),
        ("CH", "VD", date(2026, 9, 21), "Lundi du Jeûne"),
        ("FR", "", date(2026, 7, 14), "Fête nationale"),
        ("FR", "6AE", date(2026, 12, 26), "Deuxième jour de Noël"),
    ],
)
def test_holidays_are_those_of_the_place(country: str, region: str, day: date, name: str):
    assert dict(holidays_of(country, region, 2026, "fr"))[day]
    if region:
        assert day not in dict(holidays_of(country, "", 2026, "fr"))


def test_the_place_is_chosen_and_stands_in_the_calendar(as_alice: Client, workspace: Workspace):
    before = seen(as_alice, "date=2026-09-01")
    as_alice.post(reverse("plan:festive_place"), {"place": "CH-GE"})

    assert "Jeûne genevois" not in before and "Jeûne genevois" in seen(as_alice, "date=2026-09-01")


def test_an_own_event_stands_on_each_of_its_days(as_alice: Client, workspace: Workspace):
    as_alice.post(
        reverse("plan:add_event"),
        {"name": "Salon Habitat", "first_day": "2026-03-05", "last_day": "2026-03-08"},
    )
    page = seen(as_alice, "date=2026-03-01")
    as_alice.post(reverse("plan:remove_event", args=[Event.objects.get().pk]))

    assert page.count("day-note--event") == 4
    assert "day-note--event" not in seen(as_alice, "date=2026-03-01")


def test_an_event_that_ends_before_it_begins_is_told(as_alice: Client):
    form = {"name": "Salon", "first_day": "2026-03-08", "last_day": "2026-03-05"}

    assert as_alice.post(reverse("plan:add_event"), form).status_code == 422
    assert not Event.objects.exists()


def test_strangers_and_viewers_change_no_festive_days(
    client: Client, workspace: Workspace, chloe: User, mallory: User
):
    event = Event.objects.create(workspace=workspace, name="Salon", first_day=TODAY, last_day=TODAY)
    client.force_login(chloe)
    assert client.post(reverse("plan:remove_event", args=[event.pk])).status_code == 403
    assert client.post(reverse("plan:festive_place"), {"place": "FR"}).status_code == 403
    client.force_login(mallory)
    assert client.post(reverse("plan:remove_event", args=[event.pk])).status_code == 404

    assert Event.objects.exists()


def test_a_day_that_was_drawn_before_tells_what_changed_and_to_each_reader_the_own(
    as_alice: Client, workspace: Workspace, channel: Channel, alice: User
):
    soon = timezone.now() + timedelta(days=1)
    delivery, query = planned(workspace, channel, soon), f"view=week&date={soon:%Y-%m-%d}"
    assert 'data-state="planned"' in seen(as_alice, query)

    assert f'data-movable="{delivery.pk}"' in seen(as_alice, query)
    Member.objects.filter(user=alice).update(role=Role.VIEWER)
    assert "data-movable" not in seen(as_alice, query)
    Delivery.objects.filter(pk=delivery.pk).update(state="live")
    assert 'data-state="live"' in seen(as_alice, query)
    Post.objects.filter(deliveries=delivery).update(name="Autre nom")
    assert "Autre nom" in seen(as_alice, query)
    Workspace.objects.filter(pk=workspace.pk).update(clock_shift=timedelta(days=2))
    assert "chip--past" in seen(as_alice, query)
