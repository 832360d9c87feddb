"""How Django draws our forms: label, help and error tied to their field for a screen reader."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Named by the setting `FORM_RENDERER`; `django.forms` must be an installed app for its widgets."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"
