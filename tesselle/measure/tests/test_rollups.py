"""Figures kept at fixed ages: from readings as they come, and again from all snapshots."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tesselle.measure import rollups
from tesselle.measure.models import Mark, Series, Snapshot
from tesselle.measure.tests.factories import make_channel, make_counts, make_out
from tesselle.workspaces.models import Workspace

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def make_series(workspace: Workspace) -> Series:
    channel = make_channel(workspace)
    published_at = NOW - timedelta(days=30)
    return Series.objects.create(
        channel=channel, delivery=make_out(channel, published_at), published_at=published_at, followers=50
    )


def add_reading(series: Series, after: timedelta, **values: int) -> None:
    Snapshot.objects.create(series=series, at=series.published_at + after, values=values)


def test_a_mark_is_the_first_reading_at_the_age(workspace: Workspace):
    series = make_series(workspace)
    for hours, total in ((23, 3), (25, 5), (29, 6)):
        add_reading(series, timedelta(hours=hours), **make_counts(total))

    rollups.rebuild()

    mark = Mark.objects.get()
    assert (mark.age_days, mark.interactions, mark.followers) == (1, 5, 50)


def test_a_reading_that_came_too_late_stands_for_no_age(workspace: Workspace):
    series = make_series(workspace)
    add_reading(series, timedelta(days=2), **make_counts(9))

    rollups.rebuild()

    assert not Mark.objects.exists()


def test_a_reading_that_lacks_a_kind_has_no_sum(workspace: Workspace):
    series = make_series(workspace)
    add_reading(series, timedelta(days=7), reactions=4, comments=1)

    rollups.rebuild()

    mark = Mark.objects.get()
    assert (mark.interactions, mark.reactions, mark.shares) == (None, 4, None)


def test_built_again_nothing_is_counted_twice(workspace: Workspace):
    series = make_series(workspace)
    add_reading(series, timedelta(days=7), **make_counts(4))

    assert [rollups.rebuild(), rollups.rebuild()] == [1, 0]


@pytest.mark.parametrize("hours", [1, 24, 26, 100, 7 * 24, 28 * 24 + 5])
def test_what_is_kept_as_it_is_read_is_what_snapshots_give_later(workspace: Workspace, hours: int):
    series = make_series(workspace)
    at = series.published_at + timedelta(hours=hours)
    values = {**make_counts(7), "shares": 2}
    Snapshot.objects.create(series=series, at=at, values=values)

    rollups.rebuild()

    rows = rollups.marks(series.pk, "mastodon", series.published_at, at, values)
    kept = [(mark.age_days, mark.interactions, mark.reactions, mark.reach) for mark in Mark.objects.all()]
    assert kept == [(row["age_days"], row["interactions"], row["reactions"], row["reach"]) for row in rows]
    assert [datetime.fromisoformat(str(row["at"])) for row in rows] == [
        mark.read_at for mark in Mark.objects.all()
    ]
