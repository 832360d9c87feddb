"""Making, switching, changing, leaving and deleting workspaces."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.channels.services import pause
from tesselle.journal.models import Entry
from tesselle.workspaces import deletion
from tesselle.workspaces.models import Member, Role, User, Workspace

pytestmark = pytest.mark.django_db
NEW = {
    "name": "Deuxième",
    "zone": "Europe/Paris",
    "language": "en",
    "currency": "EUR",
    "world_kind": "practice",
}


def channel(workspace: Workspace, handle: str) -> Channel:
    return Channel.objects.create(
        workspace=workspace, network="bluesky", kind="person", remote_id=handle, server="x", handle=handle
    )


def test_an_owner_makes_another_workspace_and_is_in_it(as_alice: Client, alice: User):
    as_alice.post("/workspaces/new/", NEW)

    made = Workspace.objects.get(name="Deuxième")
    assert made.is_practice
    assert made.currency == "EUR"
    assert Member.objects.get(workspace=made, user=alice).role == Role.OWNER
    assert as_alice.get("/workspace/").context["member"].workspace == made


@pytest.mark.parametrize(
    ("zone", "currency"),
    [
        ("Europe/Zurich", "CHF"),
        ("Europe/Paris", "EUR"),
        ("America/Martinique", "EUR"),
        ("Europe/London", "GBP"),
        ("Africa/Casablanca", "MAD"),
    ],
)
def test_a_workspace_has_the_currency_of_its_place_unless_another_is_chosen(
    as_alice: Client, zone: str, currency: str
):
    as_alice.post("/workspaces/new/", {**NEW, "zone": zone, "currency": ""})
    as_alice.post("/workspaces/new/", {**NEW, "name": "Troisième", "zone": zone, "currency": "USD"})

    assert Workspace.objects.get(name="Deuxième").currency == currency
    assert Workspace.objects.get(name="Troisième").currency == "USD"


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "UTC"])
def test_where_the_place_s_currency_is_not_known_one_must_be_chosen(as_alice: Client, zone: str):
    page = as_alice.post("/workspaces/new/", {**NEW, "zone": zone, "currency": ""})

    assert page.status_code == 422
    assert "Choisissez une monnaie" in page.content.decode()
    assert not Workspace.objects.filter(name="Deuxième").exists()


def test_another_workspace_begins_with_the_currency_that_was_chosen_here(
    as_alice: Client, workspace: Workspace
):
    assert as_alice.get("/workspaces/new/").context["form"]["currency"].value() == ""

    Workspace.objects.update(currency="EUR")  # a company in Zurich that counts in euros

    assert as_alice.get("/workspaces/new/").context["form"]["currency"].value() == "EUR"


def test_who_owns_nothing_makes_none(client: Client, bob: User):
    client.force_login(bob)

    assert client.get("/workspaces/new/").status_code == 404
    assert client.post("/workspaces/new/", NEW).status_code == 404


def test_the_operator_makes_one_while_belonging_nowhere(client: Client):
    client.force_login(User.objects.create_user("op@example.org", is_staff=True))

    client.post("/workspaces/new/", NEW)

    assert Workspace.objects.filter(name="Deuxième").exists()


def test_a_manager_changes_the_settings_and_an_editor_does_not(
    as_alice: Client, client: Client, bob: User, workspace: Workspace
):
    answers = {"name": "Carreaux", "zone": "Pacific/Auckland", "language": "en", "currency": "CAD"}
    client.force_login(bob)
    assert client.post("/workspace/save/", answers).status_code == 403

    as_alice.force_login(User.objects.get(email="alice@example.org"))
    as_alice.post("/workspace/save/", answers)

    workspace.refresh_from_db()
    assert (workspace.name, workspace.zone, workspace.language) == ("Carreaux", "Pacific/Auckland", "en")
    assert workspace.currency == "CAD"
    assert Entry.objects.get(verb="workspace.changed").params["currency"] == "CAD"


def test_a_workspace_begins_with_francs_and_who_may_not_change_it_reads_its_currency(
    client: Client, bob: User, workspace: Workspace
):
    assert workspace.currency == "CHF"

    client.force_login(bob)

    assert "Franc suisse (CHF)" in client.get("/workspace/").content.decode()


def test_a_zone_that_does_not_exist_changes_nothing(as_alice: Client, workspace: Workspace):
    answers = {"name": "X", "zone": "Mars/Olympus", "language": "fr", "currency": "CHF"}
    response = as_alice.post("/workspace/save/", answers)

    workspace.refresh_from_db()
    assert (response.status_code, workspace.name) == (422, "Carreaux du Lac")


def test_a_currency_that_is_no_choice_changes_nothing(as_alice: Client, workspace: Workspace):
    answers = {"name": "X", "zone": "Europe/Zurich", "language": "fr", "currency": "XXX"}
    response = as_alice.post("/workspace/save/", answers)

    workspace.refresh_from_db()
    assert (response.status_code, workspace.name, workspace.currency) == (422, "Carreaux du Lac", "CHF")


def test_a_deleted_workspace_is_out_of_sight_and_nothing_leaves(
    as_alice: Client, workspace: Workspace, bob: User
):
    running = channel(workspace, "running")

    as_alice.post("/workspace/delete/")

    running.refresh_from_db()
    assert running.is_paused
    elsewhere = Client()
    elsewhere.force_login(bob)
    assert elsewhere.get("/members/").status_code == 404
    assert elsewhere.post(f"/workspaces/{workspace.pk}/restore/").status_code == 404


def test_it_comes_back_as_it_was(as_alice: Client, alice: User, workspace: Workspace):
    running, paused = channel(workspace, "running"), channel(workspace, "paused")
    pause(paused, by=alice)
    as_alice.post("/workspace/delete/")

    as_alice.post(f"/workspaces/{workspace.pk}/restore/")

    running.refresh_from_db()
    paused.refresh_from_db()
    assert (running.is_paused, paused.is_paused) == (False, True)
    assert as_alice.get("/members/").status_code == 200
    told = Entry.objects.filter(workspace_id=workspace.pk, verb__startswith="workspace.").order_by("id")
    assert [entry.verb for entry in told] == ["workspace.deleted", "workspace.restored"]


def test_after_two_weeks_it_is_gone_for_good_and_not_before(as_alice: Client, workspace: Workspace):
    as_alice.post("/workspace/delete/")
    now = timezone.now()

    assert deletion.purge(now + deletion.KEPT - timedelta(minutes=1)) == []
    assert deletion.purge(now + deletion.KEPT + timedelta(minutes=1)) == ["Carreaux du Lac"]

    assert not Workspace.objects.filter(pk=workspace.pk).exists()
    assert Entry.objects.filter(verb="workspace.deleted", workspace_id=workspace.pk).exists()


def test_one_that_is_not_deleted_is_never_purged(workspace: Workspace):
    assert deletion.purge(timezone.now() + timedelta(days=900)) == []


def test_mallory_neither_deletes_nor_brings_back(
    as_alice: Client, client: Client, mallory: User, workspace: Workspace
):
    as_alice.post("/workspace/delete/")
    stranger = Client()
    stranger.force_login(mallory)

    assert stranger.post(f"/workspaces/{workspace.pk}/restore/").status_code == 404
    workspace.refresh_from_db()
    assert workspace.deleted_at is not None
