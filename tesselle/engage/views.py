"""The comments under a post, read when someone asks for them."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tesselle.domain.errors import NetworkError, RuleError
from tesselle.engage import services
from tesselle.engage.access import comment_of, discussed_of
from tesselle.engage.forms import AnswerForm
from tesselle.engage.selectors import are_reviews, others_wait
from tesselle.ledger.models import Delivery
from tesselle.web.htmx import go_to, show
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of
from tesselle.workspaces.models import Member


@require_GET
def replies(request: HttpRequest, delivery_id: int) -> HttpResponse:
    member = member_of(request)
    return _show(request, member, discussed_of(member, delivery_id), AnswerForm())


def _show(
    request: HttpRequest,
    member: Member,
    delivery: Delivery,
    form: AnswerForm,
    *,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    """`trouble`: the network was asked just now, and this came of it."""
    said = list[services.Said]()
    try:
        said = [] if trouble else services.read_replies(delivery)
    except NetworkError as error:
        trouble = say(error.message)
    context = {
        "delivery": delivery,
        "said": said,
        "trouble": trouble,
        "form": form,
        "may_answer": may(member, Right.ANSWER),
        "may_erase": may(member, Right.OWN),
        "are_reviews": are_reviews(delivery),
    }
    return show(request, "engage/replies.html", "engage/_replies.html", context, status=status)


@require_POST
def answer(request: HttpRequest, delivery_id: int) -> HttpResponse:
    member = member_of(request, Right.ANSWER)
    delivery = discussed_of(member, delivery_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, member, delivery, form, status=422)
    try:
        to = comment_of(delivery, form.cleaned_data["to"])
    except NetworkError as error:  # what was typed is still there
        return _show(request, member, delivery, form, trouble=say(error.message), status=422)
    if to is None:
        notify(request, _("That comment is no longer there."))
        return go_to(request, reverse("engage:replies", kwargs={"delivery_id": delivery.pk}))
    try:
        made = services.answer(
            delivery,
            to=to.remote,
            text=form.cleaned_data["text"],
            by=member.user,
            said_at=to.posted_at,
        )
    except RuleError as error:
        for finding in error.findings:
            form.add_error("text", f"{say(finding.message)} {say(finding.cure)}")
        return _show(request, member, delivery, form, status=422)
    notify(request, _("The answer is on its way."))
    if others_wait(delivery):
        return go_to(request, reverse("engage:replies", kwargs={"delivery_id": delivery.pk}))
    return go_to(request, reverse("publish:delivery", kwargs={"delivery_id": made.pk}))
