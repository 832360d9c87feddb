"""`{% load composer %}`: what stands beside a field."""

from typing import Any

from django import template

from tesselle.compose.pages import ComposerPage

register = template.Library()


@register.inclusion_tag("compose/_about.html")
def about(page: ComposerPage, field_id: str, oob: bool = False) -> dict[str, Any]:
    """The findings about one field, in a place of their own that the live check can renew."""
    return {"field_id": field_id, "findings": page.beside.get(field_id, ()), "oob": oob}
