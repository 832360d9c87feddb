"""The pages of figures."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.domain.indicators import Base
from tesselle.measure import pages
from tesselle.measure.brought.elsewhere import elsewhere_lines
from tesselle.measure.choice import base_of, choose_base
from tesselle.measure.dictionary import ELSEWHERE, dictionary_page
from tesselle.measure.post_page import post_page
from tesselle.measure.windows import window_of
from tesselle.web.htmx import go_to
from tesselle.web.kept_query import SOME_ID, KeptQuery
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of


class BaseForm(forms.Form):
    base = forms.ChoiceField(
        label=gettext_lazy("Engagement is divided by"),
        choices=[
            (Base.FOLLOWERS.value, gettext_lazy("followers on the day of publication")),
            (Base.REACH.value, gettext_lazy("reach")),
            (Base.VIEWS.value, gettext_lazy("impressions")),
        ],
        help_text=gettext_lazy("Chosen once for the workspace, and named beside every rate."),
    )


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    workspace, base = member.workspace, base_of(member.workspace)
    channels = _channels.records({SOME_ID: workspace.pk})
    return render(
        request,
        "measure/overview.html",
        {
            "page": pages.overview(workspace, channels, window_of(request, workspace), base),
            "form": BaseForm(initial={"base": base.value}) if may(member, Right.MANAGE) else None,
        },
    )


_channels = KeptQuery(
    lambda: Channel.objects.filter(workspace=SOME_ID, removed_at=None).only(
        "network", "display_name", "handle"
    ),
    is_planned_once=True,
)


@require_GET
def channel(request: HttpRequest, channel_id: int) -> HttpResponse:
    member = member_of(request)
    workspace = member.workspace
    found = get_object_or_404(Channel, pk=channel_id, workspace=workspace)
    page = pages.channel_page(workspace, found, window_of(request, workspace), base_of(workspace))
    elsewhere = elsewhere_lines(found, window_of(request, workspace).days)
    return render(request, "measure/channel.html", {"page": page, "elsewhere": elsewhere})


@require_GET
def post(request: HttpRequest, post_id: int) -> HttpResponse:
    member = member_of(request)
    workspace = member.workspace
    found = get_object_or_404(Post, pk=post_id, workspace=workspace, deleted_at=None)
    page = post_page(workspace, found, window_of(request, workspace), base_of(workspace))
    if page is None:
        raise Http404
    return render(request, "measure/post.html", {"page": page})


@require_GET
def dictionary(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    return render(
        request,
        "measure/dictionary.html",
        {"page": dictionary_page(member.workspace), "elsewhere": ELSEWHERE},
    )


@require_POST
def base(request: HttpRequest) -> HttpResponse:
    member = member_of(request, Right.MANAGE)
    form = BaseForm(request.POST)
    if form.is_valid():
        choose_base(member.workspace, Base(form.cleaned_data["base"]), by=member.user)
        notify(request, _("Rates are divided by what you chose from now on, on every page."))
    return go_to(request, reverse("measure:overview"))
