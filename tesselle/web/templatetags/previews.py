"""For the networks' own previews: `{% load previews %}`, then `{{ post.text|linked:"links,hashtags" }}`."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tesselle.domain.text.shown import shown

register = template.Library()


@register.filter
def linked(text: str, how: str) -> SafeString:
    """The text with what readers can press marked. `how` names finders of `domain/text/shown.py`, and
    may hold `short30` (addresses without scheme, 30 signs) and `short_names`."""
    words = [word.strip() for word in how.split(",")]
    signs = next((int(word[5:]) for word in words if word.startswith("short") and word[5:].isdecimal()), 0)
    finders = tuple(word for word in words if not word.startswith("short"))
    pieces = shown(text, finders, url_signs=signs, short_names="short_names" in words)
    return format_html_join(
        "",
        "{}",
        ((_drawn(piece.kind, piece.text),) for piece in pieces),
    )


def _drawn(kind: str, text: str) -> str | SafeString:
    if kind == "text":
        return text
    return format_html('<span class="np-press np-press--{}">{}</span>', kind, text)
