"""Experiments: the list, a new one, its page, and what can be done with its pairs."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tesselle.adapt.models import Experiment, Pair
from tesselle.adapt.trials import pages, services
from tesselle.adapt.trials.forms import ExperimentForm
from tesselle.compose.models import Post
from tesselle.domain.errors import RuleError
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of
from tesselle.workspaces.models import Member


def _experiment(member: Member, experiment_id: int) -> Experiment:
    found = Experiment.objects.select_related("workspace", "channel__workspace", "pillar")
    return get_object_or_404(found, pk=experiment_id, workspace=member.workspace)


def _pair(member: Member, pair_id: int) -> Pair:
    found = Pair.objects.select_related("experiment__workspace", "experiment__channel", "first", "second")
    return get_object_or_404(found, pk=pair_id, experiment__workspace=member.workspace)


def _page_of(experiment_id: int) -> str:
    return reverse("adapt:experiment", args=[experiment_id])


@require_GET
def experiments(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    context = {"experiments": pages.summaries(member.workspace), "may_plan": may(member, Right.PLAN)}
    return render(request, "adapt/experiments.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    factor = request.GET.get("factor", Experiment.Factor.FORMAT)
    if factor not in Experiment.Factor.values:
        raise Http404
    form = ExperimentForm(
        request.POST if request.method == "POST" else None, workspace=member.workspace, factor=factor
    )
    form.propose(request.GET.get("a", ""), request.GET.get("channel", ""))
    if form.is_bound and form.is_valid():
        made = services.make_experiment(form.experiment(), by=member.user)
        return go_to(request, _page_of(made.pk))
    choices = [
        (value, label, f"{reverse('adapt:new_experiment')}?factor={value}", value == factor)
        for value, label in Experiment.Factor.choices
    ]
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, "adapt/new_experiment.html", {"form": form, "choices": choices}, status=status)


@require_GET
def experiment(request: HttpRequest, experiment_id: int) -> HttpResponse:
    member = member_of(request)
    page = pages.experiment_page(_experiment(member, experiment_id))
    return render(request, "adapt/experiment.html", {"page": page, "may_plan": may(member, Right.PLAN)})


@require_POST
def begin(request: HttpRequest, experiment_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    try:
        services.begin(_experiment(member, experiment_id), by=member.user)
        notify(request, _("Begun. The question is frozen; now draw the first pair."))
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
    return go_to(request, _page_of(experiment_id))


@require_POST
def stop(request: HttpRequest, experiment_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    services.stop(_experiment(member, experiment_id), by=member.user)
    notify(request, _("Stopped. What is planned already stays planned."))
    return go_to(request, reverse("adapt:experiments"))


@require_POST
def draw(request: HttpRequest, experiment_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    found = _experiment(member, experiment_id)
    first, second = (_post(member, request.POST.get(name, "")) for name in ("first", "second"))
    try:
        pair = services.draw(found, first, second, by=member.user)
        notify(request, _("Pair %(n)s is drawn.") % {"n": pair.number})
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
    return go_to(request, _page_of(experiment_id))


def _post(member: Member, value: str) -> Post:
    pk = int(value) if value.isdecimal() and len(value) < 18 else 0
    return get_object_or_404(Post.objects.select_related("pillar"), pk=pk, workspace=member.workspace)


@require_POST
def plan(request: HttpRequest, pair_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    pair = _pair(member, pair_id)
    try:
        made = services.plan_pair(pair, by=member.user)
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
    else:
        done = len(made)
        notify(request, ngettext("%(n)s post is planned.", "%(n)s posts are planned.", done) % {"n": done})
    return go_to(request, _page_of(pair.experiment_id))


@require_POST
def give_up(request: HttpRequest, pair_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    pair = _pair(member, pair_id)
    services.give_up_pair(pair, by=member.user)
    notify(request, _("The pair is given up. It counts for nothing."))
    return go_to(request, _page_of(pair.experiment_id))
