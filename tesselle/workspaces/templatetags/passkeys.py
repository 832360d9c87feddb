"""`{% load passkeys %}` then `data-options="{{ js_data.creation_options|as_json }}"`."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """For an attribute that a script reads: escaped like every text."""
    return json.dumps(value, cls=DjangoJSONEncoder)
