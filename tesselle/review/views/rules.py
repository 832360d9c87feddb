"""Whose yes the posts of a channel need."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tesselle.channels.access import channel_of
from tesselle.review.forms import RuleForm
from tesselle.review.rules import change_rule
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of


@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest, channel_id: int) -> HttpResponse:
    member = member_of(request, Right.MANAGE)
    channel = channel_of(member, channel_id)
    form = RuleForm(request.POST if request.method == "POST" else None, channel=channel)
    if request.method == "POST" and form.is_valid():
        change_rule(
            channel,
            needs_approval=form.cleaned_data["needs_approval"],
            demands=form.demands,
            by=member.user,
        )
        notify(request, _("Saved. Posts that are still to leave follow it at once."))
        return go_to(request, reverse("channels:detail", args=[channel.pk]))
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "review/rule.html", {"channel": channel, "form": form}, status=status)
