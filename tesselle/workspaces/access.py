"""The one place that decides who may do what. Strangers get 404: they learn nothing."""

from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from tesselle.workspaces.models import Member, Role, User, Workspace
from tesselle.workspaces.selectors import memberships, open_memberships


class Right(StrEnum):
    READ = "read"
    WRITE = "write"  # posts, media
    PLAN = "plan"  # plan, cancel, decide about deliveries
    ANSWER = "answer"  # reply to comments
    MANAGE = "manage"  # channels, settings, the journal
    OWN = "own"  # members, deletion


_GRANTS: dict[str, frozenset[Right]] = {
    Role.VIEWER: frozenset({Right.READ}),
    Role.CONTRIBUTOR: frozenset({Right.READ, Right.WRITE}),
    Role.EDITOR: frozenset({Right.READ, Right.WRITE, Right.PLAN, Right.ANSWER}),
    Role.MANAGER: frozenset({Right.READ, Right.WRITE, Right.PLAN, Right.ANSWER, Right.MANAGE}),
    Role.OWNER: frozenset(Right),
}


def grants(role: str) -> frozenset[Right]:
    return _GRANTS.get(role, frozenset())


def may(member: Member, right: Right) -> bool:
    return right in grants(member.role)


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
    member = open_memberships(user).filter(workspace_id=workspace_id).first()
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


def person_of(request: HttpRequest) -> User:
    """The signed-in person, member of something or not.

    Raises:
        Http404: nobody is signed in (the middleware sends those to the sign-in page before).
    """
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def may_create_workspaces(person: User) -> bool:
    """Who looks after the installation, or already owns a workspace."""
    return is_operator(person) or any(member.role == Role.OWNER for member in memberships(person))


def colleague_of(member: Member, member_id: int) -> Member:
    """Another membership of the same workspace.

    Raises:
        Http404: no such member here.
    """
    found = Member.objects.filter(workspace=member.workspace_id, pk=member_id).select_related("user").first()
    if found is None:
        raise Http404
    return found


def deleted_workspace_of(person: User, workspace_id: int) -> Workspace:
    """A deleted workspace that this person may bring back.

    Raises:
        Http404: not deleted, gone for good, or not theirs.
    """
    found = Workspace.objects.filter(
        pk=workspace_id, members__user=person, members__role=Role.OWNER, deleted_at__isnull=False
    ).first()
    if found is None:
        raise Http404
    return found
