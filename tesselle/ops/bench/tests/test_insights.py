"""A small, deterministic sample of the acceptance table. The full run has 200 companies in each cell:
`tesselle bench insights --companies 200`."""

import io
from datetime import datetime

import openpyxl
import pytest

from tesselle.insights.slots import slot_values, waking_slots
from tesselle.ops.bench.insights import effects, experiments, forecasts, run, running, slots
from tesselle.ops.bench.insights.companies import Fitted, company
from tesselle.ops.commands.insights import told_of
from tesselle.ops.errors import OpsError


def by_id(rows):
    return {row.id: row for row in rows}


@pytest.fixture(scope="module")
def studied():
    return run.study(0, sizes=(60, 250))


@pytest.fixture(scope="module")
def of_effects(studied):
    return by_id(effects.table(studied.seen))


@pytest.mark.thorough
def test_intervals_of_effects_hold_about_as_often_as_they_say(of_effects):
    assert 0.74 <= of_effects[1].value["mean"] <= 0.95


@pytest.mark.thorough
def test_where_nothing_matters_hardly_anything_is_found(of_effects):
    """Four accounts of each size; the rules of thumb of others find something in every one."""
    assert max(of_effects[3].value.values()) <= 0.25
    assert max(of_effects[4].value.values()) <= 0.5


@pytest.mark.thorough
def test_findings_have_the_right_sign(of_effects):
    assert of_effects[5].value["clear"] <= 0.05


@pytest.mark.thorough
def test_more_posts_find_more_of_what_is_there(of_effects):
    found = of_effects[6].value

    assert found["60"] < found["250"]
    assert found["250"] >= 0.4


@pytest.mark.thorough
def test_the_recommended_hour_is_better_than_what_averages_say(studied):
    rows = by_id(slots.table(studied.advised))

    assert rows[7].value["ratio"] <= 0.8


@pytest.mark.thorough
def test_one_post_that_ran_away_makes_no_hour_wonderful():
    """Of 250 posts with a dozen interactions each, one had 291,218: its hour was thought to be worth 3,600 times."""
    fitted = Fitted(company(183, "linkedin", 250))
    counts = fitted.made.posts.counts
    counts[counts.argmax()] = 291_218

    best = slot_values(fitted.informed, fitted.made.posts, 0, waking_slots())[0]

    assert best.of.mean < 1


def test_followers_and_weeks_fall_into_their_ranges():
    assert all(0.65 <= share <= 1.0 for share in forecasts._followers(4).value.values())
    assert 0.7 <= forecasts._weekly(1).value["1 ahead"]["coverage"] <= 0.95


@pytest.mark.thorough
def test_a_test_of_nothing_seldom_finds_something_and_a_test_of_twice_mostly_does():
    false, true = experiments.rows(60)

    assert false.ok
    assert true.ok


@pytest.mark.thorough
def test_nothing_depends_on_the_order_of_rows_or_of_reading():
    assert running._order().ok


@pytest.mark.thorough
def test_pages_read_results_without_the_numerical_libraries():
    assert running._reading().ok


def test_the_simulated_audience_is_like_the_published_one():
    assert running._sanity().ok


@pytest.mark.thorough
def test_a_row_that_was_not_measured_does_not_hold():
    assert not running._fits(large=False).ok


def test_the_command_tells_findings_and_problems_of_a_table():
    lines = ["posted_at,network,format,reactions"]
    for day in range(60):
        video = day % 3 == 0
        lines.append(f"2026-{1 + day // 28:02}-{1 + day % 28:02} {8 + day % 9:02}:00,facebook,"
                     f"{'video' if video else 'image'},{(30 if video else 6) + day % 5}")  # fmt: skip
    lines.append("never,facebook,video,3")

    answer = told_of("\n".join(lines).encode(), {})

    assert [problem["row"] for problem in answer["problems"]] == [62]
    best = answer["metrics"]["reactions"]["findings"][0]
    assert (best["factor"], best["certainty"]) == ("format", "clear")
    assert answer["metrics"]["reactions"]["error"]["tested"] == 12


def test_of_a_workbook_the_sheet_with_the_posts_is_read():
    book = openpyxl.Workbook()
    book.active.append(["Date", "Impressions"])
    sheet = book.create_sheet("Publications")
    sheet.append(["Contenu : janvier"])
    sheet.append([])
    sheet.append(["Titre", "Date de création", "J’aime", "Commentaires"])
    sheet.append(["Chantier", datetime(2026, 1, 5, 18, 30), 12, 3])  # noqa: DTZ001 - a cell knows no zone
    sheet.append(["Chantier", "pas encore", 7, 1])
    kept = io.BytesIO()
    book.save(kept)

    answer = told_of(kept.getvalue(), {})

    assert answer["rows"] == 1
    assert answer["headings"]["posted_at"] == "Date de création"
    assert [problem["row"] for problem in answer["problems"]] == [5]


def test_a_file_that_only_looks_like_a_workbook_is_said():
    with pytest.raises(OpsError):
        told_of(b"PK\x03\x04 nothing", {})
