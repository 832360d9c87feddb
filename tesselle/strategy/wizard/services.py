"""Keeping answers, and making the strategy from them."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from tesselle.journal.services import record
from tesselle.strategy import aimable, baseline
from tesselle.strategy.models import (
    Beginning,
    Cadence,
    EditorialLine,
    Objective,
    Persona,
    Pillar,
)
from tesselle.strategy.wizard.steps import STEPS, checked
from tesselle.workspaces.models import User, Workspace

MOST_SIGNS = 1000


def beginning_of(workspace: Workspace) -> Beginning:
    return Beginning.objects.get_or_create(workspace=workspace)[0]


def keep_answers(beginning: Beginning, number: int, given: Mapping[str, str], *, go_to: int) -> None:
    """As they were typed, right or wrong; `go_to`: where to come back to."""
    step = STEPS[number - 1]
    if step.form is not None:
        names = [name for name in given if name not in ("do", "step", "csrfmiddlewaretoken")]
        beginning.answers = {
            **beginning.answers,
            step.slug: {name: given[name][:MOST_SIGNS] for name in names[:60]},
        }
    beginning.step = go_to
    beginning.save(update_fields=["answers", "step"])


@transaction.atomic
def make(beginning: Beginning, *, by: User) -> Objective:
    """All of it at once. What is there already under the same name is changed, nothing is taken away.

    Takes answers in which nothing is wrong any more.
    """
    workspace, forms = beginning.workspace, checked(beginning)
    for form in forms.values():
        form.full_clean()
    values = {slug: form.cleaned_data for slug, form in forms.items()}
    _readers(workspace, values["reader"])
    objective = _goal(workspace, {**values["goal"], "means": _means(values["time"]["hours"])})
    for channel_id, times in forms["rhythm"].times.items():
        Cadence.objects.update_or_create(
            channel_id=channel_id, defaults={"times": times, "per": Cadence.Per.MONTH}
        )
    for name, share, hue in forms["subjects"].rows:
        made, fresh = Pillar.objects.get_or_create(
            workspace=workspace, name=name, retired_at=None, defaults={"hue": hue, "target_percent": share}
        )
        if not fresh:
            made.target_percent = share
            made.save(update_fields=["target_percent"])
    EditorialLine.objects.update_or_create(
        workspace=workspace, defaults={**values["voice"], "publishers": values["time"]["who"]}
    )
    beginning.done_at, beginning.step = timezone.now(), 1
    beginning.save(update_fields=["done_at", "step"])
    _tell(workspace, by)
    return objective


def _means(hours: int) -> str:
    return ngettext("about %(n)s hour a week", "about %(n)s hours a week", hours) % {"n": hours}


def _readers(workspace: Workspace, values: Mapping[str, str]) -> None:
    Persona.objects.update_or_create(
        workspace=workspace, name=values["name"], retired_at=None, defaults=dict(values)
    )


def _goal(workspace: Workspace, values: dict[str, object]) -> Objective:
    indicator = aimable.known(str(values["indicator"]))
    if values["baseline"] is None and indicator is not None:
        found = baseline.measured(workspace, indicator, None)
        if found is not None:
            values = {
                **values,
                "baseline": found.middle,
                "baseline_low": found.low,
                "baseline_high": found.high,
            }
    sentence = str(values.pop("sentence"))
    return Objective.objects.update_or_create(
        workspace=workspace, sentence=sentence, retired_at=None, defaults=values
    )[0]


def _tell(workspace: Workspace, by: User) -> None:
    record(
        "strategy.made",
        workspace_id=workspace.pk,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="workspace",
        subject_id=workspace.pk,
    )
