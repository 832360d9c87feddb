"""The way in and out, one's own settings, and the choice of a workspace."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tesselle.workspaces.models import Member, Role, User, Workspace

PASSWORD = "correct horse battery staple"


@pytest.fixture(autouse=True)
def no_earlier_tries():
    cache.clear()


@pytest.fixture
def with_password(alice: User) -> User:
    alice.set_password(PASSWORD)
    alice.save()
    return alice


def sign_in(client: Client, password: str):
    return client.post("/account/login/", {"login": "alice@example.org", "password": password})


def test_the_right_password_lets_in(with_password: User, client: Client):
    assert sign_in(client, PASSWORD).status_code == 302
    assert client.get("/").status_code == 200
    assert client.get("/settings/").status_code == 200


def test_a_wrong_password_is_said_and_lets_nobody_in(with_password: User, client: Client):
    response = sign_in(client, "wrong")

    assert response.context["form"].non_field_errors()
    assert client.get("/settings/").status_code == 302


def test_after_five_wrong_passwords_even_the_right_one_waits(with_password: User, client: Client):
    for _ in range(5):
        sign_in(client, "wrong")

    sign_in(client, PASSWORD)

    assert client.get("/settings/").status_code == 302


def test_signing_out_is_a_post(as_alice: Client):
    as_alice.get("/account/logout/")
    assert as_alice.get("/settings/").status_code == 200

    as_alice.post("/account/logout/")
    assert as_alice.get("/settings/").status_code == 302


def test_nobody_registers_by_themselves(db, client: Client):
    answers = {"email": "eve@example.org", "password1": PASSWORD}

    assert client.get("/account/signup/").status_code == 200
    client.post("/account/signup/", answers)

    assert not User.objects.exists()


@pytest.mark.parametrize("name", ["account_email", "account_reset_password"])
def test_pages_that_would_need_e_mail_are_not_there(name: str):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_the_password_is_changed_against_the_old_one(with_password: User, client: Client):
    client.force_login(with_password)
    new = "another horse, another staple"

    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    with_password.refresh_from_db()
    assert with_password.check_password(new)


def test_the_language_chosen_is_kept_for_the_next_machine(as_alice: Client, alice: User):
    as_alice.post("/language/", {"language": "en", "next": "/settings/"})

    alice.refresh_from_db()
    assert alice.language == "en"
    elsewhere = Client(headers={"accept-language": "fr"})
    elsewhere.force_login(alice)
    assert '<html lang="en"' in elsewhere.get("/settings/").content.decode()


def test_a_manager_changes_the_workspace(as_alice: Client, workspace: Workspace):
    as_alice.post("/settings/workspace/", {"name": "Carreaux", "zone": "Pacific/Auckland"})

    workspace.refresh_from_db()
    assert (workspace.name, workspace.zone) == ("Carreaux", "Pacific/Auckland")


def test_a_zone_that_does_not_exist_changes_nothing(as_alice: Client, workspace: Workspace):
    response = as_alice.post("/settings/workspace/", {"name": "Carreaux", "zone": "Mars/Olympus"})

    workspace.refresh_from_db()
    assert response.status_code == 422
    assert workspace.name == "Carreaux du Lac"


def test_a_viewer_reads_the_settings_but_changes_only_their_own(client: Client, chloe: User):
    client.force_login(chloe)

    assert client.get("/settings/").status_code == 200
    assert client.post("/settings/workspace/", {"name": "x", "zone": "UTC"}).status_code == 403
    assert client.post("/settings/person/", {"name": "Chloé B.", "language": "en"}).status_code == 302
    chloe.refresh_from_db()
    assert (chloe.name, chloe.language) == ("Chloé B.", "en")


def test_mallory_cannot_switch_into_another_workspace(client: Client, mallory: User, workspace: Workspace):
    client.force_login(mallory)

    assert client.post("/workspaces/switch/", {"workspace": workspace.pk}).status_code == 404


def test_somebody_with_two_workspaces_goes_to_and_fro(as_alice: Client, alice: User):
    second = Workspace.objects.create(name="Deuxième")
    Member.objects.create(workspace=second, user=alice, role=Role.VIEWER)

    as_alice.post("/workspaces/switch/", {"workspace": second.pk})

    assert as_alice.get("/settings/").context["member"].workspace == second
    assert "Deuxième" in as_alice.get("/workspaces/").content.decode()


def test_whoever_belongs_nowhere_gets_a_friendly_page(db, client: Client):
    client.force_login(User.objects.create_user("new@example.org", name="Noa"))

    response = client.get("/", follow=True)

    assert response.status_code == 200
    assert "new@example.org" in response.content.decode()
