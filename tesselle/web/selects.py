"""Lists to choose from, drawn at once. Django makes a dictionary for each option before it draws it, and reads the
rows behind them through a cursor that the database has to keep: a page with three lists of sixty rows pays more
for these than for everything it says.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.forms.utils import flatatt
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe


class QuickSelect(forms.Select):
    """The same `<select>` as Django's. `of` makes one of a field's own; `draw_field` does it for every form."""

    @classmethod
    def of(cls, widget: forms.Select) -> "QuickSelect":
        quick = cls(widget.attrs)
        quick.choices = widget.choices  # a list of rows stays one: it is read when it is drawn
        quick.is_required = widget.is_required
        return quick

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        around = flatatt(self.build_attrs({**self.attrs, "name": name}, attrs))
        options = "".join(_options(self.choices, set(self.format_value(value))))
        return mark_safe(f"<select{around}>{options}</select>")  # noqa: S308 - each part is escaped


def _options(choices: Iterable[Any], chosen: set[str]) -> Iterator[str]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield f'<optgroup label="{conditional_escape(key)}">{"".join(_options(label, chosen))}</optgroup>'
        else:
            value = "" if key is None else str(key)
            mark = " selected" if value in chosen else ""
            yield f'<option value="{conditional_escape(value)}"{mark}>{conditional_escape(label)}</option>'


class RowChoices(ModelChoiceIterator):  # type: ignore[type-arg]  # generic for the checker alone
    """The rows of a field, read like any others: they are few, and drawn at once."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        yield from map(self.choice, self.queryset.all())
