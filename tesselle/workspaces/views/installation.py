"""What the operator sets up once for everybody: outgoing mail, and signing in with the company's account."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tesselle.mail import services as mail_services
from tesselle.mail.sending import send_by
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import operator_of
from tesselle.workspaces.forms.installation import MailForm, ProviderForm
from tesselle.workspaces.sign_in import providers
from tesselle.workspaces.sign_in.confirming import confirm_before_secrets, confirm_person
from tesselle.workspaces.telling import tell_installation


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    operator_of(request)
    values = {"server": mail_services.server(), "provider": providers.current()}
    return render(request, "workspaces/installation.html", values)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    operator = operator_of(request)
    if (asked := confirm_before_secrets(request)) is not None:
        return asked
    known, server = mail_services.route(), mail_services.server()
    form = MailForm(request.POST or None, instance=server, known=known)
    if request.method == "POST" and form.is_valid():
        mail_services.keep(form.route())
        tell_installation("mail.changed", operator, host=form.cleaned_data["host"])
        notify(request, gettext("The mail server is saved. Send yourself a test mail to be sure."))
        return redirect("workspaces:mail")
    values = {"form": form, "server": known, "operator": operator}
    return render(request, "workspaces/mail.html", values, status=422 if form.errors else 200)


@require_POST
def test_mail(request: HttpRequest) -> HttpResponse:
    """To the operator's own address, by what is saved; the server's answer is shown in words."""
    operator = operator_of(request)
    route = mail_services.route()
    if route is None:
        return redirect("workspaces:mail")
    subject = gettext("Test mail from Tesselle")
    body = gettext("If you can read this, Tesselle can send mail by %(host)s.\n") % {"host": route.host}
    said = send_by(route, to=operator.email, subject=subject, body=body)
    if said is None:
        words = gettext(
            "%(host)s took the mail for %(email)s. Look into your inbox, and into the spam folder."
        )
        notify(request, words % {"host": route.host, "email": operator.email})
        tell_installation("mail.tested", operator, host=route.host)
    else:
        notify(request, say(said), level=messages.ERROR)
    return redirect("workspaces:mail")


@require_POST
def forget_mail(request: HttpRequest) -> HttpResponse:
    operator = operator_of(request)
    confirm_person(request)
    mail_services.forget()
    tell_installation("mail.forgotten", operator)
    notify(request, gettext("The mail server is taken away. Tesselle sends no mail."))
    return redirect("workspaces:installation")


@sensitive_post_parameters("client_secret")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    operator = operator_of(request)
    if (asked := confirm_before_secrets(request)) is not None:
        return asked
    known = providers.current()
    fixed = known is not None and known.is_from_environment
    form = ProviderForm(None if fixed else request.POST or None, initial=_initial(known), known=known)
    if request.method == "POST" and form.is_valid():
        providers.keep(form.provider())
        tell_installation("sign_in.changed", operator, name=form.cleaned_data["name"])
        notify(request, gettext("The provider is saved. Its button is on the sign-in page now."))
        return redirect("workspaces:identity_provider")
    callback = reverse("openid_connect_callback", args=[providers.SLUG])
    values = {"form": form, "provider": known, "fixed": fixed, "callback": settings.PUBLIC_URL + callback}
    return render(request, "workspaces/provider.html", values, status=422 if form.errors else 200)


def _initial(known: providers.Provider | None) -> dict[str, str]:
    if known is None:
        return {}
    return {"name": known.name, "issuer": known.issuer, "client_id": known.client_id}


@require_POST
def forget_sign_in(request: HttpRequest) -> HttpResponse:
    operator = operator_of(request)
    known = providers.current()
    if known is None or known.is_from_environment:
        return redirect("workspaces:identity_provider")
    confirm_person(request)
    providers.forget()
    tell_installation("sign_in.forgotten", operator, name=known.name)
    notify(request, gettext("Signing in with %(name)s is taken away.") % {"name": known.name})
    return redirect("workspaces:installation")
