"""What people wrote in one place, read when someone asks for it, and answered."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tesselle.domain.errors import NetworkError, RuleError
from tesselle.engage import services
from tesselle.engage.access import comment_of, place_for
from tesselle.engage.forms import AnswerForm
from tesselle.engage.places import Place
from tesselle.engage.selectors import others_wait
from tesselle.engage.words import WORDS
from tesselle.web.htmx import go_to, show
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of
from tesselle.workspaces.models import Member


@require_GET
def replies(request: HttpRequest, **where: Any) -> HttpResponse:
    member = member_of(request)
    return _show(request, member, place_for(member, **where), AnswerForm())


def _show(
    request: HttpRequest,
    member: Member,
    place: Place,
    form: AnswerForm,
    *,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    """`trouble`: the network was asked just now, and this came of it."""
    said = list[services.Said]()
    try:
        said = [] if trouble else services.read_replies(place)
    except NetworkError as error:
        trouble = say(error.message)
    context = {
        "place": place,
        "words": WORDS[place.kind],
        "answer_url": place.address("answer"),
        "aside_url": place.address("aside"),
        "erase_url": place.address("erase"),
        "said": said,
        "trouble": trouble,
        "form": form,
        "may_answer": may(member, Right.ANSWER),
        "may_erase": may(member, Right.OWN),
    }
    return show(request, "engage/replies.html", "engage/_replies.html", context, status=status)


@require_POST
def answer(request: HttpRequest, **where: Any) -> HttpResponse:
    member = member_of(request, Right.ANSWER)
    place = place_for(member, **where)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, member, place, form, status=422)
    try:
        to = comment_of(place, form.cleaned_data["to"])
    except NetworkError as error:  # what was typed is still there
        return _show(request, member, place, form, trouble=say(error.message), status=422)
    if to is None:
        notify(request, str(WORDS[place.kind].gone))
        return go_to(request, place.address())
    try:
        made = services.answer(
            place,
            to=to.remote,
            text=form.cleaned_data["text"],
            by=member.user,
            said_at=to.posted_at,
        )
    except RuleError as error:
        for finding in error.findings:
            form.add_error("text", f"{say(finding.message)} {say(finding.cure)}")
        return _show(request, member, place, form, status=422)
    notify(request, _("The answer is on its way."))
    if others_wait(place):
        return go_to(request, place.address())
    return go_to(request, reverse("publish:delivery", kwargs={"delivery_id": made.pk}))
