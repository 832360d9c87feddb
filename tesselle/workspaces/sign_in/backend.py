"""Who is signed in, read together with what they belong to: each page needs both."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from tesselle.web.kept_query import SOME_ID, KeptQuery
from tesselle.workspaces.models import Member, User, Workspace

_USER, _MEMBER, _WORKSPACE = (
    [field.attname for field in model._meta.concrete_fields] for model in (User, Member, Workspace)
)


def _query() -> Any:
    """Without a membership the other columns are empty; of deleted workspaces there is none."""
    return (
        User.objects.filter(pk=SOME_ID, memberships__workspace__deleted_at=None)
        .order_by("memberships__joined_at", "memberships__id")
        .values_list(
            *_USER,
            *(f"memberships__{name}" for name in _MEMBER),
            *(f"memberships__workspace__{name}" for name in _WORKSPACE),
        )
    )


_kept = KeptQuery(_query, is_planned_once=True)


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth tells no types
    """allauth's own, apart from the reading. Named by the setting `AUTHENTICATION_BACKENDS`."""

    def get_user(self, user_id: Any) -> User | None:
        user = _read(int(user_id))
        if user is None:  # nobody, or who belongs to deleted workspaces alone
            found = super().get_user(user_id)
            return found if isinstance(found, User) else None
        return user if self.user_can_authenticate(user) else None


def _read(user_id: int) -> User | None:
    rows = _kept.rows({SOME_ID: user_id})
    if not rows:
        return None
    user = User.from_db("default", _USER, rows[0][: len(_USER)])
    user.joined = tuple(_membership(user, row[len(_USER) :]) for row in rows if row[len(_USER)] is not None)
    return user


def _membership(user: User, columns: tuple[Any, ...]) -> Member:
    member = Member.from_db("default", _MEMBER, columns[: len(_MEMBER)])
    member.user = user
    member.workspace = Workspace.from_db("default", _WORKSPACE, columns[len(_MEMBER) :])
    return member
