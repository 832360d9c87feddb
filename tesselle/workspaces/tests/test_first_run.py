"""The first account, made once against the token of the terminal."""

import pytest
from django.core.cache import cache
from django.test import Client

from tesselle.workspaces import first_run
from tesselle.workspaces.models import Member, Role, User, Workspace

ANSWERS = {
    "name": "Alice",
    "email": "alice@example.org",
    "password": "correct horse battery staple",
    "workspace_name": "Carreaux du Lac",
    "zone": "Europe/Zurich",
}


@pytest.fixture(autouse=True)
def no_earlier_tries():
    cache.clear()


def address(token: str) -> str:
    return f"{first_run.PATH}?token={token}"


def test_the_token_makes_the_owner_and_the_workspace_and_signs_in(db, client: Client):
    response = client.post(address(first_run.issue_token()), ANSWERS)

    assert response.status_code == 302
    member = Member.objects.get()
    assert (member.role, member.user.email, member.workspace.name) == (
        Role.OWNER,
        "alice@example.org",
        "Carreaux du Lac",
    )
    assert member.user.check_password(ANSWERS["password"])
    assert client.get("/settings/").status_code == 200


def test_once_somebody_has_an_account_the_page_is_gone(alice: User, client: Client):
    assert client.get(address(first_run.issue_token())).status_code == 404


def test_a_wrong_token_is_told_where_the_right_one_stands(db, client: Client):
    first_run.issue_token()

    response = client.post(address("guessed"), ANSWERS)

    assert response.status_code == 403
    assert not User.objects.exists()


def test_a_newer_token_replaces_the_one_before(db, client: Client):
    old = first_run.issue_token()
    first_run.issue_token()

    assert client.get(address(old)).status_code == 403


def test_guessing_is_slowed_down(db, client: Client):
    statuses = [client.get(address(f"guess-{n}")).status_code for n in range(21)]

    assert statuses == [403] * 20 + [429]


@pytest.mark.parametrize(
    ("field", "value"),
    [("password", "short"), ("password", "alice@example.org"), ("email", "alice"), ("zone", "Mars/Olympus")],
)
def test_a_bad_answer_is_said_at_its_field_and_creates_nothing(db, client: Client, field: str, value: str):
    response = client.post(address(first_run.issue_token()), {**ANSWERS, field: value})

    assert response.status_code == 422
    assert response.context["form"].errors[field]
    assert not Workspace.objects.exists()


def test_the_password_typed_is_not_sent_back(db, client: Client):
    response = client.post(address(first_run.issue_token()), {**ANSWERS, "email": "alice"})

    assert ANSWERS["password"] not in response.content.decode()
