"""Somebody who is locked out gets in by a command of the server."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tesselle.domain.errors import RuleError
from tesselle.journal.models import Entry
from tesselle.workspaces.models import User
from tesselle.workspaces.sign_in.reset import reset_link
from tesselle.workspaces.tests.people import give_password

pytestmark = pytest.mark.django_db
NEW = "another horse, another staple"


def choose(link: str) -> Client:
    client = Client()
    path = "/" + link.split("/", 3)[3]
    form = client.get(path, follow=True)
    client.post(
        form.redirect_chain[-1][0] if form.redirect_chain else path, {"password1": NEW, "password2": NEW}
    )
    return client


def can_sign_in(email: str) -> str:
    return Client().post("/account/login/", {"login": email, "password": NEW}).headers.get("Location", "")


def test_the_link_lets_them_choose_a_new_password_once(alice: User):
    give_password(alice)
    link = reset_link("Alice@example.org")

    choose(link)
    assert can_sign_in("alice@example.org") == "/"

    alice.refresh_from_db()
    before = alice.password
    choose(link)
    alice.refresh_from_db()
    assert alice.password == before


def test_a_second_factor_stays_unless_told_explicitly(alice: User):
    give_password(alice)
    Authenticator.objects.create(user=alice, type="totp", data={"secret": "x"})

    choose(reset_link("alice@example.org"))
    assert can_sign_in("alice@example.org") == "/account/second-factor/sign-in/"

    choose(reset_link("alice@example.org", drop_second_factors=True))
    assert can_sign_in("alice@example.org") == "/"


def test_the_journal_tells_that_a_link_was_made(alice: User):
    reset_link("alice@example.org")

    assert Entry.objects.get(verb="account.reset_link_made").subject_id == alice.pk


def test_an_unknown_address_is_said(db):
    with pytest.raises(RuleError, match=r"nobody@example\.org"):
        reset_link("nobody@example.org")
