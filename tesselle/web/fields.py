"""One field of a form with its label, help and errors, tied together for a screen reader.

Drawn by hand like the widgets (`web/forms.py`): a page of filters has dozens.
"""

from django.forms import BoundField, Select
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from tesselle.web.selects import QuickSelect


def draw_field(bound: BoundField) -> SafeString:
    if bound.is_hidden:
        return bound.as_widget()
    is_check = bound.widget_type == "checkbox"
    return format_html(
        '<div class="field{}" id="{}_field">{}{}{}</div>',
        " field--check" if is_check else "",
        bound.auto_id,
        _fieldset(bound) if bound.use_fieldset else _labelled(bound, is_check=is_check),
        _help(bound),
        bound.errors if bound.errors else "",
    )


def _labelled(bound: BoundField, *, is_check: bool) -> SafeString:
    label = format_html(
        '<label class="field-label" for="{}">{}{}</label>',
        bound.id_for_label,
        bound.label,
        "" if is_check else _optional(bound),
    )
    drawn = _widget(bound)
    return SafeString(drawn + label if is_check else label + drawn)


def _widget(bound: BoundField) -> SafeString:
    widget = bound.field.widget
    return bound.as_widget(QuickSelect.of(widget) if type(widget) is Select else None)


def _fieldset(bound: BoundField) -> SafeString:
    described = bound.aria_describedby
    return format_html(
        '<fieldset{}><legend class="field-label">{}{}</legend>{}</fieldset>',
        format_html(' aria-describedby="{}"', described) if described else "",
        bound.label,
        _optional(bound),
        bound.as_widget(),
    )


def _optional(bound: BoundField) -> SafeString | str:
    if bound.field.required:
        return ""
    return format_html(' <span class="field-optional">{}</span>', gettext("(optional)"))


def _help(bound: BoundField) -> SafeString | str:
    """Ours are texts of the program, never of people."""
    if not bound.help_text:
        return ""
    shown = mark_safe(str(bound.help_text))  # noqa: S308 - as Django shows it
    return format_html('<p class="field-help" id="{}_helptext">{}</p>', bound.auto_id, shown)
