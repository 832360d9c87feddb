import subprocess
import sys
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.domain.cells import Order
from tesselle.insights.stored import read
from tesselle.insights.summary import summarise
from tesselle.insights.table import posts_of, read_table
from tesselle.insights.tests.made import posts


def table(text: str, **names: str):
    return read_table(text.encode(), names)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "date", ["2026-03-14 08:05", "14.03.2026 08:05", "14/03/2026 08:05", "2026-03-14T08:05:00+01:00"]
)
def test_separators_and_dates_of_all_kinds_are_read(separator, date):
    text = (
        separator.join(["posted_at", "network", "reactions"]) + "\n" + separator.join([date, "facebook", "7"])
    )

    row = table(text).rows[0]

    assert (row.posted_at.month, row.posted_at.day, row.posted_at.hour) == (3, 14, 8)
    assert row.figures == {"reactions": 7}


def test_a_column_of_dates_means_the_same_throughout():
    """03/04 alone could be either; its neighbours decide."""
    text = "posted_at,reactions\n25/04/2026 10:00,1\n03/04/2026 10:00,2\n"

    assert [row.posted_at.month for row in table(text).rows] == [4, 4]


def test_other_names_are_mapped():
    found = table("Publié le;J’aime\n2026-03-14 08:05;7", posted_at="Publié le", reactions="J’aime")

    assert found.rows[0].figures == {"reactions": 7}


PAGE_EXPORT = """sep=;
Rapport de la page;Carreaux du Léman

Date;Heure;Réseau;Type;J’aime;Commentaires;Portée;Durée (s);Abonnés
26.11.2026;18:30;Instagram;Photo;12;3;1\u202f234;12,5;1 234,0
27.11.2026;;Instagram;Vidéo;8;-;n/a;3,5;
Total;;;;20;3;1234;;
"""


def test_a_french_export_with_lines_above_and_day_and_time_apart_is_read_without_a_map():
    found = table(PAGE_EXPORT)

    (row,) = found.rows
    assert row.posted_at == datetime(2026, 11, 26, 18, 30)  # noqa: DTZ001 - as the wall showed it
    assert row.figures == {"reactions": 12, "comments": 3, "reach": 1234, "followers": 1234}
    assert row.texts == {"network": "Instagram", "format": "Photo"}
    assert found.headings["posted_at"] == "Date"
    assert found.unused == ("Durée (s)",)
    assert [problem.row for problem in found.problems] == [6, 7]


def test_of_two_columns_that_may_be_dates_the_one_that_says_so_is_taken():
    """A large network's export has a column “Date” that holds “Total”."""
    found = table("Heure de publication,Date,Réactions\n11/26/2026 18:30,Total,7\n")

    assert found.rows[0].posted_at.day == 26


@pytest.mark.parametrize(
    "date", ["26 novembre 2026 à 18h30", "26 nov. 2026 18:30", "26/11/26 18:30", "Nov 26, 2026, 6:30 PM"]
)
def test_dates_in_words_are_read(date):
    found = table(f"Publié le\tRéactions\n{date}\t7\n")

    assert found.rows[0].posted_at.isoformat() == "2026-11-26T18:30:00"


def test_where_no_date_tells_the_month_that_is_said_and_can_be_chosen():
    text = "posted_at,reactions\n03/04/2026 10:00,1\n"

    found = table(text)
    american = read_table(text.encode(), {}, Order.MONTH)

    assert "day or month" in found.problems[0].what
    assert (found.rows[0].posted_at.month, american.rows[0].posted_at.month) == (4, 3)


def test_without_any_time_of_day_posts_are_kept_and_that_is_said():
    found = table("posted_at,reactions\n2026-03-14,1\n2026-03-20,2\n")

    assert len(found.rows) == 2
    assert [problem.row for problem in found.problems] == [0]


def test_a_map_that_names_no_column_of_the_table_is_said():
    found = table("posted_at,reactions\n2026-03-14 08:05,1\n", reach="Portée")

    assert "Portée" in found.problems[0].what
    assert len(found.rows) == 1


def test_decimals_with_a_comma_are_numbers():
    assert table("posted_at;reach\n2026-03-14 08:05;12,5\n").rows[0].figures == {"reach": 12.5}


def test_what_cannot_be_read_is_said_with_its_row_and_nothing_else_is_lost():
    found = table(
        "posted_at,reactions,comments\nhier,1,2\n2026-03-14 08:05,beaucoup,4\n2026-03-15 08:05,3,1\n"
    )

    assert [(problem.row, problem.what.split(" ")[0]) for problem in found.problems] == [
        (2, "the"),
        (3, "reactions:"),
    ]
    assert len(found.rows) == 2


def test_missing_is_not_zero():
    """The sum of interactions is missing where one of its parts is."""
    found = table("posted_at,reactions,comments\n2026-03-14 08:05,,4\n2026-03-15 08:05,3,1\n")

    interactions = posts_of(found, "interactions")

    assert interactions is not None
    assert interactions.counts.tolist() == [4.0]


def test_a_table_without_dates_says_so():
    assert table("when,reactions\n1,2\n").problems[0].row == 0


@given(st.integers(0, 9_999_999), st.sampled_from(["{:,}", "{}", "{:_}"]))
def test_thousands_are_read_however_they_are_grouped(number, form):
    written = form.format(number).replace("_", "\u202f")

    row = table(f"posted_at;reach\n2026-03-14 08:05;{written}").rows[0]

    assert row.figures["reach"] == number


@given(st.binary(max_size=300))
def test_no_bytes_make_it_crash(data):
    found = read_table(data, {})

    assert len(found.rows) + len(found.problems) <= data.count(b"\n") + data.count(b"\r") + 4


def test_results_survive_being_stored():
    found = summarise(posts(150, video=0.8))

    assert read(found.to_json()) == found
    assert found.findings
    assert len(found.slots) == 10


def test_results_of_another_version_are_not_trusted():
    with pytest.raises(ValueError, match="anew"):
        read('{"version": 0}')


def test_reading_results_needs_no_numerical_library():
    asked = "import sys, tesselle.insights.stored; sys.exit('numpy' in sys.modules or 'scipy' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
