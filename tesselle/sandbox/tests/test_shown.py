"""A simulated network's page shows what its public sees there, at the workspace's hour."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from tesselle.channels.models import Channel
from tesselle.domain.content import FORMAT, Content
from tesselle.engage.places import of_account
from tesselle.engage.services import answer, read_replies
from tesselle.ledger.models import Delivery, installation
from tesselle.networks import slugs
from tesselle.publish.changing import plan_deletion
from tesselle.publish.remote_pages import page_of
from tesselle.sandbox.accounts import connect_simulated
from tesselle.sandbox.clock import services
from tesselle.sandbox.models import SeededWorld
from tesselle.sandbox.shown.pages import age_words
from tesselle.sandbox.shown.reading import account_seen, comments_seen
from tesselle.sandbox.tests.living import carried, planned
from tesselle.sandbox.truth import truth_of
from tesselle.workspaces.models import Member, Role, User, Workspace

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)


@pytest.fixture
def company(workspace: Workspace, alice: User) -> Channel:
    installation()
    now = workspace.now()
    SeededWorld.objects.create(workspace=workspace, seed="mosaique", began_at=now, remembered_until=now)
    return connect_simulated(workspace=workspace, network="mastodon", by=alice)


def lived(channel: Channel, by: User, ahead: timedelta, folder: Path) -> None:
    workspace = channel.workspace
    carried(services.go_until(workspace=workspace, until=workspace.now() + ahead, by=by), folder)
    workspace.refresh_from_db()


def test_a_post_is_seen_with_the_comments_of_its_age(
    company: Channel, alice: User, as_alice: Client, tmp_path: Path
):
    company = connect_simulated(workspace=company.workspace, network="linkedin", by=alice)
    delivery = planned(company, "Avant, après : la douche", timedelta(hours=2))
    profile = reverse("sandbox:shown_account", args=[company.pk])
    address = reverse("sandbox:shown_post", args=[company.pk, delivery.pk])
    assert "Avant, après" not in as_alice.get(profile).content.decode()
    assert as_alice.get(address).status_code == 404

    lived(company, alice, timedelta(hours=3), tmp_path)
    seen = account_seen(company)
    assert seen is not None
    young = len(comments_seen(company, seen.posts[0]))
    lived(company, alice, 14 * DAY, tmp_path)

    page = as_alice.get(address).content.decode()
    comments = comments_seen(company, seen.posts[0])
    assert len(comments) > young
    assert page.count('class="shown-comment"') == len(comments)
    assert all(one.author in page for one in comments)
    assert "Avant, après" in as_alice.get(profile).content.decode()


def test_what_was_taken_down_is_seen_no_more(company: Channel, alice: User, as_alice: Client, tmp_path: Path):
    delivery = planned(company, "Une erreur", timedelta(hours=2))
    lived(company, alice, DAY, tmp_path)
    delivery.refresh_from_db()
    address = page_of(delivery)
    assert as_alice.get(address).status_code == 200

    plan_deletion(delivery, by=alice)
    lived(company, alice, DAY, tmp_path)

    assert as_alice.get(address).status_code == 404
    delivery.refresh_from_db()
    assert page_of(delivery) == ""


def test_a_story_is_over_after_a_day(company: Channel, alice: User, as_alice: Client, tmp_path: Path):
    delivery = planned(company, "Ce matin", timedelta(hours=2))
    lived(company, alice, timedelta(hours=4), tmp_path)
    delivery = Delivery.objects.get(pk=delivery.pk)
    delivery.body = Content(text="Ce matin", options={FORMAT: "story"}).to_json()
    delivery.save(update_fields=["body"])
    address = reverse("sandbox:shown_post", args=[company.pk, delivery.pk])
    assert as_alice.get(address).status_code == 200
    profile = as_alice.get(reverse("sandbox:shown_account", args=[company.pk])).content.decode()
    assert "shown-stories" in profile

    lived(company, alice, 2 * DAY, tmp_path)

    assert as_alice.get(address).status_code == 404


def test_the_networks_page_is_where_the_deliverys_link_leads(
    company: Channel, alice: User, as_alice: Client, tmp_path: Path
):
    delivery = planned(company, "Chantier fini", timedelta(hours=2))
    lived(company, alice, DAY, tmp_path)

    page = as_alice.get(reverse("publish:delivery", args=[delivery.pk])).content.decode()

    address = reverse("sandbox:shown_post", args=[company.pk, delivery.pk])
    assert f'href="{address}"' in page
    assert as_alice.get(address).status_code == 200


@pytest.mark.parametrize("slug", slugs())
def test_every_network_has_its_page(workspace: Workspace, alice: User, as_alice: Client, slug: str):
    first = connect_simulated(workspace=workspace, network=slug, by=alice)
    second = connect_simulated(workspace=workspace, network=slug, by=alice)

    for channel in (first, second):
        answer = as_alice.get(reverse("sandbox:shown_account", args=[channel.pk]))
        assert answer.status_code == 200
        assert f"np-{slug}" in answer.content.decode()
    seen = [account_seen(channel) for channel in (first, second)]
    assert len({one.account.id for one in seen if one is not None}) == 2
    assert as_alice.get(reverse("sandbox:shown")).status_code == 200


def test_messages_are_seen_with_our_answer_and_the_truth_tells_of_each(
    company: Channel, alice: User, as_alice: Client, tmp_path: Path
):
    workspace = company.workspace
    SeededWorld.objects.update(began_at=workspace.now() - 56 * DAY)
    address = reverse("sandbox:shown_messages", args=[company.pk])
    (place,) = of_account(company)
    said = [one.reply for one in read_replies(place)]
    told = truth_of(workspace)["messages"]
    before = as_alice.get(address).content.decode()

    answer(place, to=said[-1].remote, text="Nous passons jeudi.", by=alice)
    lived(company, alice, timedelta(hours=1), tmp_path)

    assert sorted(one["text"] for one in told) == sorted(one.text for one in said)
    assert len(told) == before.count('class="shown-comment"') > 3
    assert all(escape(one["text"]) in before for one in told)
    after = as_alice.get(address).content.decode()
    assert after.count('class="shown-comment is-own"') == 1 and "Nous passons jeudi." in after
    profile = as_alice.get(reverse("sandbox:shown_account", args=[company.pk])).content.decode()
    assert f'href="{address}"' in profile and "Nous passons jeudi." not in profile


def test_a_network_without_messages_has_no_page_of_them(company: Channel, alice: User, as_alice: Client):
    other = connect_simulated(workspace=company.workspace, network="linkedin", by=alice)

    profile = as_alice.get(reverse("sandbox:shown_account", args=[other.pk])).content.decode()

    assert "messages/" not in profile
    assert as_alice.get(reverse("sandbox:shown_messages", args=[other.pk])).status_code == 404


def test_strangers_and_real_workspaces_find_no_page(
    company: Channel, as_alice: Client, alice: User, mallory: User, client: Client, settings: Any
):
    pages = [
        reverse("sandbox:practice"),
        reverse("sandbox:shown"),
        reverse("sandbox:shown_account", args=[company.pk]),
        reverse("sandbox:shown_post", args=[company.pk, 1]),
        reverse("sandbox:shown_messages", args=[company.pk]),
    ]
    real = Workspace.objects.create(name="Pour de vrai", world_kind="real")
    Member.objects.filter(user=alice).update(workspace=real, role=Role.OWNER)
    assert [as_alice.get(page).status_code for page in pages] == [404] * 5
    as_alice.force_login(mallory)
    assert [as_alice.get(page).status_code for page in pages] == [404] * 5


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "now"), (59, "59 min"), (60, "1 h"), (23 * 60 + 59, "23 h"), (49 * 60, "2 days")],
)
def test_the_age_of_a_post_is_told_in_its_largest_unit(minutes: int, words: str):
    with translation.override("en"):
        assert age_words(timedelta(minutes=minutes)) == words
