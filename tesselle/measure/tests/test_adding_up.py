"""What the dashboards add up in the database, against the same sums in Python."""

import random
from datetime import timedelta
from statistics import median

import pytest

from tesselle.channels.models import Channel
from tesselle.domain.indicators import Base
from tesselle.measure import selectors
from tesselle.measure.adding_up import weeks
from tesselle.measure.models import Mark
from tesselle.measure.selectors import Window
from tesselle.measure.tests.factories import make_channel, make_counts, make_mark
from tesselle.workspaces.models import Workspace
from tests.plans import explained, keep_only


@pytest.fixture
def channels(workspace: Workspace) -> list[Channel]:
    """Two, with a dozen posts each over some four months; a few lack figures."""
    luck = random.Random(7)
    found = [make_channel(workspace, name) for name in ("carreaux", "atelier")]
    for n in range(24):
        counts = make_counts(luck.randrange(50)) if n % 6 else {"reactions": None}
        make_mark(found[n % 2], 8 + luck.random() * 120, followers=luck.randrange(1, 500), **counts)
    return found


@pytest.fixture
def window(workspace: Workspace) -> Window:
    return Window(days=40, age_days=7, now=workspace.now())


def test_each_span_of_each_channel_is_what_its_posts_make(channels: list[Channel], window: Window):
    found = selectors.summary([one.pk for one in channels], window, Base.FOLLOWERS)

    limits = {
        "now": (window.since, window.until),
        "before": (window.before, window.since),
        "quarter": (window.quarter, window.until),
    }
    assert len(found) == 9
    for (span, channel), summed in found.items():
        since, until = limits[span]
        marks = Mark.objects.filter(published_at__gte=since, published_at__lt=until)
        posts = list(marks if channel is None else marks.filter(channel=channel))
        told = [one.interactions for one in posts if one.interactions is not None]
        rates = [one.interactions / (one.followers or 0) for one in posts if one.interactions is not None]
        assert summed.marked == len(posts)
        assert (summed.with_interactions, summed.interactions) == (len(told), sum(told))
        assert summed.median_interactions == median(told)
        assert summed.median_rate == pytest.approx(median(rates))
        assert summed.with_reach == 0 and summed.median_reach is None


def test_only_what_is_wanted_is_added_up(channels: list[Channel], window: Window):
    ids = [one.pk for one in channels]

    found = selectors.summary(ids, window, Base.FOLLOWERS, whole=("quarter",), by_channel=("now",))

    assert set(found) == {("quarter", None), *(("now", one) for one in ids)}


def test_a_week_begins_on_the_monday_of_the_workspace(workspace: Workspace, channels: list[Channel]):
    """Sunday evening in Zurich is Monday in Auckland."""
    window = Window(days=365, age_days=7, now=workspace.now())
    ids = [one.pk for one in channels]
    for zone in ("Europe/Zurich", "Pacific/Auckland"):
        workspace.zone = zone
        expected: dict[object, int] = {}
        for mark in Mark.objects.all():
            day = mark.published_at.astimezone(workspace.tz).date()
            monday = day - timedelta(days=day.weekday())
            expected[monday] = expected.get(monday, 0) + 1

        found = weeks(workspace, ids, window)

        assert [(one.begins, one.posts) for one in found] == sorted(expected.items())


def test_years_of_posts_are_read_from_the_index_alone(channels: list[Channel], window: Window):
    """A dashboard of 100,000 posts read each of them from the table before: most of its time."""
    keep_only("mark_in_order", "measure_mark")

    with explained() as plans:
        selectors.summary([one.pk for one in channels], window, Base.REACH, 1)

    scans = [line for line in plans if "Scan" in line]
    assert len(scans) == 6
    assert [line for line in scans if "Index Only Scan using mark_in_order" not in line] == []
