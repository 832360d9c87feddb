import pytest

from tesselle.workspaces import first_run
from tesselle.workspaces.models import FirstRunToken

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
