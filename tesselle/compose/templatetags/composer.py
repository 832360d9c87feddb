"""`{% load composer %}`: what stands beside a field, and the fields that a network asks for."""

from django import template
from django.utils.safestring import SafeString

from tesselle.compose.option_pages import OptionShown
from tesselle.compose.pages import ComposerPage, VariantPage
from tesselle.web.parts import drawn

register = template.Library()


@register.simple_tag
def about(page: ComposerPage, field_id: str, oob: bool = False) -> SafeString:
    """The findings about one field, in a place of their own that the live check can renew."""
    findings = page.beside.get(field_id, ())
    return drawn("compose/_about.html", {"field_id": field_id, "findings": findings, "oob": oob})


@register.simple_tag
def option(page: ComposerPage, variant: VariantPage, option: OptionShown) -> SafeString:
    """One choice of a channel, with its label, its help and what is found wanting in it."""
    field_id = f"{variant.owner}-option-{option.name}"
    values = {
        "option": option,
        "field_id": field_id,
        "id": variant.id,
        "action": page.action,
        "findings": page.beside.get(field_id, ()),
        "oob": False,
    }
    return drawn("compose/_option.html", values)
