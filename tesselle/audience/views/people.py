"""What is done with the people of a list: added, imported, exported, taken off, forgotten."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from tesselle.audience import importing, selectors, services
from tesselle.audience.access import list_of, subscriber_of
from tesselle.audience.forms import AddForm, ImportForm
from tesselle.audience.models import MailingList
from tesselle.audience.pages import forms_of, list_page, told
from tesselle.domain.errors import RuleError
from tesselle.web.cells import as_csv
from tesselle.web.htmx import UNPROCESSABLE
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of
from tesselle.workspaces.models import Member


@require_POST
def add(request: HttpRequest, list_id: int) -> HttpResponse:
    member = member_of(request, Right.MANAGE)
    mailing_list = list_of(member, list_id)
    form = AddForm(request.POST, prefix="add")
    if form.is_valid():
        try:
            services.add_by_hand(mailing_list, **form.cleaned_data, by=member.user)
        except RuleError as refused:
            form.add_error("address", say(refused.message))
        else:
            notify(request, _("%(address)s is on the list.") % {"address": form.cleaned_data["address"]})
            return redirect("audience:list", mailing_list.pk)
    return _again(request, mailing_list, member, add_form=form)


@require_POST
def bring_in(request: HttpRequest, list_id: int) -> HttpResponse:
    """Answered with the page itself: it says which lines were left out, and why."""
    member = member_of(request, Right.MANAGE)
    mailing_list = list_of(member, list_id)
    form = ImportForm(request.POST, request.FILES, prefix="import")
    if not form.is_valid():
        return _again(request, mailing_list, member, import_form=form)
    data = form.cleaned_data["table"].read(importing.MOST_BYTES + 1)
    try:
        imported = importing.import_table(
            mailing_list, data, consent_note=form.cleaned_data["consent_note"], by=member.user
        )
    except RuleError as refused:
        form.add_error("table", say(refused.message))
        return _again(request, mailing_list, member, import_form=form)
    context = {
        "page": list_page(mailing_list, member, {}),
        **forms_of(mailing_list),
        "imported": told(imported),
    }
    return render(request, "audience/list.html", context)


@require_POST
def export(request: HttpRequest, list_id: int) -> HttpResponse:
    """A POST: whoever takes all addresses with them stands in the journal."""
    member = member_of(request, Right.MANAGE)
    mailing_list = list_of(member, list_id)
    head = [
        _("E-mail address"),
        pgettext("of a person", "Name"),
        pgettext("subscriber", "State"),
        _("How they agreed"),
        _("Note"),
        pgettext("subscriber", "Since"),
        _("Unsubscribed on"),
    ]
    response = HttpResponse(as_csv(head, _lines(mailing_list)), content_type="text/csv; charset=utf-8")
    day = timezone.localdate().isoformat()
    response.headers["Content-Disposition"] = f'attachment; filename="subscribers-{day}.csv"'
    services.tell("audience.exported", mailing_list, member.user)
    return response


def _lines(mailing_list: MailingList) -> Iterator[list[str]]:
    for one in selectors.all_of(mailing_list):
        yield [
            one.address,
            one.name,
            str(one.get_state_display()),
            str(one.get_way_display()),
            one.consent_note,
            one.confirmed_at.date().isoformat() if one.confirmed_at else "",
            one.left_at.date().isoformat() if one.left_at else "",
        ]


@require_POST
def leave(request: HttpRequest, list_id: int, subscriber_id: int) -> HttpResponse:
    member = member_of(request, Right.MANAGE)
    mailing_list = list_of(member, list_id)
    subscriber = subscriber_of(mailing_list, subscriber_id)
    services.leave(subscriber, by=member.user)
    notify(request, _("%(address)s gets no mail any more.") % {"address": subscriber.address})
    return redirect("audience:list", mailing_list.pk)


@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, list_id: int, subscriber_id: int) -> HttpResponse:
    """Asks first: it cannot be undone."""
    member = member_of(request, Right.MANAGE)
    mailing_list = list_of(member, list_id)
    subscriber = subscriber_of(mailing_list, subscriber_id)
    if request.method == "GET":
        return render(request, "audience/erase.html", {"list": mailing_list, "subscriber": subscriber})
    services.erase(subscriber, by=member.user)
    notify(request, _("The address is forgotten."))
    return redirect("audience:list", mailing_list.pk)


def _again(request: HttpRequest, mailing_list: MailingList, member: Member, **forms: object) -> HttpResponse:
    context = {"page": list_page(mailing_list, member, {}), **forms_of(mailing_list, **forms)}
    return render(request, "audience/list.html", context, status=UNPROCESSABLE)
