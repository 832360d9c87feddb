"""The parts of a path, as the bar on top of its pages shows them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Part:
    label: str | Promise
    url: str
    is_current: bool


_PARTS = (
    ("overview", pgettext_lazy("part of a path", "Overview"), "academy:overview"),
    ("start", pgettext_lazy("part of a path", "Start"), "academy:start"),
    ("choosing", pgettext_lazy("part of a path", "Choosing"), "academy:needs"),
    ("learning", pgettext_lazy("part of a path", "Learning"), "academy:learning"),
    ("testing", pgettext_lazy("part of a path", "Testing"), "academy:project"),
    ("presence", pgettext_lazy("part of a path", "Site and profiles"), "academy:presence"),
    ("time", pgettext_lazy("part of a path", "Time"), "academy:time"),
    ("report", pgettext_lazy("part of a path", "Report"), "academy:report"),
)
_CHOOSING = (
    ("needs", pgettext_lazy("step of choosing", "Needs"), "academy:needs"),
    ("criteria", pgettext_lazy("step of choosing", "Criteria"), "academy:criteria"),
    ("tools", pgettext_lazy("step of choosing", "Tools"), "academy:tools"),
    ("prices", pgettext_lazy("step of choosing", "Prices"), "academy:prices"),
    ("ranking", pgettext_lazy("step of choosing", "Ranking"), "academy:ranking"),
    ("compare", pgettext_lazy("step of choosing", "Side by side"), "academy:compare"),
    ("decision", pgettext_lazy("step of choosing", "Decision"), "academy:decision"),
)


def parts(current: str) -> list[Part]:
    return [Part(label, reverse(name), key == current) for key, label, name in _PARTS]


def steps_of_choosing(current: str) -> list[Part]:
    return [Part(label, reverse(name), key == current) for key, label, name in _CHOOSING]
