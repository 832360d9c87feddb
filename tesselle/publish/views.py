"""The page of a delivery, and what a person can do there."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tesselle.domain.errors import RuleError
from tesselle.domain.verdicts import Remote
from tesselle.ledger.models import Delivery
from tesselle.ledger.services import deciding, planning
from tesselle.plan.access import deliveries_of
from tesselle.plan.forms import WhenForm
from tesselle.plan.services import Slot, move_delivery
from tesselle.publish.access import delivery_of
from tesselle.publish.changing import content_out, edits_title, plan_deletion, plan_edit
from tesselle.publish.forms import AddressForm, TextsForm
from tesselle.publish.pages import acts, delivery_page
from tesselle.web.htmx import go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of
from tesselle.workspaces.models import Member

TOO_LATE = gettext_lazy("Too late for that: something else happened to it meanwhile. Nothing was changed.")


@require_GET
def delivery(request: HttpRequest, delivery_id: int) -> HttpResponse:
    member = member_of(request)
    return _show(request, delivery_of(member, delivery_id), member)


def _show(
    request: HttpRequest, subject: Delivery, member: Member, *, status: int = 200, **forms: Any
) -> HttpResponse:
    local = subject.due_at.astimezone(subject.workspace.tz).replace(tzinfo=None)
    context = {
        "page": delivery_page(subject, member),
        "delivery": subject,
        "when_form": WhenForm(initial={"when": local}, auto_id="replan_%s"),
        "address_form": AddressForm(auto_id="seen_%s"),
        "text_form": _text_form(subject),
        **forms,
    }
    return render(request, "publish/delivery.html", context, status=status)


def _text_form(subject: Delivery, *data: Any) -> TextsForm:
    standing = content_out(subject)
    title = standing.title if edits_title(subject) else None
    return TextsForm(*data, texts=standing.texts, title=title, auto_id="edit_%s")


def _done(request: HttpRequest, subject: Delivery, done: bool, sentence: str | Promise) -> HttpResponse:
    notify(request, sentence if done else TOO_LATE, level=messages.SUCCESS if done else messages.WARNING)
    return _home(request, subject)


def _home(request: HttpRequest, subject: Delivery) -> HttpResponse:
    """The page the button was on: the delivery's own, or the first page (`back`)."""
    if request.POST.get("back") == "needs":
        return go_to(request, reverse("publish:needs"))
    return go_to(request, reverse("publish:delivery", kwargs={"delivery_id": subject.pk}))


def _with_it(request: HttpRequest, member: Member, subject: Delivery) -> list[Delivery]:
    """The delivery, and those of the same post on other channels that stand on one card with it (`with`)."""
    ids = [int(one) for one in request.POST.getlist("with") if one.isdecimal() and len(one) < 18]
    if not ids or subject.post_id is None:
        return [subject]
    return [subject, *deliveries_of(member, ids).filter(post=subject.post_id).exclude(pk=subject.pk)]


@require_POST
def cancel(request: HttpRequest, delivery_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    subject = delivery_of(member, delivery_id)
    rows = _with_it(request, member, subject)
    if planning.cancel(rows, by=member.user):
        undo = f"{reverse('plan:take_up')}?ids={','.join(str(one.pk) for one in rows)}"
        notify(request, _("Called off: it does not go out."), undo_url=undo)
        return _home(request, subject)
    return _done(request, subject, False, "")


@require_POST
def replan(request: HttpRequest, delivery_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    subject = delivery_of(member, delivery_id)
    form = WhenForm(request.POST, auto_id="replan_%s")
    if form.is_valid():
        slot = Slot(form.cleaned_data["when"], subject.workspace.zone)
        try:
            done = move_delivery(subject, slot=slot, by=member.user)
            return _done(request, subject, done, _("Planned anew."))
        except RuleError as error:
            form.add_error("when", say(error.message))
    return _show(request, subject, member, status=422, when_form=form)


@require_POST
def send_now(request: HttpRequest, delivery_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    subject = delivery_of(member, delivery_id)
    now = subject.workspace.now()
    done = [deciding.send_now(one, now=now, by=member.user) for one in _with_it(request, member, subject)]
    return _done(request, subject, any(done), _("It goes out now."))


@require_POST
def look_again(request: HttpRequest, delivery_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    subject = delivery_of(member, delivery_id)
    return _done(
        request, subject, deciding.look_again(subject, by=member.user), _("We ask the network once more.")
    )


@require_POST
def mark_as_sent(request: HttpRequest, delivery_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    subject = delivery_of(member, delivery_id)
    form = AddressForm(request.POST, auto_id="seen_%s")
    if not form.is_valid():
        return _show(request, subject, member, status=422, address_form=form)
    done = deciding.mark_as_sent(subject, remote=None, address=form.cleaned_data["address"], by=member.user)
    return _done(request, subject, done, _("Kept as sent."))


@require_POST
def adopt(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """One of the candidates that were shown is ours."""
    member = member_of(request, Right.PLAN)
    subject = delivery_of(member, delivery_id)
    index, shown = request.POST.get("candidate", ""), subject.note.get("candidates", [])
    done = False
    if index.isdigit() and int(index) < len(shown):
        remote = Remote.from_json(shown[int(index)]["remote"])
        done = deciding.mark_as_sent(subject, remote=remote, by=member.user)
    return _done(request, subject, done, _("That one it is. We read it back."))


@require_POST
def seen_to(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Both copies were looked at."""
    member = member_of(request, Right.PLAN)
    subject = delivery_of(member, delivery_id)
    return _done(request, subject, deciding.seen_to(subject, by=member.user), _("Noted: both were seen to."))


@require_POST
def edit(request: HttpRequest, delivery_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    subject = delivery_of(member, delivery_id)
    if "edit" not in acts(subject, [], member):
        return _done(request, subject, False, "")
    form = _text_form(subject, request.POST)
    if form.is_valid():
        try:
            plan_edit(subject, form.texts(), title=form.title(), by=member.user)
            return _done(request, subject, True, _("The change is on its way."))
        except RuleError as error:
            sentences = [f"{say(one.message)} {say(one.cure)}" for one in error.findings]
            form.add_error("text", sentences or say(error.message))
    return _show(request, subject, member, status=422, text_form=form)


@require_POST
def delete(request: HttpRequest, delivery_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    subject = delivery_of(member, delivery_id)
    if "delete" not in acts(subject, [], member):
        return _done(request, subject, False, "")
    plan_deletion(subject, by=member.user)
    return _done(request, subject, True, _("The deletion is on its way."))
