"""The one place that decides who may do what. Strangers get 404: they learn nothing."""

from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from tesselle.workspaces.models import Member, Role, User, Workspace


class Right(StrEnum):
    READ = "read"
    WRITE = "write"  # posts, media
    PLAN = "plan"  # plan, cancel, decide about deliveries
    ANSWER = "answer"  # reply to comments
    MANAGE = "manage"  # channels, settings
    OWN = "own"  # members, deletion


_GRANTS: dict[str, frozenset[Right]] = {
    Role.VIEWER: frozenset({Right.READ}),
    Role.CONTRIBUTOR: frozenset({Right.READ, Right.WRITE}),
    Role.EDITOR: frozenset({Right.READ, Right.WRITE, Right.PLAN, Right.ANSWER}),
    Role.MANAGER: frozenset({Right.READ, Right.WRITE, Right.PLAN, Right.ANSWER, Right.MANAGE}),
    Role.OWNER: frozenset(Right),
}


def may(member: Member, right: Right) -> bool:
    return right in _GRANTS.get(member.role, frozenset())


def member_of(request: HttpRequest, right: Right = Right.READ) -> Member:
    """The signed-in person's membership of the current workspace, if it carries the right.

    Raises:
        Http404: the person belongs to no such workspace.
        PermissionDenied: a member without that right.
    """
    member: Member | None = getattr(request, "member", None)
    if member is None:
        raise Http404
    if not may(member, right):
        raise PermissionDenied
    return member


def is_operator(user: object) -> bool:
    """Whether this person runs the installation: what concerns all its workspaces is theirs."""
    return isinstance(user, User) and user.is_active and user.is_staff


def operator_of(request: HttpRequest) -> User:
    """The signed-in operator.

    Raises:
        Http404: somebody else; they learn nothing of such pages.
    """
    user = request.user
    if not isinstance(user, User) or not is_operator(user):
        raise Http404
    return user


def membership_of(user: User, workspace_id: int) -> Member:
    """The person's membership of that workspace, whichever is current.

    Raises:
        Http404: no such workspace, or not theirs.
    """
    member = Member.objects.filter(user=user, workspace_id=workspace_id).select_related("workspace").first()
    if member is None:
        raise Http404
    return member


def runs_installation(user: User) -> bool:
    """Whether this person answers for all workspaces at once: who began the installation, or owns
    every workspace there is (as somebody does after an import)."""
    if is_operator(user):
        return True
    owned = Member.objects.filter(user=user, role=Role.OWNER).values("workspace_id")
    return owned.exists() and not Workspace.objects.exclude(pk__in=owned).exists()
