"""Parts of a page that say the same for the same values: drawn once, then remembered.

A part is a template that sees nothing but the values it is given, and the reader's language and zone: no
request, no person, no workspace, no clock. So it cannot show one member what another's page held, nor an old
state: a new state is another value. What is given are plain values; anything else is refused. Where a part
holds a form, its token is put in after it was remembered.
"""

import dataclasses
import secrets
from collections.abc import Hashable, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

KEPT = 2048
"""Parts that a process remembers; the one not asked for longest makes room."""


_TOKEN = f"token-{secrets.token_hex(16)}"
"""Stands in remembered forms; nobody can write it, since each process has another."""


class NotPlainError(TypeError):
    """A part was given something that may change behind its back."""


def drawn(template: str, values: Mapping[str, Any], *, token: object = "") -> SafeString:
    """`token`: what the forms of this request carry.

    Raises:
        NotPlainError: a value is no text, number, time, frozen record or sequence of such.
    """
    told = _Told({name: (_key(value), value) for name, value in values.items()})
    found = (_draw if settings.DEBUG else _remembered)(template, get_language() or "", told)
    return mark_safe(found.replace(_TOKEN, str(token))) if _TOKEN in found else found  # noqa: S308 - Django's own


def _key(value: Any) -> Hashable:
    """Apart are also 1 and True, and a text and the same text already escaped."""
    kind = type(value)
    if value is None or kind in (str, int, bool, float, SafeString):
        return kind, value
    if kind is tuple or kind is list:
        return kind, *map(_key, value)
    if kind is datetime:
        return value.isoformat(), timezone.get_current_timezone_name()
    if kind is date:
        return kind, value
    if isinstance(value, Promise):
        return Promise, str(value)
    if isinstance(value, StrEnum):
        return kind, value.value
    if dataclasses.is_dataclass(kind) and kind.__hash__ is not None:
        return kind, *(_key(getattr(value, field)) for field in kind.__dataclass_fields__)
    raise NotPlainError(f"{kind.__qualname__} is no plain value")


class _Told:
    """The values, compared by their keys."""

    __slots__ = ("_hash", "_keys", "values")

    def __init__(self, told: Mapping[str, tuple[Hashable, Any]]) -> None:
        self._keys = tuple((name, key) for name, (key, _) in told.items())
        self._hash = hash(self._keys)
        self.values = {name: value for name, (_, value) in told.items()}

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Told) and self._keys == other._keys


def _draw(template: str, _language: str, told: _Told) -> SafeString:
    values = {**told.values, "csrf_token": _TOKEN}
    return mark_safe(get_template(template).render(values))  # noqa: S308 - a rendered template


_remembered = lru_cache(maxsize=KEPT)(_draw)
