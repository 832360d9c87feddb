"""Giving the report to somebody without an account."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tesselle.report.access import link_of
from tesselle.report.forms import LinkForm
from tesselle.report.links import links_of, make_link, month_of, withdraw_link
from tesselle.report.telling import month_words
from tesselle.report.views.asked import month_asked
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of
from tesselle.workspaces.models import Member


@require_GET
def share(request: HttpRequest) -> HttpResponse:
    return _page(request, member_of(request, Right.PLAN), None)


@require_POST
def give(request: HttpRequest) -> HttpResponse:
    """The page that shows the link, this once."""
    member = member_of(request, Right.PLAN)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return _page(request, member, form)
    month, values = month_asked(request, member.workspace), form.cleaned_data
    link, token = make_link(member.workspace, month, name=values["name"], days=values["days"], by=member.user)
    address = settings.PUBLIC_URL + reverse("report:by_link", args=[token])
    context = {"link": link, "address": address, "month": month, "month_words": month_words(month)}
    response = render(request, "report/link_made.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def withdraw(request: HttpRequest, link_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    link = link_of(member, link_id)
    withdraw_link(link, by=member.user)
    notify(request, _("The link for %(name)s is worth nothing any more.") % {"name": link.name})
    return go_to(request, f"{reverse('report:share')}?month={month_of(link).key}")


def _page(request: HttpRequest, member: Member, form: LinkForm | None) -> HttpResponse:
    month = month_asked(request, member.workspace)
    links = [
        {"link": link, "month_words": month_words(month_of(link))} for link in links_of(member.workspace)
    ]
    context = {
        "month": month,
        "month_words": month_words(month),
        "form": form or LinkForm(),
        "links": links,
    }
    return render(request, "report/share.html", context, status=UNPROCESSABLE if form else 200)
