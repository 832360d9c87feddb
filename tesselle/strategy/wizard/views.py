"""The pages of the wizard. What is typed is kept whichever button is pressed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tesselle.strategy.aimable import known
from tesselle.strategy.models import Beginning
from tesselle.strategy.numbers import written
from tesselle.strategy.wizard import services, steps
from tesselle.strategy.wizard.forms import StepForm
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of
from tesselle.workspaces.models import User


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    beginning = services.beginning_of(member.workspace)
    if request.method == "GET":
        asked = request.GET.get("step")
        return _page(request, beginning, steps.number_within(asked) if asked else beginning.step)
    number = steps.number_within(request.POST.get("step"))
    if (to := _elsewhere(request.POST.get("do", ""), number)) is not None:
        return _leave(request, beginning, number, to)
    if request.POST.get("do") == "later":
        services.keep_answers(beginning, number, request.POST.dict(), go_to=number)
        notify(request, _("Kept. Come back whenever you like: you go on where you stopped."))
        return go_to(request, reverse("strategy:strategy"))
    if number == len(steps.STEPS):
        return _finish(request, beginning, member.user)
    services.keep_answers(beginning, number, request.POST.dict(), go_to=number)
    form = steps.form_of(steps.STEPS[number - 1], beginning, bound=True)
    if not form.is_valid():
        return _page(request, beginning, number, form)
    return _leave(request, beginning, number, number + 1)


def _elsewhere(do: str, number: int) -> int | None:
    """Another page that was asked for: the one before, or one of the list of steps."""
    if do == "back":
        return max(number - 1, 1)
    return steps.number_within(do.removeprefix("to-")) if do.startswith("to-") else None


def _leave(request: HttpRequest, beginning: Beginning, number: int, to: int) -> HttpResponse:
    services.keep_answers(beginning, number, request.POST.dict(), go_to=to)
    return go_to(request, f"{reverse('strategy:begin')}?step={to}")


def _finish(request: HttpRequest, beginning: Beginning, by: User) -> HttpResponse:
    wrong = steps.first_wrong(beginning)
    if wrong is not None:
        form = steps.form_of(steps.STEPS[wrong - 1], beginning, bound=True)
        form.full_clean()
        return _page(request, beginning, wrong, form)
    services.make(beginning, by=by)
    notify(request, _("Your strategy is made. Everything in it can be changed."))
    return go_to(request, reverse("strategy:strategy"))


def _page(
    request: HttpRequest, beginning: Beginning, number: int, form: StepForm | None = None
) -> HttpResponse:
    step = steps.STEPS[number - 1]
    if form is None and step.form is not None:
        form = steps.form_of(step, beginning, bound=False)
    context = {
        "steps": [
            {
                "number": n,
                "name": one.name,
                "is_current": n == number,
                "is_done": one.slug in beginning.answers and n != number,
            }
            for n, one in enumerate(steps.STEPS, start=1)
        ],
        "step": step,
        "number": number,
        "minutes": steps.minutes_left(number),
        "form": form,
        "summary": _summary(beginning) if step.form is None else [],
        "wrong": steps.first_wrong(beginning) if step.form is None else None,
    }
    status = UNPROCESSABLE if form is not None and form.is_bound and form.errors else 200
    return render(request, "strategy/wizard.html", context, status=status)


def _named(name: object, value: object) -> str:
    return _("%(name)s: %(value)s") % {"name": name, "value": value}


def _hours(hours: int | None) -> str:
    return (
        ngettext("about %(n)s hour a week", "about %(n)s hours a week", hours) % {"n": hours} if hours else ""
    )


def _summary(beginning: Beginning) -> list[tuple[str, str, list[str]]]:
    """What would be made, page by page: name, address, lines."""
    forms = steps.checked(beginning)
    for form in forms.values():
        form.full_clean()
    values = {slug: form.cleaned_data for slug, form in forms.items()}
    goal, reader = values["goal"], values["reader"]
    indicator = known(goal.get("indicator", ""))
    kind = indicator.kind if indicator else "sum"
    target = goal.get("target")
    lines = {
        "situation": [values["situation"].get("does", "")],
        "reader": [reader.get("name", ""), reader.get("question", "")],
        "goal": [
            goal.get("sentence", ""),
            _named(indicator.name, written(target, kind)) if indicator and target is not None else "",
        ],
        "time": [_hours(values["time"].get("hours")), values["time"].get("who", "")],
        "rhythm": [
            _named(field.label, values["rhythm"][name])
            for name, field in forms["rhythm"].fields.items()
            if values["rhythm"].get(name)
        ],
        "subjects": [
            _named(name, _("%(share)s percent of posts") % {"share": share})
            for name, share, _hue in forms["subjects"].rows
        ],
        "voice": [values["voice"].get("promise", ""), values["voice"].get("tone", "")],
    }
    return [
        (str(step.name), f"{reverse('strategy:begin')}?step={n}", [line for line in lines[step.slug] if line])
        for n, step in enumerate(steps.STEPS, start=1)
        if step.form is not None
    ]
