"""What needs no answer is put aside, and taken up again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from tesselle.domain.errors import NetworkError
from tesselle.engage import heeding
from tesselle.engage.access import comment_of, place_for
from tesselle.engage.forms import CommentForm
from tesselle.engage.words import WORDS, needs_none
from tesselle.web.htmx import go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of


@require_POST
def aside(request: HttpRequest, **where: Any) -> HttpResponse:
    """One (`to`) or all that wait; `undo`: the rows that wait again."""
    member = member_of(request, Right.ANSWER)
    place = place_for(member, **where)
    page = place.address()
    if undone := [int(row) for row in request.GET.get("undo", "").split(",") if row.isdecimal()]:
        heeding.take_up_again(place, undone, by=member.user)
        return go_to(request, page)
    form = CommentForm(request.POST)
    wanted = form.cleaned_data["to"] if form.is_valid() else ""
    try:
        reply = comment_of(place, wanted) if wanted else None
    except NetworkError as error:
        notify(request, say(error.message), level=messages.WARNING)
        return go_to(request, page)
    if not form.is_valid() or (wanted and reply is None):
        notify(request, str(WORDS[place.kind].gone))
        return go_to(request, page)
    rows = heeding.put_aside(place, reply, by=member.user)
    undo = f"{place.address('aside')}?undo={','.join(map(str, rows))}"
    notify(request, needs_none(place.kind, len(rows)), undo_url=undo if rows else "")
    back = _BACK.get(request.POST.get("back", ""))
    return go_to(request, reverse(back) if back else page)


_BACK = {"needs": "publish:needs", "waiting": "engage:waiting"}
