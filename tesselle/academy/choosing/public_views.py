"""What somebody without an account sees: the questions about one tool. Opening the link decides nothing."""

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tesselle.academy.choosing.feedback import find_link, give_feedback
from tesselle.academy.choosing.forms import FeedbackForm
from tesselle.domain.errors import RuleError
from tesselle.web.sentences import say

_TRIES = {"feedback": "20/m/ip"}


@login_not_required
@require_http_methods(["GET", "POST"])
def feedback(request: HttpRequest, feedback_token: str) -> HttpResponse:
    """Limited in tries, told to no other site, kept in no cache."""
    if not ratelimit.consume(request, app="tesselle", action="feedback", config=_TRIES, limit_get=True):
        return render(request, "429.html", status=429)
    response = _answer(request, feedback_token)
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "no-store"
    return response


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    link = find_link(token)
    if link is None:
        return render(request, "academy/feedback_gone.html", status=404)
    form = FeedbackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            give_feedback(
                link,
                name=given["name"],
                liked=given["liked"],
                missed=given["missed"],
                answers=form.answers(given),
            )
        except RuleError as error:
            form.add_error(None, say(error.message))
        else:
            return render(request, "academy/feedback_thanks.html", {"tool": link.tool})
    status = 422 if request.method == "POST" else 200
    values = {"form": form, "tool": link.tool, "person": link.tool.path.person}
    return render(request, "academy/feedback.html", values, status=status)
