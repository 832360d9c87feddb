"""Outgoing mail and the identity provider: the operator's alone, their secrets sealed."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from tesselle.domain.messages import Message
from tesselle.journal.models import Entry
from tesselle.mail import services as mail_services
from tesselle.mail.models import MailServer
from tesselle.workspaces.models import IdentityProvider, Invitation, User
from tesselle.workspaces.sign_in import providers
from tesselle.workspaces.tests.people import PASSWORD, give_password
from tesselle.workspaces.views import installation, invitations

pytestmark = pytest.mark.django_db
SERVER = {
    "host": "smtp.example.org",
    "port": "587",
    "security": "starttls",
    "username": "us",
    "password": "very secret",
    "from_address": "us@example.org",
}
PROVIDER = {
    "name": "Carreaux",
    "issuer": "https://login.example.org/",
    "client_id": "tesselle",
    "client_secret": "very secret",
}


@pytest.fixture
def operator(client: Client, alice: User) -> Client:
    alice.is_staff = True
    alice.save()
    client.force_login(alice)
    return client


@pytest.mark.parametrize("path", ["", "mail/", "sign-in/", "journal/"])
def test_for_an_owner_who_is_not_the_operator_there_is_nothing(as_alice: Client, path: str):
    assert as_alice.get(f"/installation/{path}").status_code == 404


def test_the_mail_password_is_sealed_and_never_shown(operator: Client):
    operator.post("/installation/mail/", SERVER)

    assert "very secret" not in MailServer.objects.get().sealed_password
    assert "very secret" not in operator.get("/installation/mail/").content.decode()
    assert mail_services.route().password == "very secret"


def test_an_empty_password_keeps_the_saved_one_for_the_same_server_only(operator: Client):
    operator.post("/installation/mail/", SERVER)

    operator.post("/installation/mail/", {**SERVER, "password": "", "from_address": "new@example.org"})
    assert mail_services.route().password == "very secret"

    response = operator.post("/installation/mail/", {**SERVER, "password": "", "host": "evil.example"})
    assert response.status_code == 422
    assert mail_services.route().host == "smtp.example.org"


def test_the_test_mail_goes_to_the_operator_and_the_answer_is_shown(operator: Client, monkeypatch):
    operator.post("/installation/mail/", SERVER)
    monkeypatch.setattr(installation, "send_by", lambda *_, **__: Message("It said: 550 no"))

    page = operator.post("/installation/mail/test/", follow=True).content.decode()

    assert "It said: 550 no" in page


def test_an_invitation_is_mailed_and_its_link_not_shown(operator: Client, monkeypatch):
    operator.post("/installation/mail/", SERVER)
    sent: dict[str, str] = {}

    def send(route: object, **letter: str) -> None:
        sent.update(letter)

    monkeypatch.setattr(invitations, "send_by", send)
    page = operator.post("/members/invite/", {"email": "noa@example.org", "role": "viewer"}, follow=True)

    assert sent["to"] == "noa@example.org"
    assert "/invitations/" in sent["body"]
    assert sent["body"].split("/invitations/")[1].split("/")[0] not in page.content.decode()
    assert Invitation.objects.get().mailed_at is not None


def test_when_the_mail_does_not_leave_the_link_is_shown_with_the_reason(operator: Client, monkeypatch):
    operator.post("/installation/mail/", SERVER)
    monkeypatch.setattr(invitations, "send_by", lambda *_, **__: Message("It said: 421 later"))

    page = operator.post("/members/invite/", {"email": "noa@example.org", "role": "viewer"}).content.decode()

    assert "421 later" in page
    assert "/invitations/" in page
    assert Invitation.objects.get().mailed_at is None


def test_a_forgotten_password_is_mailed_by_a_link_that_works_once(operator: Client, alice: User):
    operator.post("/installation/mail/", SERVER)

    Client().post("/account/password/reset/", {"email": "alice@example.org"})
    Client().post("/account/password/reset/", {"email": "nobody@example.org"})

    assert [letter.to for letter in mail.outbox] == [["alice@example.org"]], "nothing to strangers"
    assert mail.outbox[0].from_email == "us@example.org"


def test_the_client_secret_is_sealed_and_the_button_appears(operator: Client):
    operator.post("/installation/sign-in/", PROVIDER)

    assert "very secret" not in IdentityProvider.objects.get().sealed_secret
    assert "very secret" not in operator.get("/installation/sign-in/").content.decode()
    assert "very secret" not in repr(providers.current())
    login = Client().get("/account/login/")
    assert "/account/oidc/company/login/" in login.content.decode()
    assert "form-action 'self' https://login.example.org" in login.headers["Content-Security-Policy"]


@pytest.mark.parametrize("issuer", ["http://login.example.org", "http://203.0.113.9", "http://10.0.0.9"])
def test_a_provider_without_tls_is_refused(operator: Client, issuer: str):
    assert operator.post("/installation/sign-in/", {**PROVIDER, "issuer": issuer}).status_code == 422
    assert not IdentityProvider.objects.exists()


def test_the_secret_is_not_kept_for_another_provider(operator: Client):
    operator.post("/installation/sign-in/", PROVIDER)

    answers = {**PROVIDER, "issuer": "https://evil.example", "client_secret": ""}
    assert operator.post("/installation/sign-in/", answers).status_code == 422


def test_a_provider_in_a_private_network_is_not_spoken_to(operator: Client):
    operator.post("/installation/sign-in/", {**PROVIDER, "issuer": "https://10.0.0.9"})

    response = Client().post("/account/oidc/company/login/?process=login")

    assert response.status_code == 502
    assert "10.0.0.9" not in response.content.decode()


def test_a_new_address_takes_over_once_its_owner_confirms_it(operator: Client, alice: User):
    operator.post("/installation/mail/", SERVER)

    operator.post("/account/email/", {"action_add": "", "email": "new@example.org"})
    alice.refresh_from_db()
    assert alice.email == "alice@example.org", "nothing changes before it is confirmed"

    link = re.search(r"http://testserver(/account/confirm-email/\S+/)", str(mail.outbox[0].body))[1]
    operator.get(link)
    alice.refresh_from_db()
    assert alice.email == "alice@example.org", "opening the link decides nothing"

    operator.post(link)
    alice.refresh_from_db()
    assert alice.email == "new@example.org"
    assert Entry.objects.get(verb="account.email_changed").params["before"] == "alice@example.org"
    assert mail.outbox[-1].to == ["alice@example.org"], "the old address is told"
    assert EmailAddress.objects.get(user=alice).verified


def test_a_taken_address_is_refused(operator: Client, alice: User, bob: User):
    operator.post("/installation/mail/", SERVER)

    response = operator.post("/account/email/", {"action_add": "", "email": "bob@example.org"})

    assert response.context["form"].errors["email"]
    assert mail.outbox == []


def test_a_mail_server_that_is_down_does_not_undo_a_new_password(operator: Client, alice: User, monkeypatch):
    operator.post("/installation/mail/", SERVER)
    give_password(alice)
    operator.force_login(alice)

    def refuse(self: object, *_: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailMessage, "send", refuse)
    new = "another horse, another staple"
    operator.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    alice.refresh_from_db()
    assert alice.check_password(new)
