"""Invitation links: one role, one address, one use. The token itself is kept nowhere."""

import hashlib
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_, Message
from tesselle.workspaces.models import Invitation, Member, User, Workspace
from tesselle.workspaces.services import create_person
from tesselle.workspaces.telling import tell

LASTS = timedelta(days=7)


@transaction.atomic
def invite(workspace: Workspace, *, email: str, role: str, by: User) -> tuple[Invitation, str]:
    """The invitation and its token. An earlier one to the same address is worth nothing from now on.

    Raises:
        RuleError: that person is a member already.
    """
    email = email.strip().lower()
    # One at a time for this workspace, so that the older of two is really revoked.
    Workspace.objects.select_for_update().get(pk=workspace.pk)
    if Member.objects.filter(workspace=workspace, user__email__iexact=email).exists():
        raise RuleError(Message(_MEMBER_ALREADY, {"email": email}))
    now = timezone.now()
    _open().filter(workspace=workspace, email=email).update(revoked_at=now)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        workspace=workspace,
        email=email,
        role=role,
        digest=_digest(token),
        invited_by=by,
        expires_at=now + LASTS,
    )
    tell("invitation.made", workspace, by, email=email, role=role)
    return invitation, token


def mark_as_mailed(invitation: Invitation) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(mailed_at=timezone.now())


@transaction.atomic
def revoke(invitation: Invitation, *, by: User) -> None:
    if _open().filter(pk=invitation.pk).update(revoked_at=timezone.now()):
        tell("invitation.revoked", invitation.workspace, by, email=invitation.email)


def find(token: str) -> Invitation | None:
    """The invitation of this token while it may be accepted; None for every other token."""
    return (
        _live().filter(digest=_digest(token)).select_related("workspace", "invited_by").first()
        if token
        else None
    )


def has_account(invitation: Invitation) -> bool:
    return User.objects.filter(email__iexact=invitation.email).exists()


@transaction.atomic
def accept(invitation: Invitation, *, user: User) -> Member:
    """Make the person a member; the link is spent.

    Raises:
        RuleError: it was used, revoked or has expired meanwhile.
    """
    taken = _live().filter(pk=invitation.pk).update(accepted_at=timezone.now(), accepted_by=user)
    if not taken:
        raise RuleError(_SPENT)
    member, _ = Member.objects.get_or_create(
        workspace=invitation.workspace, user=user, defaults={"role": invitation.role}
    )
    tell("invitation.accepted", invitation.workspace, user, email=invitation.email, role=member.role)
    return member


@transaction.atomic
def accept_as_new(invitation: Invitation, *, name: str, password: str, language: str) -> Member:
    """An account for the invited address, and its membership.

    Raises:
        RuleError: see `accept`; or there is an account already, which has to sign in.
    """
    # The spending of the link decides between two who come at once.
    Invitation.objects.select_for_update().get(pk=invitation.pk)
    if has_account(invitation):
        raise RuleError(_SIGN_IN_INSTEAD)
    user = create_person(
        name=name,
        email=invitation.email,
        password=password,
        language=language,
        is_verified=invitation.mailed_at is not None,
    )
    return accept(invitation, user=user)


def is_for(invitation: Invitation, user: User) -> bool:
    """Is it addressed to a verified address of this person? Then the link itself is not needed."""
    own = EmailAddress.objects.filter(user=user, verified=True, email__iexact=invitation.email)
    return bool(own.exists())


def _open() -> QuerySet[Invitation]:
    return Invitation.objects.filter(accepted_at=None, revoked_at=None)


def _live() -> QuerySet[Invitation]:
    return _open().filter(expires_at__gt=timezone.now(), workspace__deleted_at=None)


def _digest(token: str) -> str:
    # Drawn at random, 256 bits: a plain hash is enough.
    return hashlib.sha256(token.encode()).hexdigest()


_MEMBER_ALREADY = N_("%(email)s is a member already. Change the role in the list instead.")
_SPENT = N_("This invitation has been used, taken back or has expired. Ask for a new one.")
_SIGN_IN_INSTEAD = N_("There is an account with this address already. Sign in, and accept then.")
