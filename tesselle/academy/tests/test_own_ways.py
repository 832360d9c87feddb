"""Prices in one's own case, trials by the stopwatch, and the path with another tool than ours."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation

from tesselle.academy.catalogue import tools
from tesselle.academy.catalogue.prices import Case, plans, price_of
from tesselle.academy.choosing.needs import keep_needs
from tesselle.academy.choosing.trials import TASKS, begin_trial, end_trial, span, task_rows, trial_words
from tesselle.academy.models import Decision, OwnLesson, OwnResult, Path, PriceCase, TrialRun
from tesselle.academy.own.results import bring_in_results
from tesselle.academy.report.writing import report_of
from tesselle.academy.tests.filled import filled
from tesselle.domain.errors import RuleError
from tesselle.workspaces.models import User

ALONE, TWO = Case(1, 5, approval=False), Case(2, 5, approval=True)


def said(path: Path) -> str:
    with translation.override("en"):
        return " ".join(line.text for section in report_of(path) for line in section.lines)


# --- Prices -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tool", "alone", "two"),
    [
        ("buffer", 25, 50),
        ("later", 18.75, 37.5),
        ("publer", 20, 38),
        ("planable", 68.5, 68.5),
        ("agorapulse", 79, 158),
        ("sprout", 79, 598),
        ("hootsuite", 99, 198),
    ],
)
def test_two_known_cases_come_out_as_they_were_worked_out_by_hand(tool: str, alone: float, two: float):
    assert [price_of(tool, case).month for case in (ALONE, TWO)] == [alone, two]


def test_what_is_not_known_is_no_price():
    assert price_of("meta", ALONE) is None
    assert price_of("metricool", ALONE) is None
    assert price_of("hootsuite", TWO).at_least
    assert not price_of("hootsuite", ALONE).at_least
    assert {plan.tool for plan in plans()} <= {tool.key for tool in tools()}


def test_ones_own_cases_stand_in_the_table_and_in_the_report(as_alice: Client, path: Path):
    keep_needs(path, needs=[], said="", set_weights=True)
    path.tools.filter(key="buffer").update(considered=True)
    page = "/path/choosing/prices/"
    before = as_alice.get(page).content.decode()
    values = {"cases-TOTAL_FORMS": "1", "cases-INITIAL_FORMS": "0"}
    values |= {"cases-0-name": "Nous", "cases-0-people": "1", "cases-0-channels": "7"}
    as_alice.post(page, values)

    assert "25 USD par mois" in before.replace("\xa0", " ")
    assert "35 USD par mois" in as_alice.get(page).content.decode().replace("\xa0", " ")
    assert "Buffer, USD\u00a035 a month, USD\u00a0420 a year (Essentials)" in said(path)
    assert "Planable" not in said(path)


def test_a_case_without_anybody_is_not_kept(as_alice: Client, path: Path):
    page = "/path/choosing/prices/"
    values = {"cases-TOTAL_FORMS": "1", "cases-INITIAL_FORMS": "0"}
    values |= {"cases-0-name": "Nous", "cases-0-people": "0", "cases-0-channels": "7"}

    assert as_alice.post(page, values).status_code == 422
    assert not PriceCase.objects.exists()


# --- Trials -------------------------------------------------------------------------------------------


def test_a_set_task_that_was_tried_in_french_is_the_same_one_in_english(path: Path):
    keep_needs(path, needs=[], said="", set_weights=True)
    tool = path.tools.get(key="buffer")
    with translation.override("fr"):
        begin_trial(tool, str(TASKS[1]))
    TrialRun.objects.update(seconds=60, managed=True)

    with translation.override("en"):
        rows = task_rows(tool)
        told = trial_words(tool)

    assert [len(row.runs) for row in rows] == [0, 1, 0, 0, 0]
    assert "Write one post for two networks" in told


def test_tasks_are_timed_one_at_a_time_and_told(as_alice: Client, path: Path):
    keep_needs(path, needs=[], said="", set_weights=True)
    tool = path.tools.get(key="buffer")
    path.tools.filter(pk=tool.pk).update(considered=True)
    page = f"/path/choosing/tools/{tool.pk}/trial/"
    as_alice.post(f"{page}begin/", {"task": "Planifier"})
    as_alice.post(f"{page}begin/", {"task": "Autre chose"})
    run = TrialRun.objects.get()
    TrialRun.objects.update(began_at=timezone.now() - timedelta(seconds=95))
    as_alice.post(f"/path/choosing/trials/{run.pk}/end/", {"managed": "yes", "note": "facile"})

    assert TrialRun.objects.get().seconds in (95, 96)
    assert as_alice.post(f"/path/choosing/trials/{run.pk}/end/", {"managed": "no"}).status_code == 404
    assert "Planifier" in as_alice.get(page).content.decode()
    assert "Planifier: 1 min 35 s" in said(path) or "Planifier: 1 min 36 s" in said(path)


def test_the_quickest_managed_try_counts_and_giving_up_is_told(path: Path):
    keep_needs(path, needs=[], said="", set_weights=True)
    tool = path.tools.get(key="buffer")
    for seconds, managed in ((300, True), (40, False), (120, True)):
        run = begin_trial(tool, "A")
        end_trial(path, run.pk, managed=managed, note="", now=run.began_at + timedelta(seconds=seconds))
    run = begin_trial(tool, "B")
    end_trial(path, run.pk, managed=False, note="", now=run.began_at + timedelta(seconds=9))

    assert next(row for row in task_rows(tool) if row.task == "A").best.seconds == 120
    with translation.override("en"):
        assert trial_words(tool) == f"A: {span(120)}; B: not managed"


# --- Another tool -------------------------------------------------------------------------------------


def test_a_path_that_ends_in_none_of_them_goes_on_and_is_reported(as_alice: Client, path: Path):
    Decision.objects.create(path=path, outcome="none", reasons="Trop cher")
    page = "/path/learning/own/"
    values = filled(as_alice, page, None)
    values |= {
        "lessons-0-kind": "tutorial",
        "lessons-0-title": "Cours de Metricool",
        "lessons-0-done_on": "2026-11-20",
    }
    as_alice.post(page, values)
    table = (
        "Date;Réseau;Publication;Portée;J’aime\n"
        "25.11.2026;Instagram;Terrasse;1 200;40\n"
        "2026-11-26 09:00;Instagram;Bain;;12\n"
    )
    as_alice.post(f"{page}results/", {"table": SimpleUploadedFile("r.csv", table.encode("utf-8-sig"))})

    assert OwnLesson.objects.get().title == "Cours de Metricool"
    assert [row.figures for row in OwnResult.objects.all()] == [
        {"Portée": 1200, "J’aime": 40},
        {"J’aime": 12},
    ]
    text = said(path)
    assert "Tutorial “Cours de Metricool”: done on" in text
    assert (
        "Results brought in of Instagram, 2 posts: Portée 1200 (of 1 posts), J’aime 52 (of 2 posts)." in text
    )
    assert "Cours de Metricool" in as_alice.get("/path/report/").content.decode()


@pytest.mark.parametrize(
    "table",
    [
        b"",
        b"date,network",
        b"jour,nombre\n2026-11-25,3",
        b"date,network,reach\nhier,Instagram,3",
        b"date,network,reach\n0001-01-01,Instagram,3",
        b"date,network,reach\n2026-11-25,,3",
        b"date,network,reach\n2026-11-25,Instagram,beaucoup",
        b"\x00\xff\xfe",
        b"date,network,reach\n" + b"2026-11-25,Instagram,3\n" * 5001,
    ],
)
def test_a_table_that_cannot_be_read_leaves_what_was_there(path: Path, table: bytes):
    OwnResult.objects.create(path=path, day="2026-01-01", network="X")
    with pytest.raises(RuleError):
        bring_in_results(path, table)

    assert OwnResult.objects.count() == 1


def test_mallory_times_nothing_of_ours(client: Client, path: Path, mallory: User):
    keep_needs(path, needs=[], said="", set_weights=True)
    tool = path.tools.get(key="buffer")
    run = begin_trial(tool, "A")
    client.force_login(mallory)
    client.post("/path/begin/")

    assert client.get(f"/path/choosing/tools/{tool.pk}/trial/").status_code == 404
    assert client.post(f"/path/choosing/tools/{tool.pk}/trial/begin/", {"task": "x"}).status_code == 404
    assert client.post(f"/path/choosing/trials/{run.pk}/end/").status_code == 404
