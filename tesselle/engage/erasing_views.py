"""An owner erases what is kept of a comment, when its author asks."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from tesselle.domain.errors import NetworkError, RuleError
from tesselle.engage.access import comment_of, place_for
from tesselle.engage.erasing import erase as erase_comment
from tesselle.engage.forms import CommentForm
from tesselle.engage.places import Place, of_answer
from tesselle.engage.words import WORDS
from tesselle.ledger.models import Delivery, Purpose
from tesselle.publish.access import delivery_of
from tesselle.web.htmx import go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of
from tesselle.workspaces.models import Member


@require_POST
def erase(request: HttpRequest, **where: Any) -> HttpResponse:
    """From the page of an answer (its comment), or from the conversation (`to`)."""
    member = member_of(request, Right.OWN)
    form = CommentForm(request.POST)
    wanted = form.cleaned_data["to"] if form.is_valid() else ""
    answer = delivery_of(member, where["delivery_id"]) if "delivery_id" in where else None
    if answer is not None and answer.purpose == Purpose.ANSWER:
        place = of_answer(answer)
        wanted = str((answer.target or {}).get("id", ""))
        if place is None:
            raise Http404
    else:
        place = place_for(member, **where)
    try:
        is_known = bool(wanted) and _is_known(place, wanted)
    except NetworkError as error:
        notify(request, say(error.message), level=messages.WARNING)
        return go_to(request, place.above)
    if not is_known:
        notify(request, str(WORDS[place.kind].gone))
        return go_to(request, place.above)
    return _erased(request, member, place, wanted)


def _is_known(place: Place, wanted: str) -> bool:
    """We answered it, or it stands there: whoever deleted their comment may ask all the same."""
    answers = Delivery.objects.filter(channel=place.channel, purpose=Purpose.ANSWER, target__id=wanted)
    return answers.exists() or comment_of(place, wanted) is not None


def _erased(request: HttpRequest, member: Member, place: Place, wanted: str) -> HttpResponse:
    try:
        erase_comment(place, wanted, by=member.user)
    except RuleError as error:
        notify(request, say(error.message), level=messages.WARNING)
    else:
        notify(request, str(WORDS[place.kind].erased))
    return go_to(request, place.above)
