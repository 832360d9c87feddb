"""Following a link, for everybody; the page of visits, for members."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tesselle.channels.models import Channel
from tesselle.domain.errors import RuleError
from tesselle.links import addresses, services
from tesselle.links.forms import AutomaticForm, LinkForm
from tesselle.links.machines import is_machine
from tesselle.links.models import Link
from tesselle.links.pages import links_page, period_of
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of
from tesselle.workspaces.models import Member


@login_not_required
@require_safe
def follow(request: HttpRequest, place: str) -> HttpResponse:
    """To the page that a member wrote down, and to no other. Sets no cookie and keeps nothing of who asks;
    what colleagues follow themselves is not counted."""
    code, channel_id = addresses.read_place(place)
    link = (
        Link.objects.select_related("workspace", "post__campaign", "post__pillar").filter(code=code).first()
    )
    if link is None:
        raise Http404
    if link.withdrawn_at is not None or link.workspace.deleted_at is not None:
        return _told(render(request, "links/gone.html", status=410))
    channel = Channel.objects.filter(pk=channel_id, workspace=link.workspace_id).first()
    if request.method == "GET" and not request.user.is_authenticated:
        services.count(link, channel_id, link.workspace.today(), is_machine=is_machine(request.headers))
    return _told(HttpResponseRedirect(_target(link, channel)))


def _target(link: Link, channel: Channel | None) -> str:
    post = link.post
    campaign, pillar = (post.campaign, post.pillar) if post is not None else (None, None)
    source, medium = "tesselle", addresses.SOCIAL
    if channel is not None:
        source, medium = channel.network, addresses.medium_of(channel.network)
    place = addresses.place_of(link.code, channel.pk if channel is not None else None)
    marks = addresses.utm(
        source, str(campaign or link.label or ""), str(pillar or ""), medium=medium, place=place
    )
    return addresses.with_utm(link.target, marks)


def _told(response: HttpResponse) -> HttpResponse:
    """Every visit is asked for anew, and none is found by a search."""
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    return response


@require_http_methods(["GET", "POST"])
def links(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _make(request, member_of(request, Right.WRITE))
    member = member_of(request)
    return _show(request, member, LinkForm() if may(member, Right.WRITE) else None)


def _make(request: HttpRequest, member: Member) -> HttpResponse:
    form = LinkForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        try:
            services.make_by_hand(member.workspace, values["target"], values["label"], by=member.user)
            notify(request, _("The short link is made."))
            return go_to(request, reverse("links:links"))
        except RuleError as refused:
            form.add_error("target", say(refused.message))
    return _show(request, member, form, UNPROCESSABLE)


def _show(request: HttpRequest, member: Member, form: LinkForm | None, status: int = 200) -> HttpResponse:
    days = period_of(request.GET.get("days"))
    page = links_page(member.workspace, days, form, may_choose=may(member, Right.MANAGE))
    return render(request, "links/links.html", {"page": page}, status=status)


@require_POST
def withdraw(request: HttpRequest, short_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    link = get_object_or_404(Link, pk=short_id, workspace=member.workspace)
    services.withdraw(link, by=member.user)
    notify(
        request,
        _("The link leads nowhere now. Who follows it is told that it was withdrawn."),
        undo_url=reverse("links:restore", args=[link.pk]),
    )
    return go_to(request, reverse("links:links"))


@require_POST
def restore(request: HttpRequest, short_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    link = get_object_or_404(Link, pk=short_id, workspace=member.workspace)
    services.restore(link, by=member.user)
    notify(request, _("The link leads to its page again."))
    return go_to(request, reverse("links:links"))


@require_POST
def automatic(request: HttpRequest) -> HttpResponse:
    member = member_of(request, Right.MANAGE)
    form = AutomaticForm(request.POST)
    if form.is_valid():
        services.choose(member.workspace, automatic=form.cleaned_data["automatic"], by=member.user)
        notify(request, _("Saved."))
    return go_to(request, reverse("links:links"))
