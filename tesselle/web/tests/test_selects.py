"""Lists to choose from are those of Django, drawn quicker."""

from django import forms
from django.db import connection
from django.test import SimpleTestCase
from django.test.utils import CaptureQueriesContext

from tesselle.web.fields import draw_field
from tesselle.web.selects import QuickSelect
from tesselle.workspaces.models import Workspace

CHOICES = [("Europe/Zurich", "Zurich"), ("a<b", "Nulle <part>"), ("Ailleurs", [("x", "X"), (3, "Trois")])]


class PlaceForm(forms.Form):
    place = forms.ChoiceField(choices=CHOICES, help_text="Où ?")
    other = forms.ChoiceField(
        choices=[("", "Aucun"), *CHOICES], required=True, widget=forms.Select({"class": "wide"})
    )


class RowForm(forms.Form):
    row = forms.ModelChoiceField(Workspace.objects.order_by("name"), empty_label="Aucun", required=False)


class QuickSelectTests(SimpleTestCase):
    def test_it_draws_what_djangos_own_draws(self):
        for chosen in (None, "Europe/Zurich", "a<b", "3", "elsewhere"):
            form = PlaceForm(None if chosen is None else {"place": chosen, "other": chosen})
            for bound in form:
                quick = bound.as_widget(QuickSelect.of(bound.field.widget))
                self.assertHTMLEqual(quick, bound.as_widget())
                assert quick in draw_field(bound)

    def test_choices_are_escaped(self):
        assert "<part>" not in draw_field(PlaceForm({"place": "a<b"})["place"])


def test_rows_are_read_in_one_statement_without_a_cursor_to_be_kept(db):
    first, second = (Workspace.objects.create(name=name) for name in ("A & B", "C"))
    bound = RowForm(initial={"row": second.pk})["row"]

    with CaptureQueriesContext(connection) as asked:
        drawn = draw_field(bound)

    assert [query["sql"].split()[0] for query in asked] == ["SELECT"]
    assert f'<option value="{second.pk}" selected>C</option>' in drawn
    assert f'<option value="{first.pk}">A &amp; B</option>' in drawn
    assert '<option value="">Aucun</option>' in drawn
