"""TOTP, recovery codes, sessions, and asking again who it is."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.test import Client

from tesselle.journal.models import Entry
from tesselle.workspaces.models import User
from tesselle.workspaces.tests.people import PASSWORD, give_password, prove

pytestmark = pytest.mark.django_db


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def with_password(alice: User) -> User:
    return give_password(alice)


def sign_in(client: Client) -> str:
    response = client.post("/account/login/", {"login": "alice@example.org", "password": PASSWORD})
    return response.headers.get("Location", "")


def set_up_app(client: Client, alice: User) -> tuple[str, list[str]]:
    """The secret and the recovery codes."""
    client.force_login(alice)
    prove(client)
    secret = client.get("/account/second-factor/app/on/").context["form"].secret
    client.post("/account/second-factor/app/on/", {"code": code_for(secret)})
    codes = client.get("/account/second-factor/codes/").context["unused_codes"]
    return secret, codes


def test_the_app_is_set_up_with_its_code_and_recovery_codes_are_handed_out(
    client: Client, with_password: User, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        _, codes = set_up_app(client, with_password)

    assert Authenticator.objects.filter(user=with_password, type="totp").exists()
    assert len(codes) == 10
    assert Entry.objects.filter(verb="account.factor_added").exists()


def test_the_secret_is_sealed_in_the_database(client: Client, with_password: User):
    secret, _ = set_up_app(client, with_password)

    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept


def test_the_password_alone_no_longer_opens(client: Client, with_password: User):
    _, codes = set_up_app(client, with_password)
    elsewhere = Client()

    assert sign_in(elsewhere) == "/account/second-factor/sign-in/"
    assert elsewhere.get("/settings/").status_code == 302
    elsewhere.post("/account/second-factor/sign-in/", {"code": "000000"})
    assert elsewhere.get("/settings/").status_code == 302

    elsewhere.post("/account/second-factor/sign-in/", {"code": codes[0]})
    assert elsewhere.get("/settings/").status_code == 200


def test_a_recovery_code_opens_once(client: Client, with_password: User):
    _, codes = set_up_app(client, with_password)
    for expected in (200, 302):
        elsewhere = Client()
        sign_in(elsewhere)
        elsewhere.post("/account/second-factor/sign-in/", {"code": codes[0]})
        assert elsewhere.get("/settings/").status_code == expected


@pytest.mark.parametrize(
    "path",
    [
        "/account/second-factor/app/on/",
        "/account/passkeys/add/",
        "/account/second-factor/codes/new/",
        "/members/invite/",
    ],
)
def test_before_secrets_and_roles_one_is_asked_again(client: Client, with_password: User, path: str):
    client.force_login(with_password)

    response = client.get(path)

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/account/reauthenticate/")


def test_sessions_are_listed_and_ended(client: Client, with_password: User):
    lost, mine = Client(), client
    sign_in(lost)
    sign_in(mine)
    assert lost.get("/settings/").status_code == 200
    ids = {s.session_key: s.pk for s in UserSession.objects.filter(user=with_password)}
    page = mine.get("/account/sessions/").content.decode()
    assert page.count("data-session=") == 2

    mine.post(f"/settings/sessions/{ids[lost.session.session_key]}/end/")

    assert lost.get("/settings/").status_code == 302
    assert mine.get("/settings/").status_code == 200


def test_mallory_ends_no_session_of_ours(client: Client, with_password: User, mallory: User):
    sign_in(client)
    session = UserSession.objects.get(user=with_password)
    stranger = Client()
    stranger.force_login(mallory)

    assert stranger.post(f"/settings/sessions/{session.pk}/end/").status_code == 404
    assert client.get("/settings/").status_code == 200


def test_passkeys_of_others_are_not_there(client: Client, with_password: User, mallory: User):
    key = Authenticator.objects.create(user=with_password, type="webauthn", data={"name": "Phone"})
    client.force_login(mallory)

    for path in ("remove", "rename"):
        assert client.post(f"/account/passkeys/{key.pk}/{path}/").status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()
