"""What needs no answer is put aside, and taken up again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tesselle.domain.errors import NetworkError
from tesselle.engage import heeding
from tesselle.engage.access import comment_of, discussed_of
from tesselle.engage.forms import CommentForm
from tesselle.web.htmx import go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of


@require_POST
def aside(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """One (`to`) or all that wait; `undo`: the rows that wait again."""
    member = member_of(request, Right.ANSWER)
    delivery = discussed_of(member, delivery_id)
    page = reverse("engage:replies", args=[delivery.pk])
    if undone := [int(row) for row in request.GET.get("undo", "").split(",") if row.isdecimal()]:
        heeding.take_up_again(delivery, undone, by=member.user)
        return go_to(request, page)
    form = CommentForm(request.POST)
    wanted = form.cleaned_data["to"] if form.is_valid() else ""
    try:
        reply = comment_of(delivery, wanted) if wanted else None
    except NetworkError as error:
        notify(request, say(error.message), level=messages.WARNING)
        return go_to(request, page)
    if not form.is_valid() or (wanted and reply is None):
        notify(request, _("That comment is no longer there."))
        return go_to(request, page)
    rows = heeding.put_aside(delivery, reply, by=member.user)
    said = ngettext("%(n)s comment needs no answer.", "%(n)s comments need no answer.", len(rows))
    undo = f"{reverse('engage:aside', args=[delivery.pk])}?undo={','.join(map(str, rows))}"
    notify(request, said % {"n": len(rows)}, undo_url=undo if rows else "")
    back = _BACK.get(request.POST.get("back", ""))
    return go_to(request, reverse(back) if back else page)


_BACK = {"needs": "publish:needs", "waiting": "engage:waiting"}
