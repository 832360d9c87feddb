from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tesselle.sandbox.discovering.catalogue import LESSONS, SURPRISE
from tesselle.sandbox.discovering.services import LONGEST


def _worlds() -> list[tuple[str, str]]:
    return [(one.world, gettext(one.title)) for one in LESSONS.values()]


class WorldForm(forms.Form):
    world = forms.ChoiceField(
        label=_("World"),
        help_text=_("What there is to discover in it is told once you have drawn your own conclusion."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["world"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(SURPRISE, gettext("A surprise: find out which one it is")), *_worlds()]
        field.initial = "ordinary"


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
        field.choices = [("", gettext("Choose")), *_worlds()]
