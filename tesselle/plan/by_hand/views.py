"""The pages of what is done by hand: made for the telephone that does it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tesselle.compose.access import post_of
from tesselle.domain.errors import RuleError
from tesselle.library.selectors import assets_by_file
from tesselle.plan.access import by_hand_of
from tesselle.plan.by_hand import services
from tesselle.plan.by_hand.forms import AskForm, DoneForm
from tesselle.plan.models import ByHand
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of
from tesselle.workspaces.models import Member

PER_PAGE = 50


@require_GET
def all_of_them(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    page = Paginator(services.ahead(member.workspace), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "plan/by_hand/all.html", {"page": page, "now": member.workspace.now()})


@require_http_methods(["GET", "HEAD", "POST"])
def remind(request: HttpRequest, post_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    post = post_of(member, post_id)
    data = request.POST if request.method == "POST" else None
    form = AskForm(data, workspace=member.workspace, me=member.user)
    if data is not None and form.is_valid():
        values = form.cleaned_data
        try:
            services.ask(post, where=values["where"], local=values["when"], who=values["who"], by=member.user)
        except RuleError as refused:
            form.add_error("when", say(refused.message))
        else:
            notify(request, _("The reminder is set."))
            return go_to(request, reverse("compose:edit", args=[post.pk]))
    context = {"post": post, "form": form}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "plan/by_hand/new.html", context, status=status)


@require_GET
def one(request: HttpRequest, by_hand_id: int) -> HttpResponse:
    member = member_of(request)
    return _page(request, member, by_hand_of(member, by_hand_id), DoneForm())


@require_POST
def finish(request: HttpRequest, by_hand_id: int) -> HttpResponse:
    """Or it was not done after all (`back`, the undo)."""
    member = member_of(request, Right.WRITE)
    found = by_hand_of(member, by_hand_id)
    if "back" in request.GET:
        services.set_done(found, False, by=member.user)
        return go_to(request, reverse("plan:by_hand", args=[found.pk]))
    form = DoneForm(request.POST)
    if not form.is_valid():
        return _page(request, member, found, form)
    services.set_done(found, True, by=member.user, url=form.cleaned_data["url"])
    undo = f"{reverse('plan:by_hand_done', args=[found.pk])}?back"
    notify(request, _("Done. Thank you."), undo_url=undo)
    return go_to(request, reverse("plan:by_hand_all"))


@require_POST
def drop(request: HttpRequest, by_hand_id: int) -> HttpResponse:
    """Or take it up again (`back`, the undo)."""
    member = member_of(request, Right.PLAN)
    found = by_hand_of(member, by_hand_id)
    is_undo = "back" in request.GET
    services.set_called_off(found, not is_undo, by=member.user)
    if not is_undo:
        undo = f"{reverse('plan:by_hand_off', args=[found.pk])}?back"
        notify(request, _("Nobody has to do it any more."), undo_url=undo)
    return go_to(request, reverse("plan:by_hand_all"))


def _page(request: HttpRequest, member: Member, found: ByHand, form: DoneForm) -> HttpResponse:
    content = found.post.current.shared_content if found.post.current else None
    files = [media.asset for media in content.media] if content else []
    known = assets_by_file(member.workspace, files)
    context = {
        "one": found,
        "form": form,
        "text": "\n\n".join(content.texts) if content else "",
        "link": content.link if content else "",
        "assets": [known[file] for file in files if file in known],
        "may_write": may(member, Right.WRITE),
        "may_plan": may(member, Right.PLAN),
    }
    return render(request, "plan/by_hand/one.html", context, status=UNPROCESSABLE if form.errors else 200)
