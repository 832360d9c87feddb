"""One's own account: name, language, zone; the ways in; and the page of whoever belongs nowhere."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from tesselle.mail.services import is_set_up
from tesselle.web.toasts import notify
from tesselle.workspaces import services
from tesselle.workspaces.access import is_operator, person_of
from tesselle.workspaces.forms.people import PersonForm
from tesselle.workspaces.models import User
from tesselle.workspaces.selectors import deleted_of, invitations_for
from tesselle.workspaces.sign_in import providers
from tesselle.workspaces.telling import tell_account


@require_GET
def nowhere(request: HttpRequest) -> HttpResponse:
    """A friendly page for whoever belongs to no workspace yet; the first page for everybody else."""
    if getattr(request, "member", None) is not None:
        return redirect("/")
    person = person_of(request)
    verified = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    values = {
        "invitations": invitations_for(list(verified)),
        "deleted": deleted_of(person),
        "may_create": is_operator(person),
    }
    return render(request, "workspaces/nowhere.html", values)


@require_GET
def settings_page(request: HttpRequest) -> HttpResponse:
    return _page(request, person_of(request))


@require_POST
def save_person(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = PersonForm(request.POST, instance=User.objects.get(pk=person.pk))
    if not form.is_valid():
        return _page(request, person, form)
    services.change_person(form.instance, **form.cleaned_data)
    notify(request, gettext("Your settings are saved."))
    return redirect("workspaces:settings")


@require_POST
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    person = person_of(request)
    session = UserSession.objects.filter(pk=session_id, user=person).first()
    if session is None or session.session_key == request.session.session_key:
        raise Http404
    session.end()
    tell_account("account.session_ended", person, by=person)
    notify(request, gettext("That session is ended."))
    return redirect("usersessions_list")


def _page(request: HttpRequest, person: User, form: PersonForm | None = None) -> HttpResponse:
    kinds = list(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    values = {
        "person": person,
        "form": form or PersonForm(instance=person),
        "is_verified": EmailAddress.objects.filter(user=person, email=person.email, verified=True).exists(),
        "mail_is_set_up": is_set_up(),
        "has_password": person.has_usable_password(),
        "has_app": Authenticator.Type.TOTP in kinds,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "sessions": UserSession.objects.filter(user=person).count(),
        "provider": providers.current(),
    }
    return render(request, "workspaces/account.html", values, status=422 if form else 200)
