"""`{% load sentences %}` then `{{ note|say }}`."""

from typing import Any

from django import template

from tesselle.web.sentences import say as _say

register = template.Library()


@register.filter
def say(what: Any) -> str:
    """A message of the lower floors, in the reader's language."""
    return _say(what)
