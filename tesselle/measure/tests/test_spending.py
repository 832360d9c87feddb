"""Time and money, and what a request costs by them."""

import re
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from tesselle.channels.models import Channel
from tesselle.journal.models import Entry
from tesselle.measure.models import BusinessResult, Spending
from tesselle.measure.spending.forms import MinutesField
from tesselle.measure.tests.factories import make_channel, make_out
from tesselle.strategy.models import Campaign
from tesselle.workspaces.models import User, Workspace

PAGE = "measure:costs"


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return make_channel(workspace)


def spend(client: Client, workspace: Workspace, **more: Any) -> Any:
    data = {"day": workspace.today().isoformat(), "purpose": "writing", **more}
    return client.post(reverse(PAGE), data)


def figure(page: str, key: str) -> str:
    return page.split(f'data-figure="{key}"')[1].split('data-figure="')[0]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("45", 45), ("1:30", 90), ("1h30", 90), ("1,5 h", 90), ("2h", 120), ("20 min", 20), ("", None)],
)
def test_a_time_is_typed_as_people_write_it(text: str, minutes: int | None):
    assert MinutesField(required=False).clean(text) == minutes


@pytest.mark.parametrize("text", ["0", "-5", "soon", "999h", "1:3", "1e3"])
def test_no_time_is_said_so(text: str):
    with pytest.raises(forms.ValidationError):
        MinutesField(required=False).clean(text)


def test_costs_are_money_and_hours_and_each_request_has_its_share(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    as_alice.post(reverse("measure:rate"), {"hourly_rate": "60"})
    spend(as_alice, workspace, minutes="1:30")
    spend(as_alice, workspace, amount="110", purpose="boost", channel=channel.pk)
    BusinessResult.objects.create(
        workspace=workspace, day=workspace.today(), kind="quote", count=4, channel=channel
    )

    page = as_alice.get(reverse(PAGE)).content.decode()

    assert "<span>200\u00a0CHF</span>" in figure(page, "cost")
    assert "110\u00a0CHF + 1 h 30 × 60\u00a0CHF = 200\u00a0CHF" in figure(page, "cost")
    assert "<span>50\u00a0CHF</span>" in figure(page, "cost_per_quote")
    assert "<span>–</span>" in figure(page, "cost_per_job")
    row = page.split("Mastodon)</th>")[1].split("</tr>")[0]
    assert ">110\u00a0CHF<" in row
    assert ">27,50\u00a0CHF<" in row


def test_what_was_spent_for_all_is_not_the_cost_of_those_nobody_knows(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    """The company's whole work, divided by the few requests whose origin is unknown, would be no figure at all."""
    spend(as_alice, workspace, amount="110", channel=channel.pk)
    spend(as_alice, workspace, amount="2000")
    BusinessResult.objects.create(workspace=workspace, day=workspace.today(), kind="quote", count=2)

    page = as_alice.get(reverse(PAGE)).content.decode()

    row = page.split("pour l’ensemble</th>")[1].split("</tr>")[0]
    assert "2" in row and "CHF" in row
    assert "1\u202f000" not in row and "1\u00a0000\u00a0CHF" not in row


def test_without_the_price_of_an_hour_time_is_not_in_the_costs(as_alice: Client, workspace: Workspace):
    spend(as_alice, workspace, minutes="60", amount="20")

    page = as_alice.get(reverse(PAGE)).content.decode()

    assert "<span>20\u00a0CHF</span>" in figure(page, "cost")
    assert "une heure n’a pas encore de prix" in figure(page, "cost").lower()


def test_another_currency_is_written_everywhere_and_converts_nothing(as_alice: Client, workspace: Workspace):
    spend(as_alice, workspace, amount="110")
    data = {"kind": "job", "day": workspace.today().isoformat(), "count": 1, "value": "12400"}
    as_alice.post(reverse("measure:results"), data)
    workspace.currency = "EUR"
    workspace.save()

    costs = as_alice.get(reverse(PAGE)).content.decode()
    results = as_alice.get(reverse("measure:results")).content.decode()

    assert "<span>110\u00a0EUR</span>" in figure(costs, "cost")
    assert "Argent (EUR)" in costs and "Une heure de travail coûte (EUR)" in costs
    assert "12\u00a0400\u00a0EUR" in results and "Valeur des chantiers signés (EUR)" in results
    assert "Les montants sont en EUR" in costs and "Les montants sont en EUR" in results
    assert not re.search(r"\bCHF\b", costs + results)  # tokens may hold these letters by chance
    assert Entry.objects.get(verb="spending.noted").params["amount"] == "110 CHF"


def test_an_english_reader_reads_the_currency_before_the_amount(
    as_alice: Client, alice: User, workspace: Workspace
):
    spend(as_alice, workspace, amount="1250.5")
    alice.language = "en"
    alice.save()

    costs = as_alice.get(reverse(PAGE), headers={"Accept-Language": "en"}).content.decode()

    assert "<span>CHF\u00a01,250.50</span>" in figure(costs, "cost")


def test_a_post_brings_its_campaign_along(as_alice: Client, workspace: Workspace, channel: Channel):
    campaign = Campaign.objects.create(
        workspace=workspace, name="Salon", first_day="2026-01-01", last_day="2026-12-31"
    )
    post = make_out(channel, workspace.now()).post
    assert post is not None
    post.campaign = campaign
    post.save()

    spend(as_alice, workspace, minutes="10", post=post.pk)

    assert Spending.objects.get().campaign == campaign
    assert Entry.objects.filter(verb="spending.noted").exists()


@pytest.mark.parametrize(
    "wrong", [{}, {"minutes": "soon"}, {"amount": "-1"}, {"minutes": "5", "day": "2999-01-01"}]
)
def test_nonsense_is_said_and_nothing_kept(as_alice: Client, workspace: Workspace, wrong: dict[str, str]):
    assert spend(as_alice, workspace, **wrong).status_code == 422
    assert not Spending.objects.exists()


def test_things_of_others_are_no_choice_and_strangers_remove_nothing(
    client: Client, mallory: User, chloe: User, alice: User, workspace: Workspace
):
    theirs = make_channel(Workspace.objects.create(name="Ailleurs"))
    made = Spending.objects.create(workspace=workspace, day=workspace.today(), minutes=5, note="la cave")
    client.force_login(alice)
    assert spend(client, workspace, minutes="5", channel=theirs.pk).status_code == 422

    client.force_login(mallory)
    assert client.post(reverse("measure:remove_spending", args=[made.pk])).status_code == 404
    assert "la cave" not in client.get(reverse(PAGE)).content.decode()
    client.force_login(chloe)
    assert spend(client, workspace, minutes="5").status_code == 403
    assert client.post(reverse("measure:rate"), {"hourly_rate": "1"}).status_code == 403


def test_a_request_is_noted_for_the_post_it_came_from(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    post = make_out(channel, workspace.now(), "Un sol bleu").post
    assert post is not None
    data = {"kind": "quote", "day": workspace.today().isoformat(), "count": 1, "post": post.pk}

    as_alice.post(reverse("measure:results"), data)

    assert BusinessResult.objects.get().post == post
    assert "Un sol bleu" in as_alice.get(reverse("measure:results")).content.decode()
