"""A practice workspace begun anew: another world, the same people and accounts; the old one is not lost."""

from datetime import timedelta

import pytest
from django.test import Client

from tesselle.channels.models import Channel
from tesselle.journal.models import Entry
from tesselle.sandbox.clock import services
from tesselle.sandbox.models import ClockRun, SeededWorld
from tesselle.workspaces.models import Member, Role, User, Workspace

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)


def test_a_new_world_takes_the_place_of_the_old_one_which_can_be_brought_back(
    as_alice: Client, company: Channel, bob: User
):
    old = company.workspace
    old.currency = "EUR"
    old.save()
    seed = SeededWorld.objects.get(workspace=old).seed
    services.go_until(workspace=old, until=old.now() + DAY, by=Member.objects.get(role=Role.OWNER).user)

    assert as_alice.post("/practice/anew/").status_code == 302

    fresh = Workspace.objects.get(deleted_at=None)
    assert (fresh.name, fresh.is_practice, fresh.clock_shift) == (old.name, True, timedelta(0))
    assert fresh.currency == "EUR"
    assert {member.user.name: member.role for member in fresh.members.all()} == {
        "Alice": Role.OWNER,
        "Bob": Role.EDITOR,
    }
    assert [channel.network for channel in Channel.objects.filter(workspace=fresh)] == ["mastodon"]
    assert SeededWorld.objects.get(workspace=fresh).seed != seed
    assert not ClockRun.objects.filter(state="going").exists()
    assert Entry.objects.filter(verb="practice.begun_anew", workspace_id=fresh.pk).exists()
    as_alice.post(f"/workspaces/{old.pk}/restore/")
    old.refresh_from_db()
    assert old.deleted_at is None


def test_only_its_owner_begins_a_practice_workspace_anew(
    client: Client, company: Channel, bob: User, mallory: User
):
    for person, status in ((bob, 403), (mallory, 404)):
        client.force_login(person)
        assert client.post("/practice/anew/").status_code == status
    assert Workspace.objects.filter(deleted_at=None).count() == 2
