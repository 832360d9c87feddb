"""Pillars, campaigns, objectives: kept, chosen on a post, retired."""

import pytest
from django.test import Client
from django.urls import reverse

from tesselle.compose.models import Post
from tesselle.journal.models import Entry
from tesselle.strategy.aim import Aim
from tesselle.strategy.models import Campaign, Objective, Pillar
from tesselle.strategy.selectors import offered
from tesselle.workspaces.models import User, Workspace


@pytest.fixture
def pillar(workspace: Workspace) -> Pillar:
    return Pillar.objects.create(workspace=workspace, name="Chantiers", hue="clay", target_percent=40)


def add(client: Client, kind: str, **values: str) -> int:
    return client.post(reverse("strategy:add", args=[kind]), values).status_code


def test_each_of_them_is_added_and_told_in_the_journal(as_alice: Client, workspace: Workspace):
    add(as_alice, "pillar", name="Conseils", hue="sky", target_percent="25")
    add(as_alice, "campaign", name="Salon Habitat", first_day="2027-03-01", last_day="2027-03-07")
    add(as_alice, "objective", sentence="Cinq demandes de devis par mois")

    page = as_alice.get(reverse("strategy:strategy")).content.decode()
    assert all(name in page for name in ("Conseils", "Salon Habitat", "Cinq demandes de devis par mois"))
    assert set(Entry.objects.filter(workspace_id=workspace.pk).values_list("verb", flat=True)) == {
        "pillar.added",
        "campaign.added",
        "objective.added",
    }


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("pillar", {"name": "Chantiers", "hue": "sky"}),
        ("pillar", {"name": "Autre", "hue": "infrared"}),
        ("pillar", {"name": "Autre", "hue": "sky", "target_percent": "101"}),
        ("campaign", {"name": "Salon", "first_day": "2027-03-07", "last_day": "2027-03-01"}),
        ("objective", {"sentence": ""}),
    ],
)
def test_what_makes_no_sense_is_told_beside_its_field(
    as_alice: Client, pillar: Pillar, kind: str, values: dict[str, str]
):
    assert add(as_alice, kind, **values) == 422
    assert Pillar.objects.count() == 1 and not Campaign.objects.exists() and not Objective.objects.exists()


def test_it_is_chosen_in_the_composer_and_kept_with_the_post(as_alice: Client, pillar: Pillar):
    page = as_alice.get(reverse("compose:new")).content.decode()
    as_alice.post(
        reverse("compose:new"), {"do": "save", "shared-text": "Zellige", "aim-pillar": str(pillar.pk)}
    )

    post = Post.objects.get()
    assert 'name="aim-pillar"' in page
    assert post.aim == Aim(pillar=pillar.pk)
    again = as_alice.get(reverse("compose:edit", args=[post.pk])).content.decode()
    assert f'value="{pillar.pk}" selected' in again


def test_an_aim_of_another_workspace_is_none(as_alice: Client, mallory: User):
    elsewhere = mallory.memberships.get().workspace
    theirs = Pillar.objects.create(workspace=elsewhere, name="Ailleurs")

    as_alice.post(
        reverse("compose:new"), {"do": "save", "shared-text": "Zellige", "aim-pillar": str(theirs.pk)}
    )

    assert Post.objects.get().pillar_id is None


def test_what_is_retired_stays_on_its_posts_and_comes_back(
    as_alice: Client, workspace: Workspace, pillar: Pillar
):
    as_alice.post(reverse("strategy:retire", args=["pillar", pillar.pk]))
    fresh, chosen = offered(workspace, Aim()), offered(workspace, Aim(pillar=pillar.pk))
    as_alice.post(reverse("strategy:restore", args=["pillar", pillar.pk]))

    assert fresh.pillars == [] and chosen.pillars == [pillar]
    assert offered(workspace, Aim()).pillars == [pillar]


def test_it_does_not_come_back_under_a_name_that_another_took(as_alice: Client, pillar: Pillar):
    as_alice.post(reverse("strategy:retire", args=["pillar", pillar.pk]))
    add(as_alice, "pillar", name="Chantiers", hue="sky")

    as_alice.post(reverse("strategy:restore", args=["pillar", pillar.pk]))

    pillar.refresh_from_db()
    assert pillar.retired_at is not None


def test_a_viewer_looks_and_a_stranger_finds_nothing(
    client: Client, chloe: User, mallory: User, pillar: Pillar
):
    client.force_login(chloe)
    assert "Chantiers" in client.get(reverse("strategy:strategy")).content.decode()
    assert client.post(reverse("strategy:retire", args=["pillar", pillar.pk])).status_code == 403
    client.force_login(mallory)
    assert "Chantiers" not in client.get(reverse("strategy:strategy")).content.decode()
    for name in ("change", "retire", "restore"):
        assert client.post(reverse(f"strategy:{name}", args=["pillar", pillar.pk])).status_code == 404

    assert Pillar.objects.get(pk=pillar.pk).retired_at is None
