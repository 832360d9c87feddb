"""Many drafts planned at once."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.compose.services import Wording, save_post
from tesselle.domain.content import Content
from tesselle.ledger.models import Delivery
from tesselle.plan.rhythm.bulk import Wish, drafts_of, propose
from tesselle.plan.tests.test_calendar import channel_in
from tesselle.strategy.aim import Aim
from tesselle.strategy.models import Pillar
from tesselle.workspaces.models import User, Workspace

MONDAY = date(2030, 3, 25)


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return channel_in(workspace)


def draft(workspace: Workspace, *channels: Channel, text: str = "Zellige", pillar: int = 0) -> Post:
    return save_post(
        workspace=workspace,
        author=None,
        shared=Content(text=text),
        wordings=tuple(Wording(channel) for channel in channels),
        aim=Aim(pillar=pillar),
    )


def plan(client: Client, *rows: tuple[Post, str]) -> None:
    form: dict[str, object] = {"post": [str(post.pk) for post, _ in rows]}
    client.post(reverse("plan:bulk_plan"), form | {f"when-{post.pk}": when for post, when in rows})


def test_each_gets_a_day_at_its_hour(workspace: Workspace, channel: Channel):
    for number in range(4):
        draft(workspace, channel, text=f"Envoi {number}")
    wish = Wish(MONDAY, 2, frozenset({1, 4}), time(9), by_mix=False)

    found = propose(workspace, drafts_of(workspace), wish)

    assert [f"{one.when:%d.%m. %H:%M}" for one in found] == [
        "26.03. 09:00",
        "29.03. 09:00",
        "02.04. 09:00",
        "05.04. 09:00",
    ]


def test_each_day_of_the_proposal_is_told_with_its_weekday_and_what_it_is(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    draft(workspace, channel)
    wish = {"first": "2030-12-25", "weeks": "1", "days": ["2"], "at": "09:00"}  # a Wednesday
    post = drafts_of(workspace)[0]

    page = as_alice.post(reverse("plan:bulk_preview"), {"post": [post.pk], **wish})

    [(_row, day)] = page.context["proposals"]
    assert day == "mercredi 25 décembre · Noël"


def test_pillars_alternate_and_what_finds_no_day_is_said(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    one, two = (Pillar.objects.create(workspace=workspace, name=name) for name in ("Un", "Deux"))
    posts = [draft(workspace, channel, text=f"{n}", pillar=(one, one, two)[n].pk) for n in range(3)]

    page = as_alice.post(
        reverse("plan:bulk_preview"),
        {
            "post": [post.pk for post in posts],
            "first": "2030-03-25",
            "weeks": "1",
            "days": ["1", "4"],
            "at": "09:00",
            "mix": "on",
        },
    )

    assert [row.post.pk for row, _day in page.context["proposals"]] == [posts[0].pk, posts[2].pk, posts[1].pk]
    assert page.context["left"] == 1
    assert not Delivery.objects.exists()


def test_rows_are_planned_each_for_itself_and_called_off_again(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    good, without, late = draft(workspace, channel), draft(workspace), draft(workspace, channel)

    plan(as_alice, (good, "2030-03-26T09:00"), (without, "2030-03-26T09:00"), (late, "2001-01-01T09:00"))

    [delivery] = Delivery.objects.all()
    assert (delivery.post_id, delivery.local_at) == (good.pk, "2030-03-26T09:00")
    as_alice.post(f"{reverse('plan:call_off')}?ids={delivery.pk}")
    delivery.refresh_from_db()
    assert delivery.state == "cancelled"


def test_a_post_that_was_planned_meanwhile_is_left_alone(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    post = draft(workspace, channel)
    plan(as_alice, (post, "2030-03-26T09:00"))
    plan(as_alice, (post, "2030-03-27T09:00"))

    assert Delivery.objects.count() == 1


def test_an_empty_calendar_leads_to_drafts_that_wait_and_all_can_be_unticked(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    draft(workspace, channel)

    assert f'href="{reverse("plan:bulk")}"' in as_alice.get(reverse("plan:calendar")).content.decode()
    ticked = as_alice.get(reverse("plan:bulk"), {"weeks": "2"})
    typed = {"weeks": "2", "first": "2030-03-2", "days": ["5"], "at": "16:30", "tick": "none"}
    unticked, again = (
        as_alice.post(reverse("plan:bulk_preview"), typed | more) for more in ({}, {"tick": "all"})
    )
    assert [row[1] for row in ticked.context["rows"]] == [True]
    assert [row[1] for row in unticked.context["rows"]] == [False]
    assert [row[1] for row in again.context["rows"]] == [True]
    kept = unticked.context["form"]
    assert not kept.errors
    assert [kept[name].value() for name in ("weeks", "first", "days", "at", "mix")] == [
        "2",
        "2030-03-2",
        ["5"],
        "16:30",
        False,
    ]


def test_a_wish_that_makes_no_sense_is_told(as_alice: Client, workspace: Workspace, channel: Channel):
    post = draft(workspace, channel)

    answer = as_alice.post(reverse("plan:bulk_preview"), {"post": post.pk, "first": "", "weeks": "900"})

    assert answer.status_code == 422


def test_strangers_and_contributors_plan_none(
    client: Client, workspace: Workspace, channel: Channel, chloe: User, mallory: User
):
    post = draft(workspace, channel)
    for person in (chloe, mallory):
        client.force_login(person)
        plan(client, (post, f"{workspace.now() + timedelta(days=2):%Y-%m-%dT%H:%M}"))

    assert not Delivery.objects.exists()
