"""The choice of a world, wherever one begins."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tesselle.sandbox.lessons import LESSONS, SURPRISE


def worlds() -> list[tuple[str, str]]:
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
        field.choices = [(SURPRISE, gettext("A surprise: find out which one it is")), *worlds()]
        field.initial = "ordinary"
