"""The page on which a post is told to come again."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.views.decorators.http import require_http_methods

from tesselle.compose.access import post_of
from tesselle.compose.models import Post
from tesselle.domain.errors import RuleError
from tesselle.domain.repeating import Unit, comings
from tesselle.plan.rhythm.evergreen_views import RestForm
from tesselle.plan.rhythm.repeating import AT_MOST, repeat
from tesselle.web.dates import written
from tesselle.web.days import LocalDateTimeField
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of


class RepeatForm(forms.Form):
    first = LocalDateTimeField(
        label=gettext_lazy("First time"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    every = forms.IntegerField(label=gettext_lazy("Every"), min_value=1, max_value=12, initial=1)
    unit = forms.ChoiceField(
        label=pgettext_lazy("of a repetition", "Unit"),
        choices=[
            (Unit.WEEK.value, pgettext_lazy("of a repetition", "weeks")),
            (Unit.MONTH.value, pgettext_lazy("of a repetition", "months")),
        ],
    )
    times = forms.IntegerField(
        label=gettext_lazy("How many times"), min_value=1, max_value=AT_MOST, initial=6
    )

    def comings(self) -> list[datetime]:
        values = self.cleaned_data
        return comings(values["first"], Unit(values["unit"]), values["every"], values["times"])


@require_http_methods(["GET", "POST"])
def repeated(request: HttpRequest, post_id: int) -> HttpResponse:
    """Shows the times first (`do=look`); plans them when told to."""
    member = member_of(request, Right.PLAN)
    post = post_of(member, post_id)
    if request.method == "GET":
        return _page(request, post, RepeatForm(initial={"first": _a_week_on(post)}))
    form = RepeatForm(request.POST)
    if not form.is_valid():
        return _page(request, post, form, status=UNPROCESSABLE)
    if request.POST.get("do") != "plan":
        return _page(request, post, form, times=_words(form.comings()))
    try:
        made = repeat(post, form.comings(), by=member.user)
    except RuleError as refused:
        form.add_error(None, say(refused.message))
        return _page(request, post, form, status=UNPROCESSABLE)
    ids = ",".join(str(delivery.pk) for delivery in made)
    count = len({delivery.post_id for delivery in made})
    sentence = ngettext("Planned %(n)s more time.", "Planned %(n)s more times.", count)
    notify(request, sentence % {"n": count}, undo_url=f"{reverse('plan:call_off')}?ids={ids}")
    return go_to(request, reverse("plan:calendar"))


def _a_week_on(post: Post) -> datetime:
    """A week behind its last time, else a week from now."""
    workspace = post.workspace
    last = post.deliveries.order_by("-due_at").values_list("due_at", flat=True).first() or workspace.now()
    local = (max(last, workspace.now()) + timedelta(days=7)).astimezone(workspace.tz)
    return last.astimezone(workspace.tz).replace(
        year=local.year, month=local.month, day=local.day, second=0, microsecond=0, tzinfo=None
    )


def _words(times: list[datetime]) -> list[str]:
    return [written(local, pgettext("date format", "l j F Y, H:i")) for local in times]


def _page(request: HttpRequest, post: Post, form: RepeatForm, **more: Any) -> HttpResponse:
    status = more.pop("status", 200)
    context = {"post": post, "form": form, "zone": post.workspace.zone, "rest": RestForm(), **more}
    return render(request, "plan/repeat.html", context, status=status)
