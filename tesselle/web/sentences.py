"""Sentences of the lower floors, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext

from tesselle.domain.messages import Message

# What is counted reads 1 000 000; ports, statuses and ids do not.
_COUNTS = frozenset(
    {"counted", "limit", "over", "missing", "all", "left", "maximum", "units", "used", "total", "films"}
)


def say(what: Message | Mapping[str, Any] | str | None) -> str:
    """A `Message`, or a note as the ledger keeps it; nothing for nothing.

    A sentence from an older release may name what its parameters no longer hold: it is shown as it is.
    """
    if not what:
        return ""
    if isinstance(what, str):
        return gettext(what)
    if isinstance(what, Message):
        sentence, params = what.sentence, dict(what.params)
    else:
        sentence, params = str(what.get("sentence", "")), dict(what.get("params") or {})
    if not sentence:
        return ""
    translated = gettext(sentence)
    try:
        return translated % _written(params) if params else translated
    except (KeyError, ValueError, TypeError):
        return translated


def _written(params: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: number_format(value, use_l10n=True, force_grouping=True)
        if name in _COUNTS and isinstance(value, int)
        else value
        for name, value in params.items()
    }
