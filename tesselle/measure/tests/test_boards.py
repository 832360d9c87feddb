"""Pillars and campaigns, audience, team, peers: what is compared with what, and who may look."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.compose.services import save_post
from tesselle.connectors.card import Discussed
from tesselle.domain.content import Content
from tesselle.domain.verdicts import Remote
from tesselle.engage.places import Place
from tesselle.engage.services import answer
from tesselle.ledger.models import Delivery
from tesselle.links.models import Link, LinkDay
from tesselle.measure.boards.team import answered
from tesselle.measure.models import BusinessResult, ChannelDay, Mark, Peer, PeerFigure
from tesselle.measure.tests.factories import make_channel, make_counts, make_mark, make_out
from tesselle.strategy.aim import Aim
from tesselle.strategy.models import Campaign, Pillar
from tesselle.workspaces.models import User, Workspace
from tests.plans import explained, keep_only

PAGES = ("aims", "audience", "team", "peers")


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return make_channel(workspace)


def page(client: Client, name: str, **asked: Any) -> str:
    return client.get(reverse(f"measure:{name}"), asked).content.decode()


def figure(text: str, key: str) -> str:
    return text.split(f'data-figure="{key}"')[1].split('data-figure="')[0]


def aim(client: Client, name: str) -> str:
    return page(client, "aims").split(f'data-aim="{name}"')[1].split("</tr>")[0]


def post_of(mark: Mark) -> Post:
    assert mark.series.delivery is not None
    assert mark.series.delivery.post is not None
    return mark.series.delivery.post


def aim_at(post: Post, *, pillar: Pillar | None = None, campaign: Campaign | None = None) -> None:
    """As saving it with another aim does."""
    save_post(
        workspace=post.workspace,
        author=None,
        shared=Content(text="Zellige"),
        wordings=(),
        post=post,
        aim=Aim(pillar=pillar.pk if pillar else 0, campaign=campaign.pk if campaign else 0),
    )


def test_each_pillar_has_its_share_its_median_and_what_came_of_it(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    pillar = Pillar.objects.create(workspace=workspace, name="Chantiers", target_percent=50)
    Pillar.objects.create(workspace=workspace, name="Équipe")
    posts = [post_of(make_mark(channel, days, **make_counts(n))) for days, n in ((9, 10), (10, 20), (11, 90))]
    for post in posts[:2]:
        aim_at(post, pillar=pillar)
    link = Link.objects.create(workspace=workspace, code="abc", target="https://a.example", post=posts[0])
    LinkDay.objects.create(link=link, channel=channel, day=workspace.today(), visits=8)
    BusinessResult.objects.create(
        workspace=workspace, day=workspace.today(), kind="quote", count=3, post=posts[1]
    )

    row = aim(as_alice, "Chantiers")

    assert ">15" in row
    assert "67" in row
    assert "voulu" in row
    assert ">8</td>" in row
    assert ">3</td>" in row
    assert ">0</td>" in aim(as_alice, "Équipe")
    assert "90" in aim(as_alice, "sans pilier")


def test_a_campaign_is_compared_with_the_period_before(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    campaign = Campaign.objects.create(
        workspace=workspace, name="Salon", first_day="2026-01-01", last_day="2026-12-31"
    )
    for days, n in ((9, 30), (40, 20)):
        aim_at(post_of(make_mark(channel, days, **make_counts(n))), campaign=campaign)

    assert "+50" in aim(as_alice, "Salon")


def test_followers_gained_are_told_beside_those_of_the_period_before(as_alice: Client, channel: Channel):
    today = channel.workspace.today()
    for days_ago, count in ((50, 100), (30, 110), (27, 112), (0, 142)):
        ChannelDay.objects.create(channel=channel, day=today - timedelta(days=days_ago), followers=count)

    row = page(as_alice, "audience").split("<tbody>")[1]

    assert "+30" in row
    assert "+10" in row


def test_the_chart_names_networks_and_accounts_only_where_one_network_has_several(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    others = (make_channel(workspace, name, "bluesky") for name in ("atelier", "depot"))
    for one in (channel, *others):
        ChannelDay.objects.create(channel=one, day=workspace.today() - timedelta(days=9), followers=10)
        ChannelDay.objects.create(channel=one, day=workspace.today(), followers=20)

    chart = as_alice.get(reverse("measure:audience")).context["page"].chart

    assert {row[0].raw for row in chart.rows} == {"Mastodon", "Bluesky · atelier", "Bluesky · depot"}


def test_a_single_reading_is_no_growth(as_alice: Client, channel: Channel):
    ChannelDay.objects.create(channel=channel, day=channel.workspace.today(), followers=100)

    row = page(as_alice, "audience").split("<tbody>")[1].split("</tbody>")[0]

    assert row.count(">–<") == 3


def test_the_plan_is_kept_by_what_left_on_time(as_alice: Client, workspace: Workspace, channel: Channel):
    now = workspace.now()
    for n, (state, late) in enumerate(
        (("live", 1), ("live", 14), ("live", 40), ("missed", 0), ("cancelled", 0))
    ):
        made = make_out(channel, now - timedelta(days=n + 1))
        live_at = made.due_at + timedelta(minutes=late) if state == "live" else None
        Delivery.objects.filter(pk=made.pk).update(state=state, live_at=live_at)

    told = figure(page(as_alice, "team"), "adherence")

    assert "<span>50" in told
    assert "2 ÷ 4" in told


def test_an_answer_knows_how_long_its_comment_or_its_message_waited(
    as_alice: Client, alice: User, workspace: Workspace, channel: Channel
):
    made = make_out(channel, workspace.now() - timedelta(days=2))
    comments, messages = Place(channel, Discussed.COMMENTS, made), Place(channel, Discussed.MESSAGES)
    for minutes, place in ((30, comments), (90, messages), (600, messages)):
        said_at = workspace.now() - timedelta(minutes=minutes)
        given = answer(place, to=Remote(f"c{minutes}"), text="Merci", by=alice, said_at=said_at)
        Delivery.objects.filter(pk=given.pk).update(state="live", live_at=workspace.now())

    told = figure(page(as_alice, "team"), "response")

    assert "<span>1 h 30</span>" in told
    assert "3 réponses" in told


def test_answers_are_found_among_years_of_deliveries_by_their_own_index(workspace: Workspace):
    keep_only("delivery_answers", "ledger_delivery")

    with explained() as plans:
        answered(workspace, workspace.now() - timedelta(days=30), workspace.now())

    assert [line for line in plans if "Scan" in line and "using delivery_answers" not in line] == []


def test_nothing_answered_is_no_zero(as_alice: Client, channel: Channel):
    assert "<span>–</span>" in figure(page(as_alice, "team"), "response")


def test_peers_stand_beside_our_own_rate_by_the_same_denominator(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    for days in range(8, 15):
        make_mark(channel, days, followers=400, **make_counts(8))
    as_alice.post(reverse("measure:peers"), {"name": "Dalles & Cie", "network": "mastodon"})
    peer = Peer.objects.get()

    as_alice.post(
        reverse("measure:note_peer", args=[peer.pk]), {"followers": 1000, "posts": 10, "interactions": 300}
    )

    row = page(as_alice, "peers").split("<tbody>")[1].split("</tr>")[0]
    assert "3,0" in row  # 300 ÷ 10 ÷ 1000
    assert "2,0" in row  # 8 ÷ 400
    assert PeerFigure.objects.get().day == workspace.today()


@pytest.mark.parametrize(
    "wrong",
    [{"followers": ""}, {"followers": 10, "posts": 3}, {"followers": 10, "posts": 0, "interactions": 1}],
)
def test_half_a_figure_of_a_peer_is_refused(as_alice: Client, workspace: Workspace, wrong: dict[str, Any]):
    peer = Peer.objects.create(workspace=workspace, network="mastodon", name="Dalles")

    assert as_alice.post(reverse("measure:note_peer", args=[peer.pk]), wrong).status_code == 422
    assert not PeerFigure.objects.exists()


def test_five_peers_are_enough(as_alice: Client, workspace: Workspace, channel: Channel):
    for n in range(6):
        last = as_alice.post(reverse("measure:peers"), {"name": f"Dalles {n}", "network": "mastodon"})

    assert last.status_code == 422
    assert Peer.objects.count() == 5


def test_a_published_rate_stands_beside_ours_only_where_both_divide_by_the_same(as_alice: Client):
    told = page(as_alice, "peers")

    assert told.count("pas dit clairement") == 1
    assert "octobre 2026" in told


def test_a_stranger_finds_nothing_of_ours(
    client: Client, mallory: User, workspace: Workspace, channel: Channel
):
    Pillar.objects.create(workspace=workspace, name="Secret")
    ChannelDay.objects.create(channel=channel, day=workspace.today(), followers=77_123)
    peer = Peer.objects.create(workspace=workspace, network="mastodon", name="Dalles secrètes")
    client.force_login(mallory)

    told = "".join(page(client, name) for name in PAGES)

    assert not any(word in told for word in ("Secret", "Dalles"))
    assert not re.search(r"77\D{0,8}123", told)
    acts = [reverse(f"measure:{name}", args=[peer.pk]) for name in ("note_peer", "remove_peer")]
    assert [client.post(act).status_code for act in acts] == [404, 404]


@pytest.mark.parametrize("name", PAGES)
def test_more_posts_cost_no_more_queries(
    as_alice: Client, channel: Channel, name: str, django_assert_max_num_queries: Any
):
    for days in range(8, 20):
        make_mark(channel, days, **make_counts(5))
    page(as_alice, name)

    with django_assert_max_num_queries(24):
        page(as_alice, name)
