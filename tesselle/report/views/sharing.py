"""Giving the report to somebody without an account."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tesselle.documents.document import OURS
from tesselle.domain.errors import RuleError
from tesselle.report.access import link_of, mailing_of
from tesselle.report.forms import ColourForm, LinkForm, MailingForm
from tesselle.report.letterhead import letterhead_of, set_colour
from tesselle.report.links import links_of, make_link, withdraw_link
from tesselle.report.mailing import mail_to, refuse_where_no_mail_leaves, stop_mailing
from tesselle.report.models import ReportMailing
from tesselle.report.scope import query_of, scope_of, words_of
from tesselle.report.views.asked import scope_asked
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of
from tesselle.workspaces.models import Member, Workspace


@require_GET
def share(request: HttpRequest) -> HttpResponse:
    return _page(request, member_of(request, Right.PLAN))


@require_POST
def give(request: HttpRequest) -> HttpResponse:
    """The page that shows the link, this once."""
    member = member_of(request, Right.PLAN)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return _page(request, member, form)
    scope, values = scope_asked(request, member.workspace), form.cleaned_data
    link, token = make_link(member.workspace, scope, name=values["name"], days=values["days"], by=member.user)
    address = settings.PUBLIC_URL + reverse("report:by_link", args=[token])
    context = {"link": link, "address": address, "query": query_of(scope), "scope_words": words_of(scope)}
    response = render(request, "report/link_made.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def withdraw(request: HttpRequest, link_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    link = link_of(member, link_id)
    withdraw_link(link, by=member.user)
    notify(request, _("The link for %(name)s is worth nothing any more.") % {"name": link.name})
    return go_to(request, f"{reverse('report:share')}?{query_of(scope_of(link))}")


@require_POST
def add_mailing(request: HttpRequest) -> HttpResponse:
    member = member_of(request, Right.MANAGE)
    form = MailingForm(request.POST, auto_id="mailing_%s")
    if form.is_valid():
        values = form.cleaned_data
        try:
            mailing = mail_to(member.workspace, by=member.user, **values)
        except RuleError as refused:
            form.add_error(None, say(refused.message))
        else:
            said = (
                _("Each campaign’s report goes to %(address)s once it is over.")
                if mailing.day is None
                else _("The report goes to %(address)s each month.")
            )
            notify(request, said % {"address": mailing.address})
            return go_to(request, reverse("report:share"))
    return _page(request, member, mailing_form=form)


@require_POST
def colour(request: HttpRequest) -> HttpResponse:
    member = member_of(request, Right.MANAGE)
    form = ColourForm(request.POST)
    if not form.is_valid():
        return _page(request, member, colour_form=form)
    set_colour(member.workspace, form.cleaned_data["colour"], by=member.user)
    notify(request, _("The reports have that colour now."))
    return go_to(request, reverse("report:share"))


@require_POST
def stop(request: HttpRequest, mailing_id: int) -> HttpResponse:
    member = member_of(request, Right.MANAGE)
    mailing = mailing_of(member, mailing_id)
    stop_mailing(mailing, by=member.user)
    notify(request, _("The report no longer goes to %(address)s.") % {"address": mailing.address})
    return go_to(request, reverse("report:share"))


def _page(
    request: HttpRequest,
    member: Member,
    form: LinkForm | None = None,
    mailing_form: MailingForm | None = None,
    colour_form: ColourForm | None = None,
) -> HttpResponse:
    scope = scope_asked(request, member.workspace)
    context = {
        "query": query_of(scope),
        "scope_words": words_of(scope),
        "form": form or LinkForm(),
        "links": [
            {"link": link, "scope_words": words_of(scope_of(link))} for link in links_of(member.workspace)
        ],
    }
    if may(member, Right.MANAGE):
        letterhead = letterhead_of(member.workspace)
        context["letterhead"] = letterhead
        context["colour_form"] = colour_form or ColourForm(initial={"colour": letterhead.colour or OURS})
        context["mail"] = _mail(member.workspace, mailing_form)
    status = UNPROCESSABLE if form or mailing_form or colour_form else 200
    return render(request, "report/share.html", context, status=status)


def _mail(workspace: Workspace, form: MailingForm | None) -> dict[str, Any]:
    """`refused`: why no report can be mailed from here."""
    rows = ReportMailing.objects.filter(workspace=workspace).order_by("address", "day")
    found: dict[str, Any] = {
        "rows": [{"mailing": one, "trouble": say(one.trouble)} for one in rows],
        "form": form or MailingForm(initial={"language": workspace.language}, auto_id="mailing_%s"),
        "refused": "",
    }
    try:
        refuse_where_no_mail_leaves(workspace)
    except RuleError as refused:
        found["refused"] = say(refused.message)
    return found
