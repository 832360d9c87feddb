"""The form of a conclusion."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tesselle.sandbox.choosing import worlds
from tesselle.sandbox.discovering.services import LONGEST


class ConclusionForm(forms.Form):
    guess = forms.ChoiceField(label=_("Which world is this?"))
    words = forms.CharField(
        label=_("What tells you so?"),
        help_text=_("Figures, findings, comments: what you saw, and how sure you are of it."),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["guess"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", gettext("Choose")), *worlds()]
