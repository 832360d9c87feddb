"""Invitation links: made by an owner, opened by anybody who holds one, accepted by pressing a button."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tesselle.domain.errors import RuleError
from tesselle.mail import services as mail
from tesselle.mail.sending import send_by
from tesselle.web.middleware import allow_forms_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces import invitations, roles
from tesselle.workspaces.access import Right, member_of, person_of
from tesselle.workspaces.forms.people import NewPersonForm
from tesselle.workspaces.forms.workspace import InvitationForm
from tesselle.workspaces.middleware import SESSION_KEY
from tesselle.workspaces.models import Invitation, Member, User
from tesselle.workspaces.sign_in import providers
from tesselle.workspaces.sign_in.confirming import confirm_person
from tesselle.workspaces.views.first_run import SIGN_IN_WITH

_TRIES = {"invitation": "20/m/ip"}
LinkView = Callable[[HttpRequest, Invitation, str], HttpResponse]


def _by_link(view: LinkView) -> Callable[..., HttpResponse]:
    """Opens the link: limited in tries, told to no other site, kept in no cache."""

    @login_not_required
    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        if not ratelimit.consume(request, app="tesselle", action="invitation", config=_TRIES, limit_get=True):
            return render(request, "429.html", status=429)
        invitation = invitations.find(token)
        if invitation is None:
            response = render(request, "workspaces/invitation_gone.html", status=404)
        else:
            response = view(request, invitation, token)
        # Not "no-referrer": browsers then call the page's own forms of unknown origin, and they are refused.
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cache-Control"] = "no-store"
        return response

    return opened


@require_GET
@_by_link
def show(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    """Says who invites to what; decides nothing, since mail scanners open links too."""
    return _page(request, invitation, token, NewPersonForm(known_email=invitation.email))


@require_POST
@_by_link
def join(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    """Whoever is signed in becomes a member."""
    if not isinstance(request.user, User):
        return redirect(f"{reverse('account_login')}?next={reverse('workspaces:invitation', args=[token])}")
    return _accept(request, invitation, request.user)


@sensitive_post_parameters("password")
@require_POST
@_by_link
def begin(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    """An account for the invited address, then the workspace."""
    form = NewPersonForm(request.POST, known_email=invitation.email)
    if request.user.is_authenticated or not form.is_valid():
        return _page(request, invitation, token, form, status=422)
    try:
        member = invitations.accept_as_new(invitation, language=get_language() or "fr", **form.cleaned_data)
    except RuleError as error:
        form.add_error(None, say(error.message))
        return _page(request, invitation, token, form, status=422)
    login(request, member.user, backend=SIGN_IN_WITH)
    return _welcome(request, member)


@require_POST
def join_by_address(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Without the link: the invitation goes to an address that is proven to be this person's."""
    person = person_of(request)
    invitation = Invitation.objects.filter(pk=invitation_id).select_related("workspace").first()
    if invitation is None or not invitations.is_for(invitation, person):
        raise Http404
    return _accept(request, invitation, person)


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Mails the link where mail is set up; else shows it, this once, to be handed over."""
    owner = member_of(request, Right.OWN)
    confirm_person(request)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitation, token = invitations.invite(owner.workspace, **form.cleaned_data, by=owner.user)
        except RuleError as error:
            form.add_error("email", say(error.message))
        else:
            return _hand_over(request, invitation, token)
    values = {"form": form, "mail_is_set_up": mail.is_set_up(), "role_table": roles.table()}
    return render(request, "workspaces/invite.html", values, status=422 if form.errors else 200)


@require_POST
def revoke(request: HttpRequest, invitation_id: int) -> HttpResponse:
    owner = member_of(request, Right.OWN)
    invitation = Invitation.objects.filter(workspace=owner.workspace, pk=invitation_id).first()
    if invitation is None:
        raise Http404
    confirm_person(request)
    invitations.revoke(invitation, by=owner.user)
    notify(
        request,
        gettext("The invitation of %(email)s is worth nothing any more.") % {"email": invitation.email},
    )
    return redirect("workspaces:members")


def _hand_over(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    link = settings.PUBLIC_URL + reverse("workspaces:invitation", args=[token])
    route = mail.route()
    said = None
    if route is not None:
        subject, body = _letter(invitation, link)
        said = send_by(route, to=invitation.email, subject=subject, body=body)
        if said is None:
            invitations.mark_as_mailed(invitation)
            notify(
                request, gettext("The invitation is on its way to %(email)s.") % {"email": invitation.email}
            )
            return redirect("workspaces:members")
    values = {"invitation": invitation, "link": link, "mail_problem": say(said) if said else ""}
    response = render(request, "workspaces/invited.html", values)
    response.headers["Cache-Control"] = "no-store"
    return response


def _letter(invitation: Invitation, link: str) -> tuple[str, str]:
    """Subject and body, in the workspace's language."""
    names: dict[str, Any] = {
        "person": invitation.invited_by,
        "workspace": invitation.workspace,
        "link": link,
        "days": invitations.LASTS.days,
    }
    with translation.override(invitation.workspace.language):
        subject = gettext("%(person)s invites you to %(workspace)s") % names
        body = gettext(
            "Hello,\n\n%(person)s invites you to the workspace %(workspace)s in Tesselle. "
            "Open this page to accept:\n\n%(link)s\n\n"
            "The link works once and for %(days)s days. If you do not know what this is about, "
            "do nothing: nothing happens.\n"
        )
        return " ".join(subject.split()), body % names


def _accept(request: HttpRequest, invitation: Invitation, person: User) -> HttpResponse:
    try:
        member = invitations.accept(invitation, user=person)
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
        return redirect("/")
    return _welcome(request, member)


def _welcome(request: HttpRequest, member: Member) -> HttpResponse:
    request.session[SESSION_KEY] = member.workspace_id
    notify(request, gettext("Welcome to %(workspace)s.") % {"workspace": member.workspace})
    return redirect("/")


def _page(
    request: HttpRequest, invitation: Invitation, token: str, form: NewPersonForm, status: int = 200
) -> HttpResponse:
    provider = providers.current()
    values = {
        "invitation": invitation,
        "token": token,
        "form": form,
        "provider": provider,
        "has_account": invitations.has_account(invitation),
        "page": reverse("workspaces:invitation", args=[token]),
    }
    response = render(request, "workspaces/invitation.html", values, status=status)
    if provider is not None:
        allow_forms_to(response, provider.origin)
    return response
