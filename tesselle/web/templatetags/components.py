"""The components of a page: `{% load components %}`."""

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.http import HttpRequest
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from tesselle.web import page_clock, parts
from tesselle.web import panels as panel_registry
from tesselle.web import toasts as waiting_toasts
from tesselle.web.dates import written
from tesselle.web.document_table import Table, drawn_table
from tesselle.web.fields import draw_field
from tesselle.web.states import look

register = template.Library()
# A mark with much before it and something after it, inside one word.
_MARKS = re.compile(r"(?<=[^\s]{8}[.@/])(?=[^\s/])")


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """One of ours from the sprite. Without a label it is decoration, hidden from screen readers."""
    return _drawn_icon(str(name), str(label))


@lru_cache(maxsize=512)
def _drawn_icon(name: str, label: str) -> SafeString:
    """A page has dozens of the same few."""
    address = f"{static('web/img/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, address
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', address)


@register.simple_tag(takes_context=True)
def part(context: Context, template_name: str, **values: Any) -> SafeString:
    """A template that sees these values and nothing else; the same values are drawn once (`web/parts.py`)."""
    return parts.drawn(template_name, values, token=context.get("csrf_token", ""))


@register.filter
def grouped(number: int) -> str:
    """1000000 as the reader’s language writes it: 1 000 000, 1,000,000."""
    return number_format(number, use_l10n=True, force_grouping=True)


@register.filter
def breakable(name: object) -> SafeString:
    """A long handle or address wraps at its marks, so that no letter is left alone on a line."""
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in _MARKS.split(str(name))))


@register.filter("written", expects_localtime=True)
def written_day(day: date, style: str) -> str:
    """As the built-in `date`, but « 1er » for the first of a month where the reader's language says so."""
    return written(day, style)


@register.simple_tag
def state_badge(state: str, detail: str = "") -> SafeString:
    """The state of a delivery or a post: icon and word; `detail` adds a few words ("until 14:05")."""
    seen = look(str(state))
    more = format_html(' <span class="badge-detail">{}</span>', detail) if detail else ""
    return format_html(
        '<span class="badge badge--{}" data-state="{}">{}<span>{}</span>{}</span>',
        seen.tone,
        state,
        icon(seen.icon),
        seen.word,
        more,
    )


@register.simple_tag
def state_icon(state: str) -> SafeString:
    """The state where there is room for an icon only; the word is its accessible name."""
    seen = look(str(state))
    return format_html(
        '<span class="state-icon state-icon--{}">{}</span>', seen.tone, icon(seen.icon, str(seen.word))
    )


@register.simple_tag
def local_time(instant: datetime, style: str = "") -> SafeString:
    """The instant in the page's own time zone; the browser adds the visitor's time where it differs."""
    here = timezone.localtime(instant)
    style = style or pgettext("date format", "j M Y, H:i")
    return format_html(
        '<time datetime="{}" data-local-time="{}" data-label="{}">{}</time>',
        instant.astimezone(UTC).isoformat(),
        here.strftime("%H:%M"),
        gettext("{time} where you are"),
        written(here, style),
    )


@register.simple_tag
def own_time(real: datetime, style: str = "") -> SafeString:
    """Of a row that keeps real instants: when it was by the clock of the page's workspace, as its story is told.

    Not in a `part`, which sees no clock.
    """
    return local_time(page_clock.current().own(real), style)


@register.simple_tag
def real_time(instant: datetime, style: str = "") -> SafeString:
    """Of what ends or leaves in real time; says so where the clock of the page's workspace shows another."""
    shown = local_time(instant, style)
    if not page_clock.current().is_apart:
        return shown
    return format_html("{}, {}", shown, pgettext("instant", "by the real clock"))


@register.inclusion_tag("web/components/empty_state.html")
def empty_state(
    title: str,
    text: str = "",
    *,
    action_label: str = "",
    action_url: str = "",
    icon: str = "plus",
    other_label: str = "",
    other_url: str = "",
) -> dict[str, Any]:
    """A page without content yet teaches what will be here and offers the first step; `other`: another one."""
    return {
        "title": title,
        "text": text,
        "action_label": action_label,
        "action_url": action_url,
        "icon": icon,
        "other_label": other_label,
        "other_url": other_url,
    }


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """One field with label, help and errors, linked by `aria-describedby`."""
    return draw_field(bound)


@register.inclusion_tag("web/components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any]) -> dict[str, Any]:
    """Keeps the other parameters of the address; nothing at all when one page holds everything."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": list(numbers), "request": context["request"]}


@register.inclusion_tag("web/components/toasts.html", takes_context=True)
def toasts(context: Context) -> dict[str, Any]:
    """The waiting toasts, each shown once."""
    request: HttpRequest | None = context.get("request")
    return {
        "toasts": waiting_toasts.pending(request) if request else [],
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def document_table(table: Table, caption: str = "") -> SafeString:
    """A table of a document; its caption names it for who hears the page."""
    return drawn_table(table, caption)


@register.simple_tag(takes_context=True)
def panels(context: Context, slot: str, **subject: Any) -> SafeString:
    """What higher apps have to say about this page's subject."""
    request: HttpRequest = context["request"]
    drawn = (
        render_to_string(content.template, dict(content.context), request)
        for content in panel_registry.contents(slot, request, **subject)
    )
    return mark_safe("".join(drawn))  # noqa: S308 - rendered templates
