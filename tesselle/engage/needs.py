"""Comments, reviews and messages that wait for an answer, on the first page."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tesselle.engage.places import place_of
from tesselle.engage.selectors import MOST, Waiting, open_in_some, waiting, waiting_conversations
from tesselle.engage.words import unanswered
from tesselle.web.dates import written
from tesselle.web.needs import Act, Need
from tesselle.workspaces import facts
from tesselle.workspaces.access import Right, may
from tesselle.workspaces.models import Member, Workspace


def tell_counts() -> None:
    """Register how many conversations wait."""
    facts.register(
        "engage.waiting",
        lambda: facts.number(open_in_some(), "conversation", by="conversation__channel__workspace"),
    )


def _member(request: HttpRequest) -> Member | None:
    """Somebody who may answer; whoever only reads is asked nothing."""
    member: Member | None = getattr(request, "member", None)
    return member if member is not None and may(member, Right.ANSWER) else None


def count(request: HttpRequest) -> int:
    """As many as stand on the page."""
    return min(_all(request), MOST + 1)


def _all(request: HttpRequest) -> int:
    return facts.of(request)["engage.waiting"] if _member(request) is not None else 0


def comments(request: HttpRequest) -> Sequence[Need]:
    member = _member(request)
    if member is None or not count(request):
        return ()
    shown = needs_of(waiting_conversations(member.workspace)[:MOST], member.workspace)
    others = _all(request) - MOST
    return [*shown, _others(others)] if others > 0 else shown


def needs_of(rows: Iterable[Mapping[str, Any]], workspace: Workspace, *, back: str = "needs") -> list[Need]:
    """`back`: the page to which the buttons return."""
    return [_need(one, workspace, back) for one in waiting(rows)]


def _others(n: int) -> Need:
    title = ngettext("People wait at %(n)s other place", "People wait at %(n)s other places", n) % {"n": n}
    return Need(
        key="comments-others",
        tone="info",
        icon="reply",
        word=pgettext("comments", "To answer"),
        title=title,
        happened="",
        means=_("Those that have waited longest stand above."),
        todo=_("Open the list of all of them."),
        url=reverse("engage:waiting"),
        acts=(Act(_("See all of them"), reverse("engage:waiting"), "reply", "main", "get"),),
    )


def _need(one: Waiting, workspace: Workspace, back: str) -> Need:
    place = place_of(one.conversation)
    read, aside = place.address(), place.address("aside")
    return Need(
        key=f"comments-{one.conversation.pk}",
        tone="info",
        icon="reply",
        word=pgettext("comments", "To answer"),
        title=place.title,
        happened=unanswered(place.kind, one.count),
        means=_("Since %(when)s. What was written is read on the network; no word of it is kept here.")
        % {"when": written(one.since.astimezone(workspace.tz), pgettext("date format", "D j M, H:i"))},
        todo=_("Read it and answer, or say that it needs no answer."),
        url=read,
        networks=(place.channel.network,),
        where="" if place.delivery is None else place.account,
        acts=(
            Act(_("Read and answer"), read, "reply", "main", "get"),
            Act(_("Needs no answer"), aside, "check", "plain", "post", (("back", back),)),
        ),
    )
