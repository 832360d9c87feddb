"""What the page of bad days and the mark on every page read."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tesselle.channels.models import Channel
from tesselle.networks import card
from tesselle.sandbox.badday.services import going_on
from tesselle.sandbox.clock_time import clock_time
from tesselle.sandbox.models import BadDay
from tesselle.workspaces.access import Right, may
from tesselle.workspaces.models import Member, Workspace

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Told:
    """`mark`: beside the network's name. What happens, what Tesselle does about it, what a person does."""

    name: Words
    mark: Words
    happens: Words
    does: Words
    todo: Words


TOLD: dict[str, Told] = {
    BadDay.Kind.OUTAGE: Told(
        name=pgettext_lazy("bad day", "The network is down"),
        mark=pgettext_lazy("bad day", "is down"),
        happens=_("It answers nothing but errors, to everybody."),
        does=_(
            "An error can hide that the post went out all the same. So Tesselle keeps looking, with longer and longer "
            "pauses, until the network answers, and never sends twice. What could not begin within the tolerated delay "
            "of the channel is missed."
        ),
        todo=_(
            "Wait. When the network is back, open “What needs you”: for each missed post, send it now, give it another "
            "time, or let it go."
        ),
    ),
    BadDay.Kind.THROTTLED: Told(
        name=pgettext_lazy("bad day", "The network slows you down"),
        mark=pgettext_lazy("bad day", "slows you down"),
        happens=_("It says that too much was sent, and takes nothing for a while."),
        does=_("Tesselle waits as long as the network asks, and tries again by itself."),
        todo=_("Nothing, usually. If it goes on for days, spread your posts over more hours."),
    ),
    BadDay.Kind.REFUSES: Told(
        name=pgettext_lazy("bad day", "The network refuses your pictures"),
        mark=pgettext_lazy("bad day", "refuses pictures"),
        happens=_(
            "It refuses the files that are sent to it; where pictures and words go up together, it refuses the post."
        ),
        does=_("Tesselle does not insist: the post is refused, with the network’s own reason on its page."),
        todo=_("Read the reason, change the picture or leave it out, and plan the post anew."),
    ),
    BadDay.Kind.EXPIRED: Told(
        name=pgettext_lazy("bad day", "The sign-in has run out"),
        mark=pgettext_lazy("bad day", "no longer knows you"),
        happens=_("It no longer knows the token that Tesselle signs in with."),
        does=_(
            "Tesselle stops the channel, keeps everything that is planned there, and asks you to sign in again. "
            "Other channels go on."
        ),
        todo=_(
            "Open the channel and choose “Reconnect”. What was waiting goes out if its tolerated delay is not over; "
            "for the rest you decide."
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One line of the bar."""

    id: int
    network: str
    said: Words
    told: Told
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Choice:
    kind: str
    told: Told
    networks: list[tuple[str, str]]


def marks(workspace: Workspace) -> list[Mark]:
    return [
        Mark(
            id=bad.pk,
            network=card(bad.network).name,
            said=TOLD[bad.kind].mark,
            told=TOLD[bad.kind],
            since=clock_time(workspace, bad.begins_at),
            until=clock_time(workspace, bad.ends_at) if bad.ends_at else "",
        )
        for bad in going_on(workspace)
    ]


def choices(workspace: Workspace) -> list[Choice]:
    """Each kind with the networks on which it is not going on yet."""
    slugs = Channel.objects.filter(workspace=workspace, removed_at=None).values_list("network", flat=True)
    there = sorted({(slug, card(slug).name) for slug in slugs}, key=lambda one: one[1])
    now = {(bad.network, bad.kind) for bad in going_on(workspace)}
    return [
        Choice(kind, told, [one for one in there if (one[0], kind) not in now]) for kind, told in TOLD.items()
    ]


def context(member: Member) -> dict[str, object]:
    return {
        "marks": marks(member.workspace),
        "choices": choices(member.workspace),
        "may_switch": may(member, Right.PLAN),
    }
