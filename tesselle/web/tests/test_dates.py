from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override, pgettext

from tesselle.web.dates import written
from tesselle.web.templatetags.components import breakable


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


def test_a_day_in_a_template_too() -> None:
    with override("fr"):
        page = Template('{% load components %}{{ day|written:"j F Y" }}').render(
            Context({"day": date(2027, 1, 1)})
        )

    assert page == "1er janvier 2027"


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("carrelagesduleman.bluesky.example", "carrelagesduleman.<wbr>bluesky.<wbr>example"),
        ("https://x.com/leman", "https://x.<wbr>com/<wbr>leman"),
        ("u/leman", "u/leman"),
        ("Carrelages du Léman Sàrl", "Carrelages du Léman Sàrl"),
        ("<carrelages.example>", "&lt;carrelages.<wbr>example&gt;"),
    ],
)
def test_a_long_handle_wraps_at_its_marks(name: str, drawn: str) -> None:
    assert breakable(name) == drawn
