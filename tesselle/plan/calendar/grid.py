"""The days of month and week, drawn by hand like their chips: forty-two of them with a dozen values each."""

from functools import lru_cache
from html import escape

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from tesselle.plan.calendar.days import Day
from tesselle.web.templatetags.components import icon

_DAY = (
    '<li class="{classes}" data-day="{iso}"{open}{current}><div class="day-head"><a class="day-name" id="day-{iso}"'
    ' href="{url}" data-day-name><span class="day-weekday">{weekday}</span> <span class="day-number">{number}</span>'
    ' <span class="visually-hidden">{month}</span></a>{new}</div><div class="day-posts">{notes}{chips}{more}</div></li>'
)
_NEW = '<a class="day-new" href="{url}" aria-label="{label}">{plus}</a>'
_NOTE = '<p class="day-note day-note--{kind}">{text}</p>'
_MORE = '<a class="day-more" href="{url}" data-more="{n}">{words}</a>'


def grid(days: tuple[Day, ...], *, may_write: bool) -> SafeString:
    plus, new_on, language = icon("plus"), gettext("New post on %(day)s"), get_language() or ""
    return mark_safe(  # noqa: S308 - every value is escaped below, or drawn and escaped before
        "".join(
            _drawn(day, str(plus), new_on if may_write and not day.is_past else "", language) for day in days
        )
    )


@lru_cache(maxsize=512)
def _drawn(day: Day, plus: str, new_on: str, _language: str) -> str:
    iso, url = day.date.isoformat(), escape(day.url)
    return _DAY.format(
        classes=day.classes,
        iso=iso,
        open="" if day.is_past else " data-open",
        current=' aria-current="date"' if day.is_today else "",
        url=url,
        month=escape(date_format(day.date, "F")),
        weekday=escape(day.weekday),
        number=day.date.day,
        new=_NEW.format(url=escape(day.new_url), label=escape(new_on % {"day": day.label}), plus=plus)
        if new_on
        else "",
        notes="".join(_NOTE.format(kind=note.kind, text=escape(note.text)) for note in day.notes),
        chips=day.chips,
        more=_MORE.format(url=url, n=day.more, words=escape(_others(day.more))) if day.more > 0 else "",
    )


def _others(n: int) -> str:
    return ngettext("+ %(n)s other", "+ %(n)s others", n) % {"n": n}
