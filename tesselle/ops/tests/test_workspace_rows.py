"""What an export takes along."""

from django.db.models import Model

from tesselle.compose.models import WorkingCopy
from tesselle.ops.backups.workspace_rows import rows_of
from tesselle.workspaces.models import User, Workspace


def taken(workspace: Workspace, model: type[Model]) -> list[Model]:
    return [row for rows in rows_of(workspace) if rows.model is model for row in rows]


def test_what_was_somebodys_own_stays_behind_with_whoever_left(workspace: Workspace, alice: User, bob: User):
    mine, his = (WorkingCopy.objects.create(workspace=workspace, author=one) for one in (alice, bob))
    assert taken(workspace, WorkingCopy) == [mine, his]

    bob.memberships.all().delete()

    assert taken(workspace, WorkingCopy) == [mine]
    assert taken(workspace, User) == [alice]
