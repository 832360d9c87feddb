"""When the worker has people told: a letter that is due, a fresh trouble, a reminder whose time has come."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from tesselle.compose.services import save_post
from tesselle.domain.content import Content
from tesselle.journal.models import Entry
from tesselle.notify.journal_reading import VERBS
from tesselle.notify.models import Kind, Letter, Notice
from tesselle.ops.notifying import _WAITS
from tesselle.plan.by_hand.services import ask
from tesselle.plan.models import ByHand
from tesselle.publish.telling import tell_troubles
from tesselle.workspaces.models import User, Workspace


def something_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_WAITS.replace("$1", "%s"), [list(VERBS)])
        return bool(cursor.fetchone()[0])


def test_nothing_waits_where_nothing_happened(workspace: Workspace) -> None:
    tell_troubles()

    assert not something_waits()


def test_a_letter_waits_once_it_is_due(workspace: Workspace, alice: User) -> None:
    tell_troubles()
    notice = Notice.objects.create(
        workspace=workspace, user=alice, kind=Kind.MENTION, key="x", words={}, url="/", at=timezone.now()
    )
    letter = Letter.objects.create(notice=notice, way="mail", due_at=timezone.now() + timedelta(hours=1))
    assert not something_waits()

    Letter.objects.filter(pk=letter.pk).update(due_at=timezone.now() - timedelta(seconds=1))
    assert something_waits()


def test_a_trouble_waits_until_it_was_told(workspace: Workspace) -> None:
    tell_troubles()
    Entry.objects.create(
        workspace_id=workspace.pk, verb="delivery.missed", subject_kind="delivery", subject_id=1
    )
    assert something_waits()

    tell_troubles()
    assert not something_waits()


def test_a_reminder_waits_by_the_workspaces_clock_and_is_counted_by_it(
    workspace: Workspace, alice: User
) -> None:
    tell_troubles()
    post = save_post(workspace=workspace, author=alice, shared=Content(text="Story"), wordings=())
    ask(
        post,
        where="Story",
        local=(workspace.now() + timedelta(hours=5)).astimezone(workspace.tz).replace(tzinfo=None),
        who=alice,
        by=alice,
    )
    assert not something_waits()

    Workspace.objects.filter(pk=workspace.pk).update(clock_shift=timedelta(hours=6))
    assert something_waits()
    ByHand.objects.update(called_off_at=timezone.now())
    assert not something_waits()
