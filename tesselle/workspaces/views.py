"""First run, the way in, settings, and the choice of a workspace."""

from allauth.core.internal import ratelimit
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tesselle.domain.errors import RuleError
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces import first_run, services
from tesselle.workspaces.access import Right, may, member_of, membership_of
from tesselle.workspaces.forms import FirstRunForm, PersonForm, WorkspaceForm
from tesselle.workspaces.middleware import SESSION_KEY
from tesselle.workspaces.models import Member, User
from tesselle.workspaces.selectors import memberships

_TRIES = {"first_run": "20/m/ip"}
_SIGN_IN_WITH = "allauth.account.auth_backends.AuthenticationBackend"


@require_GET
def nowhere(request: HttpRequest) -> HttpResponse:
    """A friendly page for whoever belongs to no workspace yet; the first page for everybody else."""
    if getattr(request, "member", None) is not None:
        return redirect("/")
    return render(request, "workspaces/nowhere.html")


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """Creates the owner and the workspace, against the token that the server's terminal shows."""
    if not first_run.is_open():
        raise Http404
    if not ratelimit.consume(request, app="tesselle", action="first_run", config=_TRIES, limit_get=True):
        return render(request, "workspaces/welcome_wait.html", status=429)
    token = request.GET.get("token", "")
    if not first_run.check_token(token):
        return render(request, "workspaces/welcome_closed.html", status=403)
    form = FirstRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = services.begin(token=token, language=get_language() or "fr", **form.cleaned_data)
        except RuleError as error:
            form.add_error(None, say(error.message))
        else:
            login(request, user, backend=_SIGN_IN_WITH)
            return redirect("/")
    return render(request, "workspaces/welcome.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def settings_page(request: HttpRequest) -> HttpResponse:
    return _settings(request, member_of(request))


@require_POST
def save_person(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    form = PersonForm(request.POST, instance=User.objects.get(pk=member.user_id))
    if not form.is_valid():
        return _settings(request, member, person=form)
    services.change_person(form.instance, **form.cleaned_data)
    notify(request, gettext("Your settings are saved."))
    return redirect("workspaces:settings")


@require_POST
def save_workspace(request: HttpRequest) -> HttpResponse:
    member = member_of(request, Right.MANAGE)
    form = WorkspaceForm(request.POST, instance=member.workspace)
    if not form.is_valid():
        return _settings(request, member, workspace=form)
    services.change_workspace(member.workspace, **form.cleaned_data, by=member.user)
    notify(request, gettext("The workspace's settings are saved."))
    return redirect("workspaces:settings")


def _settings(
    request: HttpRequest,
    member: Member,
    person: PersonForm | None = None,
    workspace: WorkspaceForm | None = None,
) -> HttpResponse:
    values = {
        "member": member,
        "may_manage": may(member, Right.MANAGE),
        "person": person or PersonForm(instance=member.user, auto_id="person_%s"),
        "workspace_form": workspace or WorkspaceForm(instance=member.workspace, auto_id="workspace_%s"),
    }
    return render(request, "workspaces/settings.html", values, status=422 if person or workspace else 200)


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The workspaces of this person, to choose one."""
    member = member_of(request)
    return render(
        request,
        "workspaces/mine.html",
        {"memberships": memberships(member.user), "current": member.workspace_id},
    )


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("workspace", "")
    if not chosen.isdecimal() or not isinstance(request.user, User):
        raise Http404
    member = membership_of(request.user, int(chosen))
    request.session[SESSION_KEY] = member.workspace_id
    return redirect("/")
