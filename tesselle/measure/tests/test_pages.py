"""The dashboards: what is compared with what, what is missing, and who may look."""

from datetime import timedelta

import pytest
from django.templatetags.static import static
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tesselle.channels.models import Channel
from tesselle.journal.models import Entry
from tesselle.measure import numbers
from tesselle.measure.dictionary import ELSEWHERE
from tesselle.measure.models import ChannelDay, FigureChoice
from tesselle.measure.tests.factories import make_channel, make_counts, make_mark, make_out
from tesselle.workspaces.models import User, Workspace


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return make_channel(workspace)


def overview(client: Client, **asked: int) -> str:
    return client.get(reverse("measure:overview"), asked).content.decode()


def figure(page: str, key: str) -> str:
    return page.split(f'data-figure="{key}"')[1].split('data-figure="')[0]


def test_a_period_without_posts_says_so_and_shows_no_zero(as_alice: Client, channel: Channel):
    page = overview(as_alice)

    assert "<span>–</span>" in figure(page, "sum-interactions")
    assert "Ce n’est pas zéro" in figure(page, "sum-interactions")


def test_posts_are_added_up_at_the_same_age(as_alice: Client, channel: Channel):
    for days in (8, 9, 10):
        make_mark(channel, days, **make_counts(10))
    make_mark(channel, 12, age_days=1, **make_counts(500))  # another age
    make_mark(channel, 3, **make_counts(700))  # cannot be: too young for this age

    page = overview(as_alice)

    assert "<span>30</span>" in figure(page, "sum-interactions")
    assert "<span>10</span>" in figure(page, "median-interactions")


def test_the_change_is_against_the_period_before_and_the_quarter(as_alice: Client, channel: Channel):
    for days, total in ((10, 30), (11, 30), (40, 20), (41, 20)):
        make_mark(channel, days, **make_counts(total))

    page = overview(as_alice)

    assert "+50" in figure(page, "sum-interactions")  # 60 against 40
    assert "+20" in figure(page, "median-interactions")  # 30 against a median of 25
    assert "surtout de la chance" in figure(page, "sum-interactions")  # two posts are few


def test_the_explanation_holds_the_numbers(as_alice: Client, channel: Channel):
    mark = make_mark(channel, 10, followers=400, reactions=7, comments=2, shares=1)

    page = as_alice.get(reverse("measure:post", args=[mark.series.delivery.post_id])).content.decode()

    found = figure(page, f"d{mark.series.delivery_id}-rate_by_followers")
    assert "(7 + 2 + 1) ÷ 400 = 2,5" in found
    assert "favourites_count" in found
    assert "Mastodon ne donne jamais" in found  # saves


@pytest.mark.parametrize(
    ("days_ago", "told"),
    [(6.9, "Pas encore"), (7.01, "ses chiffres sont relevés sous peu"), (20, "Aucun relevé n’a été fait")],
)
def test_why_a_post_has_no_figures_of_an_age(as_alice: Client, channel: Channel, days_ago: float, told: str):
    delivery = make_out(channel, channel.workspace.now() - timedelta(days=days_ago))

    assert told in as_alice.get(reverse("measure:post", args=[delivery.post_id])).content.decode()


def test_a_rate_by_what_no_network_tells_is_missing(as_alice: Client, channel: Channel, workspace: Workspace):
    make_mark(channel, 10, **make_counts(10))
    FigureChoice.objects.create(workspace=workspace, base="reach")

    assert "<span>–</span>" in figure(overview(as_alice), "median-rate_by_reach")


def test_younger_posts_are_told_and_not_counted(as_alice: Client, channel: Channel):
    make_out(channel, channel.workspace.now() - timedelta(days=2))

    assert "1 publication plus récente" in overview(as_alice)


def test_a_channels_page_shows_each_post_against_its_own_median(as_alice: Client, channel: Channel):
    for days, total in ((10, 10), (11, 20), (12, 40)):
        make_mark(channel, days, **make_counts(total))

    page = as_alice.get(reverse("measure:channel", args=[channel.pk])).content.decode()

    assert "+100" in page
    assert "−50" in page
    assert f'data-chart="{static("measure/charts/posts.vl.json")}"' in page


def test_the_chart_stands_in_the_page_as_a_table(as_alice: Client, channel: Channel):
    day = channel.workspace.now().date()
    for n, count in enumerate((100, 110, 130)):
        ChannelDay.objects.create(channel=channel, day=day - timedelta(days=3 - n), followers=count)

    page = as_alice.get(reverse("measure:channel", args=[channel.pk])).content.decode()

    assert [f'data-raw="{count}"' in page for count in (100, 110, 130)] == [True] * 3
    assert "(130 − 100) ÷ 100" in page


def test_the_base_is_chosen_once_and_written_down(as_alice: Client, workspace: Workspace, channel: Channel):
    as_alice.post(reverse("measure:base"), {"base": "views"})

    assert FigureChoice.objects.get(workspace=workspace).base == "views"
    assert Entry.objects.filter(verb="figures.base_chosen", workspace_id=workspace.pk).exists()
    assert "median-rate_by_views" in overview(as_alice)


def test_an_unknown_base_changes_nothing(as_alice: Client, workspace: Workspace):
    as_alice.post(reverse("measure:base"), {"base": "luck"})

    assert not FigureChoice.objects.exists()


def test_a_viewer_looks_and_does_not_choose(client: Client, chloe: User, channel: Channel):
    client.force_login(chloe)

    assert client.get(reverse("measure:overview")).status_code == 200
    assert client.post(reverse("measure:base"), {"base": "reach"}).status_code == 403


def test_a_stranger_finds_nothing(client: Client, mallory: User, channel: Channel):
    mark = make_mark(channel, 10, **make_counts(77))
    client.force_login(mallory)

    answers = [
        client.get(reverse("measure:channel", args=[channel.pk])),
        client.get(reverse("measure:post", args=[mark.series.delivery.post_id])),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_the_dictionary_says_which_network_tells_what(as_alice: Client, channel: Channel):
    page = as_alice.get(reverse("measure:dictionary")).content.decode()

    assert "favourites_count" in page
    assert page.count("Aucun de vos réseaux ne le donne") >= 4  # reach, impressions, saves, clicks


def test_every_indicator_of_the_trade_is_worked_out_or_said_not_to_be(as_alice: Client, channel: Channel):
    page = as_alice.get(reverse("measure:dictionary")).content.decode()

    worked_out = [
        "reach",
        "impressions",
        "interactions",
        "rate_by_reach",
        "rate_by_followers",
        "rate_by_views",
        "share_rate",
        "comment_rate",
        "applause_rate",
        "save_rate",
        "click_rate",
        "followers_gained",
        "response",
        "visits",
        "quotes",
        "visits_per_quote",
        "cost_per_quote",
        "jobs",
        "cost_per_job",
        "adherence",
        "pillar_balance",
        "time_per_post",
    ]
    said_not_to_be = [one.slug for one in ELSEWHERE]
    assert all(f'id="{slug}"' in page for slug in (*worked_out, *said_not_to_be))
    assert not set(worked_out) & set(said_not_to_be)
    assert all(str(one.formula) and str(one.why) for one in ELSEWHERE)


def test_a_post_has_a_rate_for_each_action_that_its_network_tells_and_no_other(
    as_alice: Client, workspace: Workspace
):
    mark = make_mark(
        make_channel(workspace, network="instagram"), 10, reactions=5, comments=1, saves=6, reach=400
    )

    page = as_alice.get(reverse("measure:post", args=[mark.series.delivery.post_id])).content.decode()

    assert "Taux d’enregistrement" in page
    assert "6 ÷ 400 = 1,5" in figure(page, f"d{mark.series.delivery_id}-save_rate")
    assert "Taux de partage" not in page


def test_what_is_not_all_is_not_told_as_all():
    with translation.override("en"):
        assert [numbers.share(value) for value in (1.0, 214 / 215, 0.9999, 0.99, 0)] == [
            "100%", "99.5%", "99.9%", "99%", "0%",
        ]  # fmt: skip


def test_nonsense_in_the_address_means_four_weeks(as_alice: Client, channel: Channel):
    assert as_alice.get(reverse("measure:overview"), {"days": "all", "age": "-1"}).status_code == 200
