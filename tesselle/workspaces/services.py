"""Beginning an installation, and what people change about workspaces and about themselves."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_
from tesselle.workspaces.currencies import currency_of
from tesselle.workspaces.first_run import check_token
from tesselle.workspaces.models import FirstRunToken, Member, Role, User, Workspace
from tesselle.workspaces.signals import workspace_deleted, workspace_restored
from tesselle.workspaces.telling import tell


@transaction.atomic
def begin(
    *,
    token: str,
    name: str,
    email: str,
    password: str,
    workspace_name: str,
    zone: str,
    language: str,
    currency: str,
) -> User:
    """The first account and its workspace, against the one-time token; the token is spent.

    Raises:
        RuleError: somebody was faster, or the token is not the newest.
    """
    # Whoever holds the token's row goes first; the second finds it gone.
    list(FirstRunToken.objects.select_for_update())
    if not check_token(token):
        raise RuleError(N_("This address has been used or replaced. Nothing was created."))
    # Whoever reads the server's terminal is believed about their own address.
    user = create_person(
        name=name, email=email, password=password, language=language, is_verified=True, is_staff=True
    )
    workspace = create_workspace(
        name=workspace_name,
        zone=zone,
        language=language,
        world_kind=Workspace.WorldKind.REAL,
        currency=currency,
        by=user,
    )
    FirstRunToken.objects.all().delete()
    tell("workspace.begun", workspace, user, name=workspace.name)
    return user


def create_person(
    *,
    name: str,
    email: str,
    password: str | None,
    language: str,
    is_verified: bool,
    is_staff: bool = False,
) -> User:
    email = email.lower()  # as the account library keeps addresses
    user = User.objects.create_user(email, password, name=name, language=language, is_staff=is_staff)
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=is_verified)
    return user


@transaction.atomic
def create_workspace(
    *,
    name: str,
    zone: str,
    language: str,
    world_kind: str,
    by: User,
    currency: str = "",
) -> Workspace:
    """A new workspace; who makes it owns it. Without a `currency` it has its place's, or francs."""
    currency = currency or currency_of(zone) or Workspace.Currency.CHF
    workspace = Workspace.objects.create(
        name=name, zone=zone, language=language, world_kind=world_kind, currency=currency
    )
    Member.objects.create(workspace=workspace, user=by, role=Role.OWNER)
    tell("workspace.created", workspace, by, name=name)
    return workspace


@transaction.atomic
def change_workspace(
    workspace: Workspace, *, name: str, zone: str, language: str, currency: str, by: User
) -> None:
    workspace.name, workspace.zone = name, zone
    workspace.language, workspace.currency = language, currency
    workspace.save(update_fields=["name", "zone", "language", "currency"])
    tell("workspace.changed", workspace, by, name=name, zone=zone, currency=currency)


@transaction.atomic
def delete_workspace(workspace: Workspace, *, by: User) -> None:
    """Out of sight at once, nothing of it leaves any more; `restore_workspace` undoes it for two weeks."""
    workspace.deleted_at = timezone.now()
    workspace.save(update_fields=["deleted_at"])
    workspace_deleted.send(sender=Workspace, workspace=workspace, by=by)
    tell("workspace.deleted", workspace, by, name=workspace.name)


@transaction.atomic
def restore_workspace(workspace: Workspace, *, by: User) -> None:
    deleted_at, workspace.deleted_at = workspace.deleted_at, None
    workspace.save(update_fields=["deleted_at"])
    workspace_restored.send(sender=Workspace, workspace=workspace, deleted_at=deleted_at, by=by)
    tell("workspace.restored", workspace, by, name=workspace.name)


def change_person(user: User, *, name: str, language: str, zone: str) -> None:
    user.name, user.language, user.zone = name, language, zone
    user.save(update_fields=["name", "language", "zone"])


def keep_language(user: User, language: str) -> None:
    User.objects.filter(pk=user.pk).update(language=language)
