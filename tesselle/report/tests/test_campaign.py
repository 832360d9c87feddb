"""The report of a campaign: its own posts only, each channel against itself, nothing that cannot be traced."""

import io
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document as WordFile
from openpyxl import load_workbook

from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.compose.services import save_post
from tesselle.domain.content import Content
from tesselle.journal.models import Entry
from tesselle.links.models import Link, LinkDay
from tesselle.measure.models import BusinessResult, CostChoice, Mark, Spending
from tesselle.measure.tests.factories import make_channel, make_counts, make_mark, make_out
from tesselle.report.campaign import OfCampaign
from tesselle.report.links import make_link
from tesselle.report.models import ReportLink, WrittenPart
from tesselle.report.sections.objective import standing
from tesselle.strategy.aimable import Week
from tesselle.strategy.models import Campaign, Objective
from tesselle.workspaces.models import User, Workspace

MONDAY = date(2026, 3, 2)


@pytest.fixture
def campaign(workspace: Workspace) -> Campaign:
    today = workspace.today()
    return Campaign.objects.create(
        workspace=workspace,
        name="Salon de l’habitat",
        first_day=today - timedelta(days=28),
        last_day=today - timedelta(days=10),
    )


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return make_channel(workspace)


def give(campaign: Campaign, mark: Mark) -> Post:
    """The mark's post becomes one of the campaign."""
    delivery = mark.series.delivery
    assert delivery is not None and delivery.post is not None
    Post.objects.filter(pk=delivery.post.pk).update(campaign=campaign)
    Mark.objects.filter(pk=mark.pk).update(campaign=campaign)
    return delivery.post


def measured(campaign: Campaign, channel: Channel, mine: int, others: int, posts: int = 6) -> list[Post]:
    """So many posts of the campaign with `mine` interactions each, and as many before with `others`."""
    for n in range(posts):
        make_mark(channel, 40 + n, **make_counts(others))
    return [give(campaign, make_mark(channel, 11 + n, **make_counts(mine))) for n in range(posts)]


def page_of(client: Client, campaign: Campaign) -> str:
    """With plain spaces, so that sentences can be looked for as they are spoken."""
    page = client.get(reverse("report:report"), {"campaign": campaign.pk}).content.decode()
    return page.replace("\xa0", " ").replace("\u202f", " ")


def test_each_channel_is_compared_with_itself_at_the_same_age(
    as_alice: Client, workspace: Workspace, campaign: Campaign, channel: Channel
):
    measured(campaign, channel, 20, 10)
    measured(campaign, make_channel(workspace, "atelier"), 30, 40)

    page = page_of(as_alice, campaign)

    assert "12 publications de la campagne ont été mesurées" in page
    assert "Sur carreaux (Mastodon), la médiane est à +100 % par rapport" in page.replace(
        "\xa0", " "
    ).replace("\u202f", " ")
    assert "Sur atelier (Mastodon), la médiane est à −25 % par rapport" in page.replace("\u202f", " ")
    assert "10 (6)" in page and "40 (6)" in page


def test_with_few_posts_the_change_is_called_luck(as_alice: Client, campaign: Campaign, channel: Channel):
    measured(campaign, channel, 20, 10, posts=5)

    page = page_of(as_alice, campaign)

    assert "la médiane est à" not in page
    assert "surtout de la chance" in page


def test_posts_of_other_campaigns_and_of_none_are_not_its_own(
    as_alice: Client, campaign: Campaign, channel: Channel
):
    other = Campaign.objects.create(
        workspace=campaign.workspace, name="Été", first_day=campaign.first_day, last_day=campaign.last_day
    )
    give(other, make_mark(channel, 15, **make_counts(500)))
    make_mark(channel, 16, **make_counts(600))
    give(campaign, make_mark(channel, 17, **make_counts(7)))

    page = page_of(as_alice, campaign)

    assert "1 publication de la campagne a été mesurée : 7 interactions" in page
    # Tables, sentences and charts; not the page's head, where the stream's place in time stands.
    shown = page.partition("<main")[2]
    assert not re.search(r"\b(500|600)\b", shown)


def test_a_post_outside_its_days_and_what_is_still_to_come_are_told(
    as_alice: Client, campaign: Campaign, channel: Channel, workspace: Workspace
):
    give(campaign, make_mark(channel, 60, **make_counts(7)))
    coming = make_out(channel, workspace.now() + timedelta(days=3))
    type(coming).objects.filter(pk=coming.pk).update(state="planned")
    Post.objects.filter(deliveries=coming).update(campaign=campaign)
    draft = save_post(workspace=workspace, author=None, shared=Content(text="À écrire"), wordings=())
    Post.objects.filter(pk=draft.pk).update(campaign=campaign)

    page = page_of(as_alice, campaign)

    assert "1 publication est sortie" in page
    assert "1 publication doit encore sortir" in page
    assert "est écrite et n’a pas encore de jour" in page
    assert "1 publication de la campagne a été mesurée" in page


def test_results_visits_and_costs_are_those_of_its_posts(
    as_alice: Client, campaign: Campaign, channel: Channel, workspace: Workspace
):
    post, *_rest = measured(campaign, channel, 20, 10)
    day = campaign.first_day
    BusinessResult.objects.create(
        workspace=workspace, day=workspace.today(), kind="quote", count=4, post=post
    )
    BusinessResult.objects.create(workspace=workspace, day=day, kind="job", value=9600, post=post)
    BusinessResult.objects.create(workspace=workspace, day=day, kind="quote", count=9)
    Spending.objects.create(
        workspace=workspace,
        day=day - timedelta(days=40),
        minutes=90,
        amount=Decimal(110),
        campaign=campaign,
    )
    CostChoice.objects.create(workspace=workspace, hourly_rate=Decimal(60))
    for of_post, label, visits in ((post, "", 5), (None, "Salon de l’habitat", 6), (None, "Flyer", 70)):
        link = Link.objects.create(
            workspace=workspace, code=f"x{visits}", target="https://a.example", post=of_post, label=label
        )
        LinkDay.objects.create(link=link, day=day, visits=visits)

    page = page_of(as_alice, campaign)

    assert "4 demandes de devis et 1 chantier signé" in page
    assert "9 600 CHF" in page
    assert "9 autres résultats ont été notés ces jours-là sans publication" in page
    assert "11 visites du site" in page
    assert "utm_campaign=salon-de-lhabitat" in page
    assert "Avec une heure à 60 CHF, cela fait 200 CHF." in page
    assert "50 CHF par demande de devis" in page


def test_a_campaign_whose_name_leaves_no_mark_gets_no_visits_of_others(
    as_alice: Client, workspace: Workspace, campaign: Campaign, channel: Channel
):
    """Its letters are none of an address: so are those of a link made by hand."""
    Campaign.objects.filter(pk=campaign.pk).update(name="春")
    posts = measured(campaign, channel, 20, 10)
    for code, post, label, visits in (("xa", posts[0], "", 3), ("xb", None, "夏", 40)):
        link = Link.objects.create(
            workspace=workspace, code=code, target="https://a.example", post=post, label=label
        )
        LinkDay.objects.create(link=link, day=workspace.today(), channel=channel, visits=visits)

    page = page_of(as_alice, campaign)

    assert "3 visites du site sont venues" in page and "43 visites" not in page
    assert "utm_campaign=" not in page


def test_the_objective_is_counted_as_it_counts_itself(
    as_alice: Client, campaign: Campaign, channel: Channel, workspace: Workspace
):
    post, *_rest = measured(campaign, channel, 20, 10)
    campaign.objective = Objective.objects.create(
        workspace=workspace, sentence="Huit demandes par mois", indicator="quote", baseline=4, target=8
    )
    campaign.save()
    monday = campaign.last_day - timedelta(days=campaign.last_day.weekday())
    for week in range(10):
        day = monday - timedelta(weeks=week)
        count = 3 if day >= campaign.first_day - timedelta(days=campaign.first_day.weekday()) else 1
        BusinessResult.objects.create(workspace=workspace, day=day, kind="quote", count=count)
    BusinessResult.objects.create(workspace=workspace, day=monday, kind="quote", count=2, post=post)

    page = page_of(as_alice, campaign)

    since = (monday - (campaign.first_day - timedelta(days=campaign.first_day.weekday()))).days // 7 + 1
    now = 3 * min(since, 4) + max(0, 4 - since) + 2
    assert f"il en était à {now} ; avant la campagne, à 4." in page.replace("\u202f", " ")
    assert "seulement ce qui vient des publications de la campagne : 2" in page


@pytest.mark.parametrize(
    ("kind", "values", "on", "expected"),
    [
        ("sum", [1, 2, 3, 4, 5], 5, 14),
        ("sum", [1, 2, 3, 4, 5], 4, 10),
        ("sum", [1, 2, 3], 3, None),
        ("sum", [1, 2, 3, 4, None], 5, None),
        ("level", [100, 120], 2, 120),
        ("level", [100], 2, None),
    ],
)
def test_a_figure_stands_only_where_its_weeks_reach_up_to_the_day(kind, values, on, expected):
    weeks = [Week(MONDAY + timedelta(weeks=n), value) for n, value in enumerate(values)]

    assert standing(weeks, kind, MONDAY + timedelta(weeks=on)) == expected


@pytest.mark.parametrize("kind", ["pdf", "docx", "md"])
def test_the_file_is_handed_over_under_the_campaigns_name(as_alice: Client, campaign: Campaign, kind: str):
    answer = as_alice.get(reverse("report:file", args=[kind]), {"campaign": campaign.pk})

    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="tesselle-salon-de-lhabitat.{kind}"'


def test_the_workbook_holds_its_posts_only(as_alice: Client, campaign: Campaign, channel: Channel):
    measured(campaign, channel, 20, 10)

    data = as_alice.get(reverse("report:workbook"), {"campaign": campaign.pk}).content

    channels, posts = load_workbook(io.BytesIO(data)).worksheets
    assert posts.max_row == 1 + 6
    by_channel = dict(zip(*channels.iter_rows(values_only=True), strict=True))
    assert (by_channel["Interactions"], by_channel["Publications mesurées"]) == (120, 6)


def test_a_link_to_it_and_a_part_in_ones_own_words_are_the_campaigns_own(
    as_alice: Client, campaign: Campaign, workspace: Workspace
):
    asked = f"?campaign={campaign.pk}"
    made = as_alice.post(reverse("report:give") + asked, {"name": "Mme Rochat", "days": 30})
    as_alice.post(reverse("report:edit_part", args=["cost"]) + asked, {"text": "Deux jours de stand."})

    shared = Client().get("/report/" + str(made.context["address"]).rsplit("/", 1)[1])

    assert shared.status_code == 200
    assert "Deux jours de stand." in shared.content.decode()
    assert "D’où cela vient" not in shared.content.decode()
    word = as_alice.get(reverse("report:file", args=["docx"]) + asked).content
    assert any("Deux jours de stand." in one.text for one in WordFile(io.BytesIO(word)).paragraphs)
    assert "Deux jours de stand." not in as_alice.get(reverse("report:report")).content.decode()
    assert Entry.objects.get(verb="report.campaign_link_made").params["campaign"] == campaign.name
    assert Entry.objects.get(verb="report.campaign_part_written").params["campaign"] == campaign.name
    assert as_alice.post(reverse("report:back_to_draft", args=["cost"]) + asked).status_code == 302
    assert not WrittenPart.objects.exists()
    assert as_alice.post(reverse("report:withdraw", args=[ReportLink.objects.get().pk])).url.endswith(asked)


def test_its_page_is_one_click_from_the_campaign(as_alice: Client, campaign: Campaign):
    address = f"{reverse('report:report')}?campaign={campaign.pk}"

    for page in (reverse("strategy:strategy"), reverse("strategy:change", args=["campaign", campaign.pk])):
        assert f'href="{address}"' in as_alice.get(page).content.decode()


@pytest.mark.parametrize(
    ("method", "name", "args"),
    [
        ("get", "report", []),
        ("get", "file", ["pdf"]),
        ("get", "workbook", []),
        ("get", "posts_csv", []),
        ("get", "channels_csv", []),
        ("get", "share", []),
        ("post", "give", []),
        ("post", "edit_part", ["done"]),
        ("post", "back_to_draft", ["done"]),
    ],
)
def test_for_strangers_there_is_no_such_campaign(
    client: Client, mallory: User, alice: User, campaign: Campaign, method: str, name: str, args: list[str]
):
    make_link(campaign.workspace, OfCampaign(campaign), name="Noa", days=7, by=alice)
    client.force_login(mallory)

    asked = f"{reverse(f'report:{name}', args=args)}?campaign={campaign.pk}"

    typed = {"name": "Mallory", "days": 7, "text": "x"} if method == "post" else None
    assert getattr(client, method)(asked, typed).status_code == 404
    assert ReportLink.objects.count() == 1 and not WrittenPart.objects.exists()


@pytest.mark.parametrize("asked", ["0", "x", "٣", "9" * 40])
def test_a_campaign_that_does_not_exist_is_not_found(as_alice: Client, asked: str):
    assert as_alice.get(reverse("report:report"), {"campaign": asked}).status_code == 404
