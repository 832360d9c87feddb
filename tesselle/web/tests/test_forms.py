"""What we draw without a template is what Django's templates would have drawn."""

from datetime import date, time
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test import SimpleTestCase

from tesselle.web.forms import FormRenderer

CHOICES = [
    ("", "—"),
    ("a<b", "Nulle <part> & ailleurs"),
    ("Groupe", [("1", "Un"), ("2", "Deux")]),
    (3, "Trois"),
]


class EveryForm(forms.Form):
    name = forms.CharField(max_length=20, help_text="Comment ?", min_length=2)
    note = forms.CharField(widget=forms.TextInput(attrs={"placeholder": 'dit "<vous>"', "data-x": True}))
    number = forms.IntegerField(min_value=1, max_value=5, required=False)
    share = forms.DecimalField(required=False)
    mail = forms.EmailField(required=False)
    site = forms.URLField(required=False, assume_scheme="https")
    secret = forms.CharField(widget=forms.PasswordInput(render_value=True), required=False)
    day = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    at = forms.TimeField(required=False, localize=True)
    moment = forms.DateTimeField(required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False, disabled=True)
    agreed = forms.BooleanField(required=False)
    one = forms.ChoiceField(choices=CHOICES, required=False)
    several = forms.MultipleChoiceField(choices=CHOICES, required=False)
    unknown = forms.NullBooleanField(required=False)


GIVEN: dict[str, Any] = {
    "name": '<i>"Zo\'é"</i>',
    "note": "a&b",
    "number": 3,
    "share": 1.5,
    "mail": "zoe@example.org",
    "site": "https://example.org/?a=1&b=2",
    "secret": "x",
    "day": date(2026, 3, 29),
    "at": time(9, 5),
    "hidden": "h",
    "agreed": True,
    "one": "a<b",
    "several": ["1", "3"],
    "unknown": "true",
}


@pytest.mark.parametrize(
    "ways", [{}, {"initial": GIVEN}, {"data": GIVEN}, {"data": {"one": "elsewhere", "number": "x"}}]
)
@pytest.mark.parametrize("name", list(EveryForm.base_fields))
def test_a_field_looks_as_django_would_draw_it(name: str, ways: dict[str, Any]):
    ours, theirs = EveryForm(renderer=FormRenderer(), **ways), EveryForm(renderer=DjangoTemplates(), **ways)
    widget = ours.fields[name].widget
    assert widget.template_name.startswith("django/forms/widgets/")

    drawn = [
        form.fields[name].widget.render(name, form[name].value(), {"id": "i"}, form.renderer)
        for form in (ours, theirs)
    ]

    SimpleTestCase().assertHTMLEqual(drawn[0], drawn[1])
    assert "Nulle <part>" not in drawn[0] and "<i>" not in drawn[0]
