"""Exchanging two dates in a profile's grid, and the way back."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tesselle.domain.errors import RuleError
from tesselle.plan.access import deliveries_of
from tesselle.plan.calendar.moving import Move, move_back
from tesselle.plan.grid.exchanging import exchange
from tesselle.web.htmx import go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of


@require_POST
def exchange_two(request: HttpRequest, channel_id: int) -> HttpResponse:
    """`one` and `other`: deliveries of the channel."""
    member = member_of(request, Right.PLAN)
    given = [request.POST.get(name, "") for name in ("one", "other")]
    ids = [int(text) for text in given if text.isdecimal() and len(text) < 18]
    try:
        moves = exchange(list(deliveries_of(member, ids).filter(channel_id=channel_id)), by=member.user)
    except RuleError as refused:
        notify(request, say(refused.message), level=messages.WARNING)
        return _back(request, channel_id)
    undo = reverse("plan:exchange_back", args=[channel_id])
    undo += "?" + urlencode({"moves": ",".join(map(str, moves))})
    notify(request, _("The two have exchanged their dates."), undo_url=undo)
    return _back(request, channel_id)


@require_POST
def exchange_back(request: HttpRequest, channel_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    moves = [move for text in request.GET.get("moves", "").split(",") if (move := Move.read(text))]
    rows = list(deliveries_of(member, [one.delivery_id for one in moves]).filter(channel_id=channel_id))
    try:
        done = move_back(rows, moves, by=member.user)
    except RuleError as refused:
        notify(request, say(refused.message), level=messages.WARNING)
        return _back(request, channel_id)
    said = (
        _("Both are back where they were.")
        if done == len(moves)
        else _("It was changed meanwhile, and stays.")
    )
    notify(request, said)
    return _back(request, channel_id)


def _back(request: HttpRequest, channel_id: int) -> HttpResponse:
    return go_to(request, f"{reverse('channels:detail', args=[channel_id])}#profile-grid")
