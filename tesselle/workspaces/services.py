"""Beginning an installation, and what people change about a workspace and about themselves."""

from django.db import transaction

from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_
from tesselle.journal.services import record
from tesselle.workspaces.first_run import check_token
from tesselle.workspaces.models import FirstRunToken, Member, Role, User, Workspace


@transaction.atomic
def begin(
    *, token: str, name: str, email: str, password: str, workspace_name: str, zone: str, language: str
) -> User:
    """The first account and its workspace, against the one-time token; the token is spent.

    Raises:
        RuleError: somebody was faster, or the token is not the newest.
    """
    # Whoever holds the token's row goes first; the second finds it gone.
    list(FirstRunToken.objects.select_for_update())
    if not check_token(token):
        raise RuleError(N_("This address has been used or replaced. Nothing was created."))
    user = User.objects.create_user(email, password, name=name, language=language, is_staff=True)
    workspace = Workspace.objects.create(name=workspace_name, zone=zone, language=language)
    Member.objects.create(workspace=workspace, user=user, role=Role.OWNER)
    FirstRunToken.objects.all().delete()
    _tell("workspace.begun", workspace, user)
    return user


@transaction.atomic
def change_workspace(workspace: Workspace, *, name: str, zone: str, by: User) -> None:
    workspace.name, workspace.zone = name, zone
    workspace.save(update_fields=["name", "zone"])
    _tell("workspace.changed", workspace, by)


def change_person(user: User, *, name: str, language: str) -> None:
    user.name, user.language = name, language
    user.save(update_fields=["name", "language"])


def keep_language(user: User, language: str) -> None:
    User.objects.filter(pk=user.pk).update(language=language)


def _tell(verb: str, workspace: Workspace, by: User) -> None:
    record(
        verb,
        workspace_id=workspace.pk,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="workspace",
        subject_id=workspace.pk,
        name=workspace.name,
        zone=workspace.zone,
    )
