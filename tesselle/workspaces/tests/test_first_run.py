import pytest
from django.test import Client

from tesselle.workspaces import first_run
from tesselle.workspaces.models import FirstRunToken, Workspace

pytestmark = pytest.mark.django_db


def test_the_newest_token_opens_and_an_older_one_does_not():
    older, newest = first_run.issue_token(), first_run.issue_token()

    assert first_run.check_token(newest)
    assert not first_run.check_token(older)
    assert not first_run.check_token("")


def test_the_token_itself_is_not_kept():
    token = first_run.issue_token()

    assert token not in FirstRunToken.objects.get().digest


def test_nothing_opens_once_somebody_has_an_account(alice):
    token = first_run.issue_token()

    assert not first_run.is_open()
    assert not first_run.check_token(token)


@pytest.mark.parametrize(("chosen", "currency"), [("", "EUR"), ("CHF", "CHF")])
def test_the_first_workspace_has_the_currency_of_its_place_or_the_one_that_was_chosen(
    client: Client, chosen: str, currency: str
):
    answers = {
        "name": "Alice",
        "email": "alice@example.org",
        "password": "un mot de passe sans histoire",
        "workspace_name": "Carreaux",
        "zone": "Europe/Paris",
        "currency": chosen,
    }

    client.post(f"{first_run.PATH}?token={first_run.issue_token()}", answers)

    assert Workspace.objects.get().currency == currency
