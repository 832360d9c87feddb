from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override, pgettext

from tesselle.web.dates import written


@pytest.mark.parametrize(
    ("language", "day", "said"),
    [
        ("fr", 24, "24 novembre 2026 à 09:05"),
        ("fr", 1, "1er novembre 2026 à 09:05"),
        ("en", 24, "24 Nov 2026, 09:05"),
        ("en", 1, "1 Nov 2026, 09:05"),
    ],
)
def test_an_instant_is_written_as_the_reader_does(language: str, day: int, said: str) -> None:
    with override(language):
        at = datetime(2026, 11, day, 9, 5, tzinfo=UTC)
        assert written(at, pgettext("date format", "j M Y, H:i")) == said


def test_a_page_shows_it_in_its_own_zone() -> None:
    with override("fr"):
        shown = Template(
            "{% load components tz %}{% timezone 'Europe/Zurich' %}{% local_time at %}{% endtimezone %}"
        )
        page = shown.render(Context({"at": datetime(2026, 6, 1, 10, 0, tzinfo=UTC)}))

    assert "1er juin 2026 à 12:00" in page
    assert 'datetime="2026-06-01T10:00:00+00:00"' in page


def test_a_weekday_and_a_month_are_whole_words() -> None:
    with override("fr"):
        assert written(date(2026, 12, 1), "l j F") == "mardi 1er décembre"
