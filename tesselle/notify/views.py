"""What one was told, how one wants to be told, and the devices that may be reached."""

import json

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tesselle.domain.errors import RuleError
from tesselle.mail.services import is_set_up
from tesselle.notify import push, wishes
from tesselle.notify.access import device_of, notice_of
from tesselle.notify.forms import WishesForm
from tesselle.notify.models import Device, Notice
from tesselle.notify.panels import bell as bell_panel
from tesselle.notify.services import mark_read
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import is_operator, member_of, person_of
from tesselle.workspaces.middleware import SESSION_KEY

PER_PAGE = 50
MOST_BYTES = 8000


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    found = Notice.objects.filter(user=member.user, workspace=member.workspace).order_by("-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [{"notice": one, "words": say(one.words)} for one in page]
    return render(request, "notify/notices.html", {"page": page, "rows": rows})


@require_GET
def open_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """It is read, and leads to what it is about, in its own workspace."""
    person = person_of(request)
    found = notice_of(person, notice_id)
    mark_read(person, found.workspace, found.pk)
    request.session[SESSION_KEY] = found.workspace_id
    return redirect(found.url)


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    mark_read(member.user, member.workspace)
    return go_to(request, reverse("notify:notices"))


@require_GET
def bell(request: HttpRequest) -> HttpResponse:
    member_of(request)
    content = bell_panel(request)
    assert content is not None
    return render(request, content.template, dict(content.context))


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = WishesForm(request.POST if request.method == "POST" else None, user=person)
    if request.method == "POST" and form.is_valid():
        wishes.keep(person, form.ways)
        notify(request, _("Your wishes are kept."))
        return go_to(request, reverse("notify:preferences"))
    context = {
        "form": form,
        "mails": is_set_up(),
        "is_operator": is_operator(person),
        "devices": Device.objects.filter(user=person).order_by("-pk"),
        "push_key": push.public_key(),
    }
    return render(request, "notify/preferences.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
def add_device(request: HttpRequest) -> HttpResponse:
    """What the browser hands over (`PushSubscription.toJSON`)."""
    person = person_of(request)
    try:
        told = json.loads(request.body[:MOST_BYTES])
        keys = told["keys"]
        push.add_device(
            person,
            endpoint=str(told["endpoint"]),
            p256dh=str(keys["p256dh"]),
            auth=str(keys["auth"]),
            name=str(told.get("name", "")),
        )
    except RuleError as refused:
        return JsonResponse({"said": say(refused.message)}, status=UNPROCESSABLE)
    except (ValueError, KeyError, TypeError):
        said = _("This browser did not say how to reach it. Reload the page and try again.")
        return JsonResponse({"said": said}, status=UNPROCESSABLE)
    notify(request, _("This device is told from now on."))
    return JsonResponse({"said": ""})


@require_POST
def forget_device(request: HttpRequest, device_id: int) -> HttpResponse:
    device_of(person_of(request), device_id).delete()
    notify(request, _("That device is told nothing any more."))
    return go_to(request, reverse("notify:preferences"))
