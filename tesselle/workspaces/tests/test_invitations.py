"""Invitation links: made once, accepted once, worth nothing afterwards."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from tesselle.domain.errors import RuleError
from tesselle.workspaces import invitations
from tesselle.workspaces.models import Invitation, Member, Role, User, Workspace
from tesselle.workspaces.tests.people import PASSWORD, verify

pytestmark = pytest.mark.django_db
NEW = {"name": "Noa", "password": PASSWORD}


@pytest.fixture
def link(workspace: Workspace, alice: User) -> str:
    _, token = invitations.invite(workspace, email="Noa@Example.org", role=Role.EDITOR, by=alice)
    return f"/invitations/{token}/"


def test_without_mail_the_link_is_shown_once_and_kept_nowhere(as_alice: Client):
    page = as_alice.post("/members/invite/", {"email": "noa@example.org", "role": "viewer"}).content.decode()

    token = re.search(r"/invitations/([\w-]{40,})/", page)[1]
    assert token not in as_alice.get("/members/").content.decode()
    assert token not in str(Invitation.objects.values())
    assert token not in str(dict(as_alice.session.items()))


def test_opening_the_link_decides_nothing(link: str, client: Client):
    """Mail scanners open every link."""
    for _ in range(2):
        response = client.get(link)
        assert response.status_code == 200
    client.head(link)

    assert not User.objects.filter(email="noa@example.org").exists()
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cache-Control"] == "no-store"


def test_a_new_person_gets_an_account_and_the_role(link: str, client: Client, workspace: Workspace):
    assert client.post(f"{link}begin/", NEW).status_code == 302

    noa = User.objects.get(email="noa@example.org")
    assert Member.objects.get(user=noa).role == Role.EDITOR
    assert client.get("/workspace/").context["member"].workspace == workspace
    assert not EmailAddress.objects.get(user=noa).verified, "nobody has seen the inbox yet"


def test_a_link_works_once(link: str):
    Client().post(f"{link}begin/", NEW)

    assert Client().get(link).status_code == 404
    assert Client().post(f"{link}begin/", {**NEW, "name": "Eve"}).status_code == 404
    assert User.objects.filter(email="noa@example.org").count() == 1


def test_somebody_with_an_account_signs_in_and_accepts(link: str, client: Client, mallory: User):
    client.force_login(mallory)

    client.post(f"{link}join/")

    assert Member.objects.filter(user=mallory).count() == 2


def test_an_existing_account_is_never_taken_over_by_a_link(workspace: Workspace, alice: User, mallory: User):
    _, token = invitations.invite(workspace, email=mallory.email, role=Role.VIEWER, by=alice)

    response = Client().post(f"/invitations/{token}/begin/", NEW)

    mallory.refresh_from_db()
    assert response.status_code == 422
    assert not mallory.check_password(PASSWORD)


def test_a_revoked_or_expired_link_is_worth_nothing(link: str, as_alice: Client, client: Client):
    invitation = Invitation.objects.get()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(link).status_code == 404
    Invitation.objects.update(expires_at=timezone.now() + timedelta(days=1))
    assert Client().get(link).status_code == 200

    as_alice.post(f"/members/invitations/{invitation.pk}/revoke/")

    assert Client().post(f"{link}begin/", NEW).status_code == 404


def test_a_second_invitation_replaces_the_first(link: str, workspace: Workspace, alice: User):
    _, newer = invitations.invite(workspace, email="noa@example.org", role=Role.VIEWER, by=alice)

    assert Client().get(link).status_code == 404
    assert Client().get(f"/invitations/{newer}/").status_code == 200


def test_a_link_of_a_deleted_workspace_opens_nothing(link: str, as_alice: Client):
    as_alice.post("/workspace/delete/")

    assert Client().get(link).status_code == 404


def test_a_member_is_not_invited_again(as_alice: Client, bob: User):
    response = as_alice.post("/members/invite/", {"email": "Bob@example.org", "role": "owner"})

    assert response.status_code == 422
    assert not Invitation.objects.exists()


def test_two_who_accept_at_once_are_one(link: str, alice: User, mallory: User):
    invitation = Invitation.objects.get()
    invitations.accept(invitation, user=mallory)

    with pytest.raises(RuleError):
        invitations.accept(invitation, user=User.objects.create_user("late@example.org"))


def test_guessing_links_is_slowed_down(client: Client):
    answers = [client.get(f"/invitations/{number:043}/").status_code for number in range(21)]

    assert answers[0] == 404
    assert answers[-1] == 429


def test_a_weak_password_is_refused_with_the_reason(link: str, client: Client):
    response = client.post(f"{link}begin/", {"name": "Noa", "password": "12345"})

    assert response.status_code == 422
    assert response.context["form"].errors["password"]
    assert not User.objects.filter(email="noa@example.org").exists()


def test_only_owners_invite_and_mallory_revokes_nothing_of_ours(
    link: str, client: Client, bob: User, mallory: User
):
    client.force_login(bob)
    assert client.get("/members/invite/").status_code == 403
    assert client.post("/members/invite/", {"email": "x@example.org", "role": "owner"}).status_code == 403

    client.force_login(mallory)
    assert client.post(f"/members/invitations/{Invitation.objects.get().pk}/revoke/").status_code == 404


def test_whoever_owns_the_invited_address_needs_no_link(link: str, client: Client):
    noa = User.objects.create_user("noa@example.org")
    pk = Invitation.objects.get().pk
    client.force_login(noa)
    assert client.post(f"/invited/{pk}/join/").status_code == 404, (
        "an address nobody has verified proves nothing"
    )
    verify(noa)

    assert "Carreaux du Lac" in client.get("/nowhere/").content.decode()
    client.post(f"/invited/{pk}/join/")

    assert Member.objects.filter(user=noa).exists()


def test_no_mail_is_sent_without_a_server(as_alice: Client):
    as_alice.post("/members/invite/", {"email": "noa@example.org", "role": "viewer"})

    assert mail.outbox == []
