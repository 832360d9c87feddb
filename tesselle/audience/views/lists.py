"""The lists of a workspace, and one list with its people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tesselle.audience import selectors
from tesselle.audience.access import list_of
from tesselle.audience.forms import ListForm
from tesselle.audience.pages import forms_of, list_page
from tesselle.audience.services import change_list
from tesselle.web.htmx import UNPROCESSABLE
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    return render(request, "audience/lists.html", {"lists": selectors.lists_of(member.workspace)})


@require_GET
def detail(request: HttpRequest, list_id: int) -> HttpResponse:
    """Addresses are shown to those who may plan, not to every viewer."""
    member = member_of(request, Right.PLAN)
    mailing_list = list_of(member, list_id)
    context = {"page": list_page(mailing_list, member, request.GET), **forms_of(mailing_list)}
    return render(request, "audience/list.html", context)


@require_POST
def settings(request: HttpRequest, list_id: int) -> HttpResponse:
    member = member_of(request, Right.MANAGE)
    mailing_list = list_of(member, list_id)
    form = ListForm(request.POST, instance=mailing_list, prefix="list")
    if not form.is_valid():
        context = {"page": list_page(mailing_list, member, {}), **forms_of(mailing_list, list_form=form)}
        return render(request, "audience/list.html", context, status=UNPROCESSABLE)
    change_list(form.save(commit=False), by=member.user)
    notify(request, _("Saved."))
    return redirect("audience:list", mailing_list.pk)
