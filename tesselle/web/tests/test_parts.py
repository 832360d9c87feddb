"""Parts: the same for the same values, and for nothing less than that."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.template import Context, Template
from django.test import override_settings
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from tesselle.web import parts

SHOWN = "{% load components i18n %}{{ one }}"


@dataclass(frozen=True, slots=True)
class Line:
    title: object
    inner: tuple[object, ...] = ()


@dataclass
class Changing:
    title: str


@pytest.fixture(autouse=True)
def templates() -> Iterator[None]:
    """Templates of our own, in place of the folders'."""
    sources = {
        "one.html": "{{ one }}",
        "line.html": "{{ line.title }}",
        "time.html": "{% load components %}{% local_time at %}",
        "form.html": "<form>{% csrf_token %}{{ one }}</form>",
        "outside.html": "{{ request }}{{ user }}{{ one }}",
    }
    settings: dict[str, Any] = {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("django.template.loaders.locmem.Loader", sources)],
            "libraries": {"components": "tesselle.web.templatetags.components"},
        },
    }
    with override_settings(TEMPLATES=[settings]):
        parts._remembered.cache_clear()
        yield
    parts._remembered.cache_clear()


def one(value: object) -> str:
    return parts.drawn("one.html", {"one": value})


def test_the_same_values_are_drawn_once():
    assert parts.drawn("line.html", {"line": Line("a")}) == "a"
    assert parts.drawn("line.html", {"line": Line("a")}) == "a"

    assert parts._remembered.cache_info().misses == 1


def test_an_escaped_text_never_stands_in_for_a_text():
    assert one(mark_safe("<b>")) == "<b>"
    assert one("<b>") == "&lt;b&gt;"
    assert parts.drawn("line.html", {"line": Line(mark_safe("<b>"))}) == "<b>"
    assert parts.drawn("line.html", {"line": Line("<b>")}) == "&lt;b&gt;"


def test_values_that_only_seem_equal_are_told_apart():
    assert [one(value) for value in (1, True, "1")] == ["1", "True", "1"]
    assert parts.drawn("line.html", {"line": Line("x", (1,))}) == parts.drawn(
        "line.html", {"line": Line("x", (True,))}
    )
    assert parts._remembered.cache_info().misses == 5


def test_each_language_has_its_own_words():
    label = gettext_lazy("Yes")
    with translation.override("fr"):
        french = one(label)
    with translation.override("en"):
        assert (french, one(label)) == ("Oui", "Yes")


def test_an_instant_is_drawn_anew_in_another_zone():
    at = {"at": datetime(2026, 11, 25, 12, tzinfo=UTC)}
    with timezone.override("Europe/Zurich"):
        here = parts.drawn("time.html", at)
    with timezone.override("Asia/Tokyo"):
        there = parts.drawn("time.html", at)

    assert "13:00" in here
    assert "21:00" in there


def test_a_remembered_form_carries_the_token_of_each_request():
    first, second = (parts.drawn("form.html", {"one": 1}, token=token) for token in ("aaa", "bbb"))

    assert 'value="aaa"' in first
    assert 'value="bbb"' in second
    assert parts._remembered.cache_info().misses == 1


def test_a_part_sees_nothing_of_the_page_around_it():
    page = Template('{% load components %}{% part "outside.html" one=1 %}')

    assert page.render(Context({"request": "secret", "user": "Alice", "csrf_token": "t"})) == "1"


@pytest.mark.parametrize("value", [Changing("a"), {"a": 1}, object(), {1}])
def test_what_may_change_behind_its_back_is_refused(value: object):
    with pytest.raises(parts.NotPlainError):
        one(value)
