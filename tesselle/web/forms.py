"""How Django draws our forms: label, help and error tied to their field for a screen reader.

Input fields are drawn without a template, lists without even a context (`web/selects.py`): Django's own include
one template for each option and one more for its attributes, and a page of filters then costs more than what
it filters.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from tesselle.web.fields import draw_field

_WIDGETS = "django/forms/widgets"


class FormRenderer(TemplatesSetting):
    """Named by the setting `FORM_RENDERER`; `django.forms` must be an installed app for its widgets."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if template_name == self.field_template_name:
            return draw_field(context["field"])
        draw = _DRAWN.get(template_name)
        return draw(context["widget"]) if draw else super().render(template_name, context, request)


def _attributes(attrs: Mapping[str, Any]) -> SafeString:
    """As Django's `attrs.html`: False leaves an attribute out, True writes its name alone."""
    return mark_safe(  # noqa: S308 - each part is escaped
        "".join(
            f" {conditional_escape(name)}"
            if value is True
            else f' {conditional_escape(name)}="{conditional_escape(str(value))}"'
            for name, value in attrs.items()
            if value is not False
        )
    )


def _input(widget: Mapping[str, Any]) -> SafeString:
    value = widget["value"]
    own = {"type": widget["type"], "name": widget["name"]} | ({} if value is None else {"value": value})
    return mark_safe(f"<input{_attributes({**own, **widget['attrs']})}>")  # noqa: S308 - escaped above


def _file(widget: Mapping[str, Any]) -> SafeString:
    """With our words beside it (`upload.css`); without script the plain field stays."""
    field = _input({**widget, "value": None})
    words = render_to_string("web/components/file_words.html", {"one": not widget["attrs"].get("multiple")})
    return mark_safe(f'<div class="file-drop">{field}{words}</div>')  # noqa: S308 - escaped above


_INPUTS = ("input", "text", "number", "email", "url", "password", "hidden", "date", "time", "datetime")
_DRAWN: dict[str, Callable[[Mapping[str, Any]], SafeString]] = {
    **{f"{_WIDGETS}/{name}.html": _input for name in (*_INPUTS, "checkbox")},
    **{f"{_WIDGETS}/{name}.html": _file for name in ("file", "clearable_file_input")},
}
