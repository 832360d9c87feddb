import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

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

    assert len(found.rows) + len(found.problems) <= data.count(b"\n") + data.count(b"\r") + 2


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
