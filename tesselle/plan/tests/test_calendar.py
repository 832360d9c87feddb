"""The calendar and the list of a workspace."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.compose.services import Wording, save_post
from tesselle.domain.content import Content
from tesselle.ledger.models import Delivery, installation
from tesselle.ledger.services.planning import plan_delivery
from tesselle.workspaces.models import User, Workspace


def channel_in(workspace: Workspace, handle: str = "carreaux") -> Channel:
    return Channel.objects.create(
        workspace=workspace,
        network="bluesky",
        kind="account",
        remote_id=f"did:plc:{handle}",
        server="https://social.example",
        handle=handle,
    )


def planned(workspace: Workspace, channel: Channel, at: datetime, text: str = "Zellige") -> Delivery:
    post = save_post(
        workspace=workspace, author=None, shared=Content(text=text), wordings=(Wording(channel),)
    )
    assert post.current is not None
    return plan_delivery(
        variant=post.current.variants.get(), due_at=at, local_at="", zone="Europe/Zurich", by=None
    )


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return channel_in(workspace)


NOON = datetime(2026, 3, 18, 11, 0, tzinfo=UTC)


def test_a_post_stands_on_its_local_day(as_alice: Client, workspace: Workspace, channel: Channel):
    late = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)  # half past midnight, 1 April, in Zurich
    delivery = planned(workspace, channel, late, "Poisson")

    page = as_alice.get("/calendar?month=2026-04").content.decode()

    assert f'data-delivery="{delivery.pk}"' in page
    assert "00:30" in page
    first_of_april = page.split('<span class="day-number">1</span>')[1].split("</li>")[0]
    assert "Poisson" in first_of_april


def test_a_full_day_shows_four_and_leads_to_the_rest(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    for minute in range(7):
        planned(workspace, channel, NOON + timedelta(minutes=minute))

    page = as_alice.get("/calendar?month=2026-03").content.decode()
    day = as_alice.get("/calendar?view=day&date=2026-03-18").content.decode()

    assert page.count("data-delivery=") == 4
    assert 'data-more="3"' in page
    assert "/calendar?view=day&amp;date=2026-03-18" in page
    assert day.count("data-delivery=") == 7


def test_the_words_of_a_post_cannot_become_markup(as_alice: Client, workspace: Workspace, channel: Channel):
    planned(workspace, channel, NOON, '<img src=x onerror="alert(1)">')

    assert "<img src=x" not in as_alice.get("/calendar?month=2026-03").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/calendar?month=2026-03",
        "/calendar?view=week&date=2026-03-18",
        "/calendar?view=day&date=2026-03-18",
        "/calendar?view=list&date=2026-03-01",
        "/calendar?view=board&date=2026-03-01",
        "/list",
    ],
)
def test_the_number_of_queries_stays_the_same(
    as_alice: Client, workspace: Workspace, channel: Channel, address: str
):

    for number in range(10):
        planned(workspace, channel, NOON + timedelta(days=number))
    as_alice.get(address)
    with CaptureQueriesContext(connection) as ten:
        as_alice.get(address)
    for number in range(30):
        planned(workspace, channel, NOON + timedelta(hours=number))
    with CaptureQueriesContext(connection) as forty:
        as_alice.get(address)

    assert len(forty) == len(ten) <= 19


def test_the_filter_tells_channels_of_one_name_apart(as_alice: Client, workspace: Workspace):
    for network in ("bluesky", "mastodon"):
        made = channel_in(workspace, network)
        Channel.objects.filter(pk=made.pk).update(network=network, display_name="Carreaux Martin")

    page = as_alice.get("/list").content.decode()

    assert "Carreaux Martin (Bluesky)" in page and "Carreaux Martin (Mastodon)" in page


def test_the_list_is_narrowed_by_state_and_channel(as_alice: Client, workspace: Workspace, channel: Channel):
    other = channel_in(workspace, "autre")
    here, there = planned(workspace, channel, NOON), planned(workspace, other, NOON)
    Delivery.objects.filter(pk=there.pk).update(state="unknown")

    by_state = as_alice.get("/list?state=needs").content.decode()
    by_channel = as_alice.get(f"/list?channel={channel.pk}").content.decode()

    assert f'data-delivery="{there.pk}"' in by_state and f'data-delivery="{here.pk}"' not in by_state
    assert f'data-delivery="{here.pk}"' in by_channel and f'data-delivery="{there.pk}"' not in by_channel


def test_what_needs_a_person_stands_above_the_calendar(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    delivery = planned(workspace, channel, NOON)
    Delivery.objects.filter(pk=delivery.pk).update(state="refused")

    page = as_alice.get("/calendar?month=2020-01").content.decode()

    assert 'data-waiting="1"' in page
    assert f"/deliveries/{delivery.pk}" in page


def test_only_who_runs_the_installation_releases_what_is_held(
    as_alice: Client, alice: User, chloe: User, mallory: User
):
    row = installation()
    row.held, row.held_reason = True, "restored"
    row.save()
    refused = {}
    for person in (chloe, alice, mallory):  # the last two own a workspace each, neither owns all
        visitor = Client()
        visitor.force_login(person)
        seen = visitor.get("/calendar").content.decode()
        assert "data-held" in seen and reverse("plan:release") not in seen
        refused[person.name] = visitor.post(reverse("plan:release")).status_code

    assert set(refused.values()) == {403}
    assert installation().held
    User.objects.filter(pk=alice.pk).update(is_staff=True)
    assert reverse("plan:release") in as_alice.get("/calendar").content.decode()
    assert as_alice.post(reverse("plan:release")).status_code == 302
    assert not installation().held


def test_the_owner_of_every_workspace_releases_too(as_alice: Client, alice: User):
    row = installation()
    row.held, row.held_reason = True, "imported"
    row.save()

    assert as_alice.post(reverse("plan:release")).status_code == 302
    assert not installation().held


def test_a_stranger_sees_none_of_it(client: Client, mallory: User, workspace: Workspace, channel: Channel):
    delivery = planned(workspace, channel, NOON)
    client.force_login(mallory)

    assert f'data-delivery="{delivery.pk}"' not in client.get("/calendar?month=2026-03").content.decode()
    assert f'data-delivery="{delivery.pk}"' not in client.get("/list").content.decode()


def missed_ones(workspace: Workspace, channel: Channel) -> list[Delivery]:
    made = [planned(workspace, channel, NOON + timedelta(minutes=20 * n), f"Envoi {n}") for n in range(3)]
    Delivery.objects.filter(pk__in=[one.pk for one in made]).update(state="missed", next_at=None)
    return made


def test_missed_posts_are_planned_anew_with_their_distance(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    made = missed_ones(workspace, channel)
    tomorrow = (timezone.now() + timedelta(days=1)).astimezone(workspace.tz).replace(second=0, microsecond=0)

    as_alice.post(
        reverse("plan:decide_missed"),
        {"do": "replan", "delivery": [one.pk for one in made], "when": f"{tomorrow:%Y-%m-%dT%H:%M}"},
    )

    again = list(Delivery.objects.order_by("id").values_list("state", "due_at"))
    assert [state for state, _ in again] == ["planned"] * 3
    assert [at - again[0][1] for _, at in again] == [timedelta(minutes=20 * n) for n in range(3)]
    assert again[0][1] == tomorrow


def test_a_past_time_moves_nothing(as_alice: Client, workspace: Workspace, channel: Channel):
    made = missed_ones(workspace, channel)

    answer = as_alice.post(
        reverse("plan:decide_missed"),
        {"do": "replan", "delivery": [one.pk for one in made], "when": "2026-03-18T12:00"},
    )

    assert answer.status_code == 422
    assert set(Delivery.objects.values_list("state", flat=True)) == {"missed"}


def test_what_was_dropped_comes_back(as_alice: Client, workspace: Workspace, channel: Channel):
    made = missed_ones(workspace, channel)
    as_alice.post(reverse("plan:decide_missed"), {"do": "drop", "delivery": [made[0].pk, made[1].pk]})
    dropped = list(Delivery.objects.order_by("id").values_list("state", flat=True))

    as_alice.post(f"{reverse('plan:take_up')}?ids={made[0].pk}")

    assert dropped == ["cancelled", "cancelled", "missed"]
    assert Delivery.objects.get(pk=made[0].pk).state == "planned"


def test_a_viewer_and_a_stranger_decide_nothing_missed(
    client: Client, chloe: User, mallory: User, workspace: Workspace, channel: Channel
):
    made = missed_ones(workspace, channel)
    form = {"do": "drop", "delivery": [made[0].pk]}
    client.force_login(chloe)
    assert client.get(reverse("plan:missed")).status_code == 200
    assert client.post(reverse("plan:decide_missed"), form).status_code == 403
    client.force_login(mallory)
    client.post(reverse("plan:decide_missed"), form)
    client.post(f"{reverse('plan:take_up')}?ids={made[0].pk}")

    assert Delivery.objects.get(pk=made[0].pk).state == "missed"
