"""The way in and out, one's own settings, and the choice of a workspace."""

import pytest
from django.db import connection
from django.test import Client

from tesselle.mail.models import MailServer
from tesselle.workspaces.models import Member, Role, User, Workspace

PASSWORD = "correct horse battery staple"


pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("path", ["/account/email/", "/account/password/reset/"])
def test_pages_that_need_mail_are_there_only_with_a_server(as_alice: Client, path: str):
    assert as_alice.get(path).status_code == 404
    assert "/account/password/reset/" not in Client().get("/account/login/").content.decode()

    MailServer.objects.create(pk=1, host="mail.example.org", from_address="us@example.org")

    assert as_alice.get(path).status_code == 200
    assert "/account/password/reset/" in Client().get("/account/login/").content.decode()


def test_tries_are_counted_for_all_processes_together(with_password: User, client: Client):
    """Not in this process's memory: each count is a row that every process reads."""
    sign_in(client, "wrong")

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM web_cache WHERE cache_key LIKE '%%login_failed%%'")
        assert cursor.fetchone()[0] > 0


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


def test_everybody_changes_their_own_settings(client: Client, chloe: User):
    client.force_login(chloe)

    answers = {"name": "Chloé B.", "language": "en", "zone": "America/Montreal"}
    assert client.post("/settings/person/", answers).status_code == 302

    chloe.refresh_from_db()
    assert (chloe.name, chloe.language, chloe.zone) == ("Chloé B.", "en", "America/Montreal")


def test_a_zone_that_does_not_exist_is_not_kept(as_alice: Client, alice: User):
    response = as_alice.post("/settings/person/", {"name": "A", "language": "fr", "zone": "Mars/Olympus"})

    alice.refresh_from_db()
    assert (response.status_code, alice.zone) == (422, "")


def test_mallory_cannot_switch_into_another_workspace(client: Client, mallory: User, workspace: Workspace):
    client.force_login(mallory)

    assert client.post("/workspaces/switch/", {"workspace": workspace.pk}).status_code == 404


def test_somebody_with_two_workspaces_goes_to_and_fro(as_alice: Client, alice: User):
    second = Workspace.objects.create(name="Deuxième")
    Member.objects.create(workspace=second, user=alice, role=Role.VIEWER)

    as_alice.post("/workspaces/switch/", {"workspace": second.pk})

    assert as_alice.get("/workspace/").context["member"].workspace == second
    assert "Deuxième" in as_alice.get("/workspaces/").content.decode()


def test_whoever_belongs_nowhere_gets_a_friendly_page(db, client: Client):
    client.force_login(User.objects.create_user("new@example.org", name="Noa"))

    response = client.get("/", follow=True)

    assert response.status_code == 200
    assert "new@example.org" in response.content.decode()
