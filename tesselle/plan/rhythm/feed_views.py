"""The page of secret addresses, and what stands at them."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST, require_safe

from tesselle.library.bounds import Bound
from tesselle.plan.models import CalendarFeed
from tesselle.plan.rhythm import feeds as services
from tesselle.plan.rhythm.sharing import shared_days
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of
from tesselle.workspaces.models import Member

_bound = Bound(60, seconds=60.0)


class FeedForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    days = forms.TypedChoiceField(
        label=gettext_lazy("What stands there"),
        coerce=int,
        required=False,
        choices=[
            (0, gettext_lazy("A calendar to subscribe to")),
            (30, gettext_lazy("A page to read, for 30 days")),
            (90, gettext_lazy("A page to read in a browser, for 90 days")),
            (365, gettext_lazy("A page to read in a browser, for a year")),
        ],
        help_text=gettext_lazy(
            "Both show what is planned and what is out; the page leaves out what is not approved."
        ),
    )

    class Meta:
        model = CalendarFeed
        fields = ["name"]
        labels = {"name": gettext_lazy("For whom, or for which device")}


@require_GET
def feeds(request: HttpRequest) -> HttpResponse:
    return _page(request, member_of(request), FeedForm())


def _page(
    request: HttpRequest,
    member: Member,
    form: FeedForm,
    *,
    address: str = "",
    is_page: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "feeds": CalendarFeed.objects.filter(workspace=member.workspace, withdrawn_at=None).select_related(
            "created_by"
        ),
        "form": form,
        "address": address,
        "is_page": is_page,
        # Telephones and desks open their calendar at such an address, and offer to subscribe.
        "subscribe": "" if is_page or not address else f"webcal://{address.partition('://')[2]}",
        "may_plan": may(member, Right.PLAN),
    }
    response = render(request, "plan/feeds.html", context, status=status)
    if address:
        response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def open_one(request: HttpRequest) -> HttpResponse:
    """The page that answers is the only one that shows the address."""
    member = member_of(request, Right.PLAN)
    form = FeedForm(request.POST)
    if not form.is_valid():
        return _page(request, member, form, status=UNPROCESSABLE)
    days = form.cleaned_data["days"] or 0
    feed, token = services.open_feed(member.workspace, form.cleaned_data["name"], by=member.user, days=days)
    address = services.address(token, page=feed.page)
    return _page(request, member, FeedForm(), address=address, is_page=feed.page)


@require_POST
def withdraw(request: HttpRequest, feed_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    feed = get_object_or_404(CalendarFeed, pk=feed_id, workspace=member.workspace)
    services.withdraw(feed, by=member.user)
    notify(request, _("“%(name)s” is withdrawn: its address answers no more.") % {"name": feed.name})
    return go_to(request, reverse("plan:feeds"))


@login_not_required
@require_safe
def feed(request: HttpRequest, feed_token: str) -> HttpResponse:
    """Whoever holds the address reads; nothing can be changed by it."""
    if not _bound.allows(str(request.META.get("REMOTE_ADDR", ""))):
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    found = services.find(feed_token)
    if found is None:
        raise Http404
    response = HttpResponse(services.calendar_file(found), content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, max-age=900"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@login_not_required
@require_safe
def shared(request: HttpRequest, feed_token: str) -> HttpResponse:
    """The same for people: a page that can only be read."""
    if not _bound.allows(str(request.META.get("REMOTE_ADDR", ""))):
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    found = services.find(feed_token, page=True)
    with translation.override(found.workspace.language if found else translation.get_language()):
        context = {"feed": found, "days": shared_days(found) if found else []}
        response = render(request, "plan/shared.html", context, status=200 if found else 404)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
