"""Lists that are edited as a whole: each row a form, two empty ones to add, a box to take one away."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import Model
from django.forms import BaseInlineFormSet, inlineformset_factory
from django.utils.translation import gettext

from tesselle.academy.catalogue import as_read
from tesselle.academy.models import Path

SPARE_ROWS = 2
MOST_ROWS = 60


class ReadersForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    """What the catalogue laid out is shown in the reader's language, and counts as unchanged when it is sent back."""

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        found = super().get_initial_for_field(field, field_name)
        return as_read(found) if isinstance(found, str) else found


class PhaseField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the person's own phases, or none; `of` says whose."""

    def of(self, path: Path) -> None:
        self.queryset = path.phases.all()
        self.required = False
        self.empty_label = gettext("No phase")

    def label_from_instance(self, obj: Model) -> str:
        return as_read(str(obj))


class RowSet(BaseInlineFormSet):  # type: ignore[type-arg]  # generic for the checker only
    """`prefix` is fixed by the maker, so that several stand in one form. `nothing_chosen`: see `rows_of`."""

    deletion_widget = forms.CheckboxInput
    nothing_chosen: ClassVar[Any] = ""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            if self.nothing_chosen and isinstance(field, forms.TypedChoiceField):
                choices: Any = field.choices
                field.choices = [(key, name if key else self.nothing_chosen) for key, name in choices]

    @property
    def has_rows(self) -> bool:
        return bool(self.forms)


def rows_of(
    model: type[Model],
    fields: Sequence[str],
    *,
    labels: Mapping[str, Any],
    widgets: Mapping[str, Any] | None = None,
    help_texts: Mapping[str, Any] | None = None,
    field_classes: Mapping[str, type[forms.Field]] | None = None,
    spare: int = SPARE_ROWS,
    nothing_chosen: Any = "",
) -> type[RowSet]:
    """`nothing_chosen`: what an empty choice is called. Without `spare` rows none is added or taken away: the list
    is what it is."""
    made = inlineformset_factory(
        Path,
        model,
        form=ReadersForm,
        formset=type("Rows", (RowSet,), {"nothing_chosen": nothing_chosen}),
        fields=list(fields),
        labels=dict(labels),
        widgets=dict(widgets or {}),
        help_texts=dict(help_texts or {}),
        field_classes=dict(field_classes or {}),
        extra=spare,
        can_delete=spare > 0,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS + 10,
        validate_max=True,
    )
    found: type[RowSet] = made  # type: ignore[assignment]
    return found


def are_valid(*forms: Any) -> bool:
    """Each is asked, also after one that is not, so that every part shows its own errors."""
    verdicts = [form.is_valid() for form in forms]
    return all(verdicts)
