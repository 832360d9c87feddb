from allauth.core.internal import ratelimit
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tesselle.domain.errors import RuleError
from tesselle.web.sentences import say
from tesselle.workspaces import first_run, services
from tesselle.workspaces.forms.people import FirstRunForm

_TRIES = {"first_run": "20/m/ip"}
SIGN_IN_WITH = "tesselle.workspaces.sign_in.backend.Backend"


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
            login(request, user, backend=SIGN_IN_WITH)
            return redirect("/")
    return render(request, "workspaces/welcome.html", {"form": form}, status=422 if form.errors else 200)
