"""Who belongs to a workspace: roles, removal, and that an owner always remains."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tesselle.domain.errors import RuleError
from tesselle.journal.models import Entry
from tesselle.workspaces import members, roles
from tesselle.workspaces.access import Right, grants
from tesselle.workspaces.models import Member, Role, User, Workspace
from tesselle.workspaces.tests.people import PASSWORD, give_password

pytestmark = pytest.mark.django_db


def membership(user: User) -> Member:
    return Member.objects.select_related("workspace", "user").get(user=user)


def test_an_owner_changes_a_role_and_the_journal_says_so(as_alice: Client, alice: User, bob: User):
    as_alice.post(f"/members/{membership(bob).pk}/role/", {"role": "viewer"})

    assert membership(bob).role == Role.VIEWER
    entry = Entry.objects.get(verb="member.role_changed")
    assert (entry.actor_id, entry.params["before"], entry.params["role"]) == (alice.pk, "editor", "viewer")


def test_an_owner_removes_a_member_who_then_sees_nothing(as_alice: Client, bob: User):
    as_alice.post(f"/members/{membership(bob).pk}/remove/")

    elsewhere = Client()
    elsewhere.force_login(bob)
    assert elsewhere.get("/members/").status_code == 404


def test_the_last_owner_cannot_step_down_leave_or_be_removed(as_alice: Client, alice: User):
    pk = membership(alice).pk
    for path, data in ((f"/members/{pk}/role/", {"role": "editor"}), (f"/members/{pk}/remove/", {})):
        as_alice.post(path, data)
    as_alice.post("/workspaces/leave/")

    assert membership(alice).role == Role.OWNER
    assert not Entry.objects.filter(verb__startswith="member.").exists()


def test_a_second_owner_may_leave(as_alice: Client, alice: User, bob: User):
    Member.objects.filter(user=bob).update(role=Role.OWNER)

    as_alice.post("/workspaces/leave/")

    assert not Member.objects.filter(user=alice).exists()


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_demote_each_other_at_once_leave_one(alice: User, bob: User, workspace: Workspace):
    Member.objects.filter(user=bob).update(role=Role.OWNER)
    start, refused = threading.Barrier(2), []

    def demote(target: User, by: User) -> None:
        start.wait()
        try:
            members.change_role(membership(target), role=Role.EDITOR, by=by)
        except RuleError:
            refused.append(target)
        finally:
            connection.close()

    pairs = [(alice, bob), (bob, alice)]
    threads = [threading.Thread(target=demote, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1
    assert Member.objects.filter(workspace=workspace, role=Role.OWNER).count() == 1


def test_roles_are_changed_only_after_asking_again_who_it_is(alice: User, bob: User, client: Client):
    give_password(alice)
    client.force_login(alice)
    path = f"/members/{membership(bob).pk}/role/"

    asked = client.post(path, {"role": "manager"})
    assert asked.headers["Location"].startswith("/account/reauthenticate/")
    assert membership(bob).role == Role.EDITOR

    client.post(asked.headers["Location"], {"password": PASSWORD, "next": path})
    assert membership(bob).role == Role.MANAGER, "what was asked for is done afterwards"


def test_a_viewer_sees_the_members_but_no_button(client: Client, chloe: User, bob: User):
    client.force_login(chloe)

    page = client.get("/members/").content.decode()

    assert "bob@example.org" in page
    assert f"/members/{membership(bob).pk}/role/" not in page
    assert client.post(f"/members/{membership(bob).pk}/role/", {"role": "owner"}).status_code == 403


def test_mallory_finds_no_member_of_ours(client: Client, mallory: User, bob: User):
    client.force_login(mallory)

    assert client.post(f"/members/{membership(bob).pk}/remove/").status_code == 404
    assert client.post(f"/members/{membership(bob).pk}/role/", {"role": "viewer"}).status_code == 404


def test_what_the_page_says_a_role_may_do_is_what_it_may_do():
    assert set(roles.RIGHTS) == set(Right)
    for row in roles.table():
        assert {roles.RIGHTS[right] for right in grants(row.role)} == set(row.may)
        assert len(row.may) + len(row.may_not) == len(Right)


def test_the_list_costs_the_same_however_many_belong(
    as_alice: Client, workspace: Workspace, django_assert_num_queries
):
    as_alice.get("/members/")

    def fill(count: int, start: int) -> None:
        for number in range(start, start + count):
            person = User.objects.create_user(f"p{number}@example.org")
            Member.objects.create(workspace=workspace, user=person)

    fill(5, 0)
    with CaptureQueriesContext(connection) as few:
        as_alice.get("/members/")
    fill(20, 5)
    with django_assert_num_queries(len(few)):
        as_alice.get("/members/")
