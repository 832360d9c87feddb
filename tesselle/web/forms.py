"""How Django draws our forms: label, help and error tied to their field for a screen reader."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class FormRenderer(TemplatesSetting):
    """Named by the setting `FORM_RENDERER`; `django.forms` must be an installed app for its widgets."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"


class LongSelect(forms.Select):
    """Draws its options itself: a template for each of 400 time zones costs more than the page."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value))
        options = (
            (flatatt({"value": key, "selected": str(key) in chosen}), label) for key, label in self.choices
        )
        around = flatatt(self.build_attrs({**self.attrs, "name": name}, attrs))
        return format_html(
            "<select{}>{}</select>", around, format_html_join("", "<option{}>{}</option>", options)
        )
