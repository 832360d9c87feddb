"""How somebody wants to be told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tesselle.notify.models import Kind, Wish
from tesselle.workspaces.models import User


@dataclass(frozen=True, slots=True)
class Way:
    mail: str
    push: bool = True


USUAL: Mapping[str, Way] = {
    Kind.MENTION: Way(Wish.Mail.NOW),
    Kind.APPROVAL: Way(Wish.Mail.NOW),
    Kind.ANSWERED: Way(Wish.Mail.DAILY),
    Kind.COMMENT: Way(Wish.Mail.DAILY),
    Kind.REPLY: Way(Wish.Mail.DAILY),
    Kind.DELIVERY: Way(Wish.Mail.NOW),
    Kind.BY_HAND: Way(Wish.Mail.NOW),
    Kind.SIGN_IN: Way(Wish.Mail.NOW),
}


def ways_of(user: User) -> dict[str, Way]:
    """By kind."""
    said = {wish.kind: Way(wish.mail, wish.push) for wish in Wish.objects.filter(user=user)}
    return {kind: said.get(kind, USUAL[kind]) for kind in Kind.values}


def ways_for(users: Collection[int], kind: str) -> dict[int, Way]:
    """Of one kind, by user id, in one question."""
    said = {
        wish.user_id: Way(wish.mail, wish.push) for wish in Wish.objects.filter(user__in=users, kind=kind)
    }
    return {user: said.get(user, USUAL[kind]) for user in users}


def keep(user: User, ways: Mapping[str, Way]) -> None:
    for kind, way in ways.items():
        Wish.objects.update_or_create(user=user, kind=kind, defaults={"mail": way.mail, "push": way.push})
