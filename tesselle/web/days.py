"""Fields that ask for a day: any that a calendar can show, and no other."""

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.utils import timezone

from tesselle.domain.messages import Message
from tesselle.domain.reach import OUT_OF_REACH, in_reach
from tesselle.web.sentences import say


class _InReach(forms.Field):
    def validate(self, value: date | datetime | None) -> None:
        super().validate(value)
        if value is not None and not in_reach(value):
            raise forms.ValidationError(say(Message(OUT_OF_REACH)), code="out_of_reach")


class DayField(_InReach, forms.DateField):
    """A day that a calendar can show."""


class InstantField(_InReach, forms.DateTimeField):
    """Aware: in the zone that the page is drawn in."""


class LocalDateTimeField(_InReach, forms.DateTimeField):
    """Naive: wall time. What a clock change skips or doubles is decided where it is resolved."""

    def to_python(self, value: Any) -> Any:
        with timezone.override(UTC):
            read = super().to_python(value)
        return None if read is None else read.replace(tzinfo=None)
