"""An owner erases what is kept of a comment, when its author asks."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tesselle.domain.errors import NetworkError, RuleError
from tesselle.engage.access import comment_of, discussed_of
from tesselle.engage.erasing import erase as erase_comment
from tesselle.engage.forms import CommentForm
from tesselle.ledger.models import Delivery, Purpose
from tesselle.publish.access import delivery_of
from tesselle.web.htmx import go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of
from tesselle.workspaces.models import Member


@require_POST
def erase(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """From the page of an answer (its comment), or from the conversation (`to`)."""
    member = member_of(request, Right.OWN)
    answer = delivery_of(member, delivery_id)
    is_answer = answer.purpose == Purpose.ANSWER
    delivery = _under(answer) if is_answer else discussed_of(member, delivery_id)
    page = reverse("publish:delivery", args=[delivery.pk])
    form = CommentForm(request.POST)
    wanted = form.cleaned_data["to"] if form.is_valid() else ""
    if is_answer:
        wanted = str((answer.target or {}).get("id", ""))
    try:
        is_known = bool(wanted) and _is_known(delivery, wanted)
    except NetworkError as error:
        notify(request, say(error.message), level=messages.WARNING)
        return go_to(request, page)
    if not is_known:
        notify(request, _("That comment is no longer there."))
        return go_to(request, page)
    return _erased(request, member, delivery, wanted, page)


def _under(answer: Delivery) -> Delivery:
    if answer.subject is None:
        raise Http404
    return answer.subject


def _is_known(delivery: Delivery, wanted: str) -> bool:
    """We answered it, or it stands there: whoever deleted their comment may ask all the same."""
    answers = Delivery.objects.filter(channel=delivery.channel, purpose=Purpose.ANSWER, target__id=wanted)
    return answers.exists() or comment_of(delivery, wanted) is not None


def _erased(request: HttpRequest, member: Member, delivery: Delivery, wanted: str, page: str) -> HttpResponse:
    try:
        erase_comment(delivery, wanted, by=member.user)
    except RuleError as error:
        notify(request, say(error.message), level=messages.WARNING)
    else:
        notify(request, _("Erased. That comment is not shown or counted here again."))
    return go_to(request, page)
