"""Wherever a day is asked for, one that no calendar shows is refused in words; none brings a page down.

The calendar's own ways (dragging, composing, repeating) are in `plan/tests/test_days_out_of_reach.py`.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from tesselle.academy.beginning import begin_path
from tesselle.domain.reach import OUT_OF_REACH
from tesselle.measure.tests.factories import make_channel, make_out
from tesselle.web.days import DayField, InstantField, LocalDateTimeField
from tesselle.web.sentences import say
from tesselle.workspaces.models import Member, Workspace

KNOWING = DayField | InstantField | LocalDateTimeField
DAYS = ["0001-01-01", "1970-12-31", "2200-01-01", "9999-12-31"]


def all_forms(of: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    for form in of.__subclasses__():
        if form.__module__.startswith("tesselle.") and ".tests." not in form.__module__:
            yield form
        yield from all_forms(form)


def test_every_field_for_a_day_knows_which_days_there_are():
    assert get_resolver().url_patterns  # every view is loaded, and with it every form
    asking = [
        (f"{form.__module__}.{form.__qualname__}.{name}", field)
        for form in all_forms()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.DateField | forms.DateTimeField)
    ]

    assert [name for name, field in asking if not isinstance(field, KNOWING)] == []
    assert len(asking) > 10


def _objective(_: Workspace, day: str) -> tuple[str, dict[str, Any]]:
    said = {"sentence": "Cinq devis", "indicator": "quote", "baseline": "2", "target": "5", "due_on": day}
    return reverse("strategy:add", args=["objective"]), said


def _campaign_begins(_: Workspace, day: str) -> tuple[str, dict[str, Any]]:
    said = {"name": "Foire", "first_day": day, "last_day": "2199-12-31"}
    return reverse("strategy:add", args=["campaign"]), said


def _campaign_ends(_: Workspace, day: str) -> tuple[str, dict[str, Any]]:
    said = {"name": "Foire", "first_day": "1971-01-01", "last_day": day}
    return reverse("strategy:add", args=["campaign"]), said


def _begin_strategy(_: Workspace, day: str) -> tuple[str, dict[str, Any]]:
    said = {"sentence": "Cinq devis", "indicator": "quote", "target": "5", "due_on": day, "serves": "x"}
    return reverse("strategy:begin"), {"step": "3", "do": "next", **said}


CONSENT = {"who": "Luc", "concerns": "colleague", "agreed": "Photos"}


def _consent_given(_: Workspace, day: str) -> tuple[str, dict[str, Any]]:
    return reverse("library:new_consent"), {**CONSENT, "given_on": day}


def _consent_ends(_: Workspace, day: str) -> tuple[str, dict[str, Any]]:
    return reverse("library:new_consent"), {**CONSENT, "given_on": "1971-01-01", "until": day}


def _week(_: Workspace, day: str) -> tuple[str, dict[str, Any]]:
    return reverse("review:ask_for_week"), {"first": day, "name": "Marc", "days": "7"}


def _spending(_: Workspace, day: str) -> tuple[str, dict[str, Any]]:
    return reverse("measure:costs"), {"minutes": "30", "purpose": "making", "day": day}


def _result(_: Workspace, day: str) -> tuple[str, dict[str, Any]]:
    return reverse("measure:results"), {"kind": "quote", "day": day, "count": 1}


def _typed_in(workspace: Workspace, day: str) -> tuple[str, dict[str, Any]]:
    out = make_out(make_channel(workspace, day), timezone.now() - timedelta(days=9))
    return reverse("measure:type_in", args=[out.pk]), {"as_of": day, "reach": 1}


def _time(workspace: Workspace, day: str) -> tuple[str, dict[str, Any]]:
    begin_path(member=Member.objects.get(workspace=workspace))
    return reverse("academy:add_time"), {"entry-day": day, "entry-activity": "Lire", "entry-minutes": "30"}


def _difficulty(workspace: Workspace, day: str) -> tuple[str, dict[str, Any]]:
    begin_path(member=Member.objects.get(workspace=workspace))
    said = {"difficulty-met_on": day, "difficulty-what": "Jeton perdu"}
    return reverse("academy:note_difficulty"), said


WAYS = [
    _objective,
    _campaign_begins,
    _campaign_ends,
    _begin_strategy,
    _consent_given,
    _consent_ends,
    _week,
    _spending,
    _result,
    _typed_in,
    _time,
    _difficulty,
]
Way = Callable[[Workspace, str], tuple[str, dict[str, Any]]]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__.strip("_"))
def test_a_day_that_no_calendar_shows_is_refused_in_words(as_alice: Client, workspace: Workspace, way: Way):
    for day in DAYS:
        address, values = way(workspace, day)
        answer = as_alice.post(address, values, follow=True)
        assert say(OUT_OF_REACH) in unescape(answer.content.decode()), day
