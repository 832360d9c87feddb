"""Planned against actual hours; each minute is counted once."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tesselle.academy.dates import length
from tesselle.academy.models import Difficulty, Path, TimeEntry
from tesselle.academy.time.account import account_of
from tesselle.academy.time.seen import seen
from tesselle.academy.time.services import MOST_MINUTES, measured, start_stopwatch, stop_stopwatch
from tesselle.domain.errors import RuleError
from tesselle.journal.models import Entry
from tesselle.workspaces.models import User

PAGE = "/path/time/"
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@given(st.timedeltas(timedelta(-5), timedelta(30)))
def test_a_stopwatch_measures_from_a_minute_to_a_day(gone):
    assert 1 <= measured(NOON, NOON + gone) <= MOST_MINUTES


def test_half_an_hour_is_half_an_hour():
    assert measured(NOON, NOON + timedelta(minutes=30, seconds=20)) == 30


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (95, "1 h 35"), (-65, "−1 h 05")]
)
def test_lengths_as_they_are_read(minutes: int, words: str):
    assert length(minutes).replace("\xa0", " ") == words


def test_the_stopwatch_is_started_once_and_stopped_once(path: Path):
    start_stopwatch(path, activity="Lire", phase=None)
    with pytest.raises(RuleError):
        start_stopwatch(path, activity="Écrire", phase=None)
    TimeEntry.objects.update(began_at=timezone.now() - timedelta(minutes=12))

    entry = stop_stopwatch(path)

    assert entry is not None
    assert (entry.activity, entry.minutes) == ("Lire", 12)
    assert stop_stopwatch(path) is None
    assert Entry.objects.get(verb="path.time_added").params == {"minutes": 12}


def test_the_pages_buttons_start_and_stop_it(as_alice: Client, path: Path):
    as_alice.post(
        reverse("academy:start_watch"), {"activity": "Essayer Buffer", "phase": path.phases.first().pk}
    )
    running = as_alice.get(PAGE).content.decode()
    as_alice.post(reverse("academy:stop_watch"))

    assert "Essayer Buffer" in running
    assert TimeEntry.objects.get().minutes == 1


def test_time_is_added_by_hand_and_taken_away(as_alice: Client, path: Path):
    sent = {"entry-activity": "Cours", "entry-day": "2026-11-20", "entry-minutes": "90"}
    as_alice.post(reverse("academy:add_time"), sent)
    entry = TimeEntry.objects.get()
    local = entry.began_at.astimezone(path.workspace.tz)
    as_alice.post(reverse("academy:remove_time", args=[entry.pk]))

    assert (entry.minutes, f"{local:%Y-%m-%d}", entry.by_stopwatch) == (90, "2026-11-20", False)
    assert not TimeEntry.objects.exists()
    assert Entry.objects.filter(verb="path.time_removed").exists()


@pytest.mark.parametrize("minutes", ["0", "-5", "1441", "", "viel"])
def test_minutes_that_are_none_are_refused(as_alice: Client, path: Path, minutes: str):
    sent = {"entry-activity": "Cours", "entry-day": "2026-11-20", "entry-minutes": minutes}

    assert as_alice.post(reverse("academy:add_time"), sent).status_code == 422
    assert not TimeEntry.objects.exists()


def test_the_account_counts_each_entry_in_its_phase(path: Path):
    first, second = path.phases.all()[:2]
    for phase, minutes in ((first, 60), (first, 30), (second, 10), (None, 5)):
        TimeEntry.objects.create(path=path, phase=phase, activity="x", began_at=NOON, minutes=minutes)
    start_stopwatch(path, activity="y", phase=first)

    account = account_of(path, "none", "all")

    assert [row.actual for row in account.rows] == [90, 10, 0, 0, 5]
    assert (account.total.planned, account.total.actual) == (36 * 60, 105)


def test_a_phase_taken_away_keeps_its_minutes(path: Path):
    phase = path.phases.first()
    TimeEntry.objects.create(path=path, phase=phase, activity="x", began_at=NOON, minutes=60)
    phase.delete()

    assert account_of(path, "none", "all").total.actual == 60


def test_a_gap_asks_for_an_explanation_until_there_is_one(as_alice: Client, path: Path):
    phase = path.phases.get(planned_minutes=180)
    TimeEntry.objects.create(path=path, phase=phase, activity="x", began_at=NOON, minutes=400)
    before = account_of(path, "none", "all").rows[1].needs_explaining

    as_alice.post(
        reverse("academy:explain_gap", args=[phase.pk]), {f"phase{phase.pk}-explanation": "Prix opaques"}
    )

    assert before
    assert not account_of(path, "none", "all").rows[1].needs_explaining
    assert "Prix opaques" in as_alice.get(PAGE).content.decode()


def test_difficulties_are_noted_and_later_overcome(as_alice: Client, path: Path):
    sent = {"difficulty-met_on": "2026-11-20", "difficulty-what": "Jeton perdu"}
    as_alice.post(reverse("academy:note_difficulty"), sent)
    kept = Difficulty.objects.get()
    page = reverse("academy:difficulty", args=[kept.pk])
    as_alice.post(page, {"met_on": "2026-11-20", "what": "Jeton perdu", "overcome": "Reconnecté"})

    kept.refresh_from_db()
    assert kept.overcome == "Reconnecté"
    assert Entry.objects.filter(verb="path.difficulty_noted").count() == 1


def test_one_difficulty_is_the_greatest(as_alice: Client, path: Path):
    for what in ("a", "b"):
        sent = {"difficulty-met_on": "2026-11-20", "difficulty-what": what, "difficulty-is_greatest": "on"}
        as_alice.post(reverse("academy:note_difficulty"), sent)

    assert [one.what for one in Difficulty.objects.filter(is_greatest=True)] == ["b"]


def trace(path: Path, ago: float, **other: object) -> None:
    """So many minutes ago, by its person."""
    told = {"workspace_id": path.workspace_id, "actor_id": path.person_id, "verb": "post.saved", **other}
    entry = Entry.objects.create(**told)
    Entry.objects.filter(pk=entry.pk).update(at=timezone.now() - timedelta(minutes=ago))


@pytest.fixture
def worked(path: Path) -> Path:
    """An hour and a quarter in two sittings, beside what is none of it."""
    Path.objects.filter(pk=path.pk).update(begun_at=timezone.now() - timedelta(days=20))
    Entry.objects.all().delete()
    for ago in (300, 285, 270, 255, 100, 85, 70):
        trace(path, ago)
    trace(path, 200)  # one thing alone is no sitting
    for ago in (15 * 24 * 60, 15 * 24 * 60 - 15):
        trace(path, ago)  # too long ago
    trace(path, 240, actor_id=path.person_id + 1)
    trace(path, 60, subject_kind="delivery")  # by the practice clock
    trace(path, 55, workspace_id=path.workspace_id + 1000)
    path.refresh_from_db()
    return path


def test_sittings_are_seen_in_the_journal_of_ones_own_work(worked: Path):
    assert [(one.minutes, one.steps) for one in seen(worked)] == [(30, 3), (45, 4)]


def test_what_was_measured_by_the_stopwatch_is_not_suggested_again(worked: Path):
    began = timezone.now() - timedelta(minutes=105)
    TimeEntry.objects.create(path=worked, activity="x", began_at=began, minutes=50, by_stopwatch=True)

    assert [one.minutes for one in seen(worked)] == [45]


def test_a_sitting_that_runs_into_measured_time_is_suggested_up_to_it(path: Path):
    """Whoever chose a tool for an hour and then went on by the stopwatch did work for an hour before."""
    Path.objects.filter(pk=path.pk).update(begun_at=timezone.now() - timedelta(days=1))
    path.refresh_from_db()
    Entry.objects.all().delete()
    for ago in (120, 105, 90, 80, 70, 55, 40):
        trace(path, ago)
    began = timezone.now() - timedelta(minutes=85)
    TimeEntry.objects.create(path=path, activity="x", began_at=began, minutes=20, by_stopwatch=True)

    assert [(one.minutes, one.steps) for one in seen(path)] == [(15, 2), (30, 3)]


def test_a_sitting_is_suggested_only_when_asked_for_and_taken_over_once(as_alice: Client, worked: Path):
    assert 'name="began"' not in as_alice.get(PAGE).content.decode()
    page = as_alice.get(f"{PAGE}?seen=yes").content.decode()
    [began, _] = re.findall(r'name="began" value="([^"]+)"', page)
    sent = {"form": "seen0", "began": began, "seen0-activity": "Écrire", "seen0-phase": ""}

    for _ in range(2):
        as_alice.post(f"{PAGE}seen/", sent)
    as_alice.post(f"{PAGE}seen/", {**sent, "began": "yesterday"})
    as_alice.post(f"{PAGE}seen/", {**sent, "seen0-activity": ""})

    entry = TimeEntry.objects.get()
    assert (entry.activity, entry.minutes, entry.by_stopwatch) == ("Écrire", 30, True)
    assert as_alice.get(f"{PAGE}?seen=yes").content.decode().count('name="began"') == 1


def test_a_phase_without_any_time_can_be_explained(as_alice: Client, path: Path):
    phase = path.phases.last()
    assert phase is not None
    as_alice.post(
        reverse("academy:explain_gap", args=[phase.pk]), {f"phase{phase.pk}-explanation": "Malade."}
    )

    page = as_alice.get(PAGE).content.decode()
    assert "Malade." in page
    assert page.count("-explanation") >= path.phases.count()


def test_mallory_takes_none_of_our_sittings(client: Client, worked: Path, mallory: User):
    client.force_login(mallory)
    sent = {
        "form": "seen0",
        "began": seen(worked)[0].began.isoformat(),
        "seen0-activity": "x",
        "seen0-phase": "",
    }
    assert client.post(f"{PAGE}seen/", sent).status_code == 404
    client.post("/path/begin/")
    client.post(f"{PAGE}seen/", sent)

    assert not TimeEntry.objects.exists()
    assert 'name="began"' not in client.get(f"{PAGE}?seen=yes").content.decode()


def test_mallory_changes_nothing_of_our_time(client: Client, path: Path, mallory: User):
    entry = TimeEntry.objects.create(path=path, activity="x", began_at=NOON, minutes=60)
    difficulty = Difficulty.objects.create(path=path, met_on=NOON.date(), what="y")
    phase = path.phases.first()
    client.force_login(mallory)
    client.post("/path/begin/")

    assert client.post(reverse("academy:remove_time", args=[entry.pk])).status_code == 404
    assert client.post(reverse("academy:explain_gap", args=[phase.pk])).status_code == 404
    assert client.get(reverse("academy:difficulty", args=[difficulty.pk])).status_code == 404
    # A phase of ours is none of hers to note time for.
    sent = {"activity": "z", "phase": str(phase.pk)}
    assert client.post(reverse("academy:start_watch"), sent).status_code == 422
    assert TimeEntry.objects.get() == entry
