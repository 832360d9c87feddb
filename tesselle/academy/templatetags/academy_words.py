"""What the catalogue laid out, in the reader's language."""

from django import template

from tesselle.academy.catalogue import as_read

register = template.Library()
register.filter("as_read", as_read)
