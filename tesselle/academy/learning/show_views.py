"""Links by which one's progress is shown; and what whoever holds one sees."""

from allauth.core.internal import ratelimit
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tesselle.academy.access import on_own_path
from tesselle.academy.learning.progress import progress_of
from tesselle.academy.learning.showing import DAYS, open_links, show_progress, shown_path, withdraw
from tesselle.academy.models import Path
from tesselle.academy.parts import parts
from tesselle.domain.errors import RuleError
from tesselle.web.sentences import say
from tesselle.web.toasts import notify

_TRIES = {"progress": "30/m/ip"}


class ShowForm(forms.Form):
    name = forms.CharField(
        label=_("Who is it for?"),
        max_length=80,
        help_text=_("So that you know later which link to withdraw."),
    )
    days = forms.TypedChoiceField(label=_("Good for"), coerce=int, initial=30)

    def __init__(self, *args: object, **named: object) -> None:
        super().__init__(*args, **named)  # type: ignore[arg-type]
        days = self.fields["days"]
        assert isinstance(days, forms.ChoiceField)
        days.choices = [(n, ngettext("%(n)s day", "%(n)s days", n) % {"n": n}) for n in DAYS]


@require_http_methods(["GET", "POST"])
@on_own_path
def links(request: HttpRequest, path: Path) -> HttpResponse:
    """A new link is shown once, in the answer that made it."""
    form, address = ShowForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            _link, token = show_progress(path, **form.cleaned_data)
        except RuleError as error:
            notify(request, say(error.message), level=messages.ERROR)
            return redirect("academy:progress_links")
        address = request.build_absolute_uri(reverse("academy:progress", args=[token]))
        form = ShowForm()
    values = {
        "path": path,
        "parts": parts("learning"),
        "form": form,
        "address": address,
        "links": list(open_links(path)),
    }
    response = render(request, "academy/progress_links.html", values, status=422 if form.errors else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
@on_own_path
def withdraw_link(request: HttpRequest, path: Path, progress_link_id: int) -> HttpResponse:
    withdraw(get_object_or_404(path.progress_links.select_related("path"), pk=progress_link_id))
    notify(request, gettext("The link is withdrawn: it shows nothing any more."))
    return redirect("academy:progress_links")


@login_not_required
@require_GET
def progress(request: HttpRequest, progress_token: str) -> HttpResponse:
    """Limited in tries, told to no other site, kept in no cache and in no index."""
    if not ratelimit.consume(request, app="tesselle", action="progress", config=_TRIES, limit_get=True):
        return render(request, "429.html", status=429)
    path = shown_path(progress_token)
    if path is None:
        response = render(request, "academy/progress_gone.html", status=404)
    else:
        values = {"path": path, "progress": progress_of(path)}
        response = render(request, "academy/progress.html", values)
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
