from django import forms
from django.test import SimpleTestCase

from tesselle.web.forms import LongSelect


class PlaceForm(forms.Form):
    place = forms.ChoiceField(
        choices=[("Europe/Zurich", "Zurich"), ("a<b", "Nulle <part>")], widget=LongSelect, help_text="Où ?"
    )


class PlainForm(PlaceForm):
    place = forms.ChoiceField(choices=PlaceForm.base_fields["place"].choices, help_text="Où ?")


def drawn(form: forms.Form) -> str:
    return str(form["place"])


class LongSelectTests(SimpleTestCase):
    def test_it_draws_what_djangos_own_draws(self):
        for data in (None, {"place": "Europe/Zurich"}, {"place": "a<b"}, {"place": "elsewhere"}):
            self.assertHTMLEqual(drawn(PlaceForm(data)), drawn(PlainForm(data)))

    def test_choices_are_escaped(self):
        assert "<part>" not in drawn(PlaceForm({"place": "a<b"}))
