"""What each role may do, in plain words. What it *may* do is decided in `access`; a test compares the two."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tesselle.workspaces.access import Right, grants
from tesselle.workspaces.models import Role

RIGHTS: dict[Right, str | Promise] = {
    Right.READ: _("see posts, calendar and figures"),
    Right.WRITE: _("write posts and add pictures"),
    Right.PLAN: _("plan, cancel and decide about deliveries"),
    Right.ANSWER: _("answer comments"),
    Right.MANAGE: _("connect channels, change the workspace’s settings, read the journal"),
    Right.OWN: _("invite people, change roles, delete the workspace"),
}

IN_SHORT: dict[str, str | Promise] = {
    Role.OWNER: _("Everything, members included."),
    Role.MANAGER: _("Everything but members and deletion."),
    Role.EDITOR: _("Writes and publishes."),
    Role.CONTRIBUTOR: _("Writes; others plan and publish."),
    Role.VIEWER: _("Looks on and changes nothing."),
}


@dataclass(frozen=True, slots=True)
class RoleRow:
    role: Role
    short: str | Promise
    may: tuple[str | Promise, ...]
    may_not: tuple[str | Promise, ...]


def table() -> list[RoleRow]:
    return [
        RoleRow(
            role,
            IN_SHORT[role],
            tuple(words for right, words in RIGHTS.items() if right in grants(role)),
            tuple(words for right, words in RIGHTS.items() if right not in grants(role)),
        )
        for role in Role
    ]
