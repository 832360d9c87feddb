"""Who belongs to the workspace, and as what."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from tesselle.domain.errors import RuleError
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces import members, roles
from tesselle.workspaces.access import Right, colleague_of, may, member_of
from tesselle.workspaces.forms.workspace import RoleForm
from tesselle.workspaces.models import Role
from tesselle.workspaces.selectors import members_of, open_invitations
from tesselle.workspaces.sign_in.confirming import confirm_person


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    may_own = may(member, Right.OWN)
    values = {
        "member": member,
        "members": members_of(member.workspace),
        "may_own": may_own,
        "roles": Role.choices,
        "role_table": roles.table(),
        "invitations": open_invitations(member.workspace) if may_own else [],
    }
    return render(request, "workspaces/members.html", values)


@require_POST
def change_role(request: HttpRequest, member_id: int) -> HttpResponse:
    owner = member_of(request, Right.OWN)
    colleague = colleague_of(owner, member_id)
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise Http404
    confirm_person(request)
    try:
        members.change_role(colleague, role=form.cleaned_data["role"], by=owner.user)
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
    else:
        words = gettext("%(person)s: the role is now %(role)s.")
        notify(request, words % {"person": colleague.user, "role": colleague.get_role_display()})
    return redirect("workspaces:members")


@require_POST
def remove(request: HttpRequest, member_id: int) -> HttpResponse:
    owner = member_of(request, Right.OWN)
    colleague = colleague_of(owner, member_id)
    confirm_person(request)
    try:
        members.remove(colleague, by=owner.user)
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
    else:
        words = gettext("%(person)s no longer belongs to this workspace. To undo it, invite them again.")
        notify(request, words % {"person": colleague.user})
    return redirect("workspaces:members")
