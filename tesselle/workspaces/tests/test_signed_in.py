"""The person and what they belong to, read together; small facts, asked once."""

from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tesselle.workspaces import facts
from tesselle.workspaces.models import Member, Role, User, Workspace
from tesselle.workspaces.selectors import current_membership
from tesselle.workspaces.sign_in.backend import Backend


def read(user: User) -> User:
    found = Backend().get_user(user.pk)
    assert found is not None
    return found


def test_memberships_come_with_the_person_in_one_question(alice: User, workspace: Workspace):
    second = Workspace.objects.create(name="Deux")
    Member.objects.create(workspace=second, user=alice, role=Role.VIEWER)

    with CaptureQueriesContext(connection) as asked:
        found = read(alice)
        first, chosen = current_membership(found, None), current_membership(found, second.pk)

    assert len(asked) == 1
    assert (found.email, first.workspace.name, chosen.role) == (alice.email, workspace.name, Role.VIEWER)
    assert current_membership(get_user_model().objects.get(pk=alice.pk), second.pk) == chosen


def test_of_a_deleted_workspace_there_is_no_membership(alice: User, workspace: Workspace):
    Workspace.objects.update(deleted_at=timezone.now())

    assert current_membership(read(alice), workspace.pk) is None


def test_who_belongs_to_nothing_is_still_somebody(db):
    zoe = User.objects.create_user("zoe@example.org")

    assert read(zoe) == zoe
    assert current_membership(read(zoe), 1) is None


def test_nobody_is_found_for_an_unknown_number_or_a_closed_account(alice: User):
    assert Backend().get_user(alice.pk + 1000) is None
    User.objects.filter(pk=alice.pk).update(is_active=False)

    assert Backend().get_user(alice.pk) is None


def test_an_ended_session_opens_nothing(as_alice: Client, workspace: Workspace):
    assert as_alice.get("/calendar").status_code == 200
    Session.objects.update(expire_date=timezone.now())

    assert as_alice.get("/calendar").status_code == 302


def test_facts_are_asked_once_and_belong_to_the_workspace(alice: User, workspace: Workspace):
    request = RequestFactory().get("/")
    request.member = Member.objects.get(user=alice)
    nobody = RequestFactory().get("/")

    with CaptureQueriesContext(connection) as asked:
        told = [dict(facts.of(request)), dict(facts.of(request))]

    assert len(asked) == 1
    assert told[0] == told[1] == dict.fromkeys(told[0], 0)
    assert set(facts.of(nobody).values()) == {0}
