"""Remembered weeks of marks: always what the marks are now, whatever came, changed or went, and read once."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from statistics import median
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tesselle.channels.models import Channel
from tesselle.domain.indicators import LATE_SHARE, Base
from tesselle.measure import rollups, selectors
from tesselle.measure.adding_up import summaries
from tesselle.measure.models import Mark, Series, Snapshot
from tesselle.measure.selectors import SPANS, Window
from tesselle.measure.tests.factories import make_channel, make_counts, make_mark, make_out
from tesselle.strategy.models import Pillar
from tesselle.workspaces.models import Workspace

WANTED: Mapping[Any, Any] = dict.fromkeys(("", "channel", "pillar", "campaign"), SPANS)


@dataclass
class Company:
    workspace: Workspace
    channels: list[Channel]
    pillars: list[Pillar]
    window: Window

    @classmethod
    def founded(cls) -> "Company":
        workspace = Workspace.objects.create(name="Atelier")
        channels = [make_channel(workspace, name) for name in ("carreaux", "atelier")]
        pillars = [Pillar.objects.create(workspace=workspace, name=name) for name in ("Métier", "Chantier")]
        return cls(workspace, channels, pillars, Window(days=12, age_days=7, now=workspace.now()))

    @property
    def ids(self) -> list[int]:
        return [one.pk for one in self.channels]

    def act(self, what: str, chance: Random) -> None:
        marks = list(Mark.objects.order_by("pk"))
        one = chance.choice(marks) if marks else None
        match what:
            case "comes":
                counts = make_counts(chance.randrange(40)) if chance.random() < 0.8 else {"reactions": None}
                followers = chance.choice([None, 0, 300, 411])
                reach = chance.choice([None, chance.randrange(900)])
                make_mark(
                    chance.choice(self.channels),
                    7 + chance.random() * 28,
                    followers=followers,
                    reach=reach,
                    **counts,
                )
            case "changes" if one is not None:
                Mark.objects.filter(pk=one.pk).update(interactions=chance.choice([None, 7, 8000]))
            case "aims" if one is not None:
                post = one.series.delivery.post
                post.pillar = chance.choice([None, *Pillar.objects.order_by("pk")])
                post.save()
                rollups.follow_aim(post.pk)
            case "pillar goes":
                Pillar.objects.filter(pk=chance.choice(self.pillars).pk).delete()
            case "goes" if one is not None:
                one.series.delivery.delete()

    def check(self) -> None:
        """Against the database's own sums, and against each mark by itself."""
        for base in Base:
            found = summaries(self.workspace, self.ids, self.window, base, WANTED)
            assert {**found[""], **found["channel"]} == selectors.summary(self.ids, self.window, base)
        limits = {
            "now": (self.window.since, self.window.until),
            "before": (self.window.before, self.window.since),
            "quarter": (self.window.quarter, self.window.until),
        }
        for by in ("pillar", "campaign"):
            expected = {
                (span, of): told_of(marks)
                for span, (since, until) in limits.items()
                for of, marks in grouped(by, since, until).items()
            }
            assert {
                key: (one.marked, one.interactions, one.median_interactions) for key, one in found[by].items()
            } == expected


def grouped(by: str, since: datetime, until: datetime) -> dict[int | None, list[Mark]]:
    groups: dict[int | None, list[Mark]] = {}
    for mark in Mark.objects.filter(age_days=7, published_at__gte=since, published_at__lt=until):
        groups.setdefault(getattr(mark, f"{by}_id"), []).append(mark)
    return groups


def told_of(marks: Iterable[Mark]) -> tuple[int, int | None, float | None]:
    told = [one.interactions for one in marks]
    counts = [one for one in told if one is not None]
    return len(told), sum(counts) if counts else None, median(counts) if counts else None


class WhateverBecomesOfMarks(TestCase):
    ACTS = st.lists(
        st.sampled_from(["comes", "comes", "changes", "changes", "aims", "pillar goes", "goes"]), max_size=8
    )

    @given(ACTS, st.randoms(use_true_random=False))
    @settings(max_examples=25)
    def test_the_sums_are_those_of_the_marks_there_are(self, acts: list[str], chance: Random):
        company = Company.founded()
        for act in acts:
            company.act(act, chance)
            company.check()

    @given(st.lists(st.tuples(st.integers(0, 2), st.integers(100, 240), st.integers(0, 50)), max_size=9))
    @settings(max_examples=20)
    def test_they_are_those_of_the_raw_readings_in_whatever_order_these_come(
        self, readings: list[tuple[int, int, int]]
    ):
        """Of each post the first reading of its eighth day; read by hours after publication."""
        company = Company.founded()
        published = company.window.until - timedelta(days=3)
        series = [
            Series.objects.create(
                channel=channel, delivery=make_out(channel, published), published_at=published
            )
            for channel in (*company.channels, company.channels[0])
        ]
        for post, hours, total in readings:
            at = published + timedelta(hours=hours)
            Snapshot.objects.create(series=series[post], at=at, values=make_counts(total))
            summaries(company.workspace, company.ids, company.window, Base.REACH, WANTED)
        rollups.rebuild()

        found = summaries(company.workspace, company.ids, company.window, Base.REACH, WANTED)

        first: dict[int, tuple[datetime, int]] = {}
        for one in Snapshot.objects.order_by("-at", "-pk"):
            age = one.at - published
            if timedelta(days=7) <= age <= timedelta(days=7 * (1 + LATE_SHARE)):
                first[one.series_id] = one.at, one.values["reactions"]
        told = [count for _at, count in first.values()]
        summed = found[""].get(("now", None), selectors.NOTHING)
        if len({(post, hours) for post, hours, _total in readings}) == len(readings):
            assert (summed.marked, summed.interactions or 0) == (len(told), sum(told))


@pytest.fixture
def company(db: None) -> Company:
    found = Company.founded()
    for days in (8, 16, 24, 31):
        make_mark(found.channels[0], days, **make_counts(days))
    return found


def asked(company: Company) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        summaries(company.workspace, company.ids, company.window, Base.FOLLOWERS, WANTED)
    return [query["sql"] for query in captured.captured_queries]


def weeks_in(question: str) -> list[str]:
    found = re.search(r"unnest\('\{([^}]*)\}'", question)
    assert found is not None
    return found[1].split(",")


def test_weeks_are_read_once_and_only_those_again_that_changed(company: Company):
    first, second = asked(company), asked(company)
    mark = Mark.objects.latest("published_at")
    Mark.objects.filter(pk=mark.pk).update(reach=12)
    third = asked(company)

    assert (len(first), len(second), len(third)) == (2, 1, 2)
    assert (len(weeks_in(first[1])), len(weeks_in(third[1]))) == (4, 1)


def test_what_was_taken_back_is_not_remembered(company: Company):
    before = summaries(company.workspace, company.ids, company.window, Base.FOLLOWERS, WANTED)
    with transaction.atomic():
        Mark.objects.update(interactions=1)
        during = summaries(company.workspace, company.ids, company.window, Base.FOLLOWERS, WANTED)
        transaction.set_rollback(True)

    assert during != before
    assert summaries(company.workspace, company.ids, company.window, Base.FOLLOWERS, WANTED) == before


def test_another_age_or_workspace_leaves_the_stamps_alone(company: Company):
    asked(company)
    make_mark(company.channels[0], 9, age_days=1, **make_counts(3))
    make_mark(make_channel(Workspace.objects.create(name="Voisins")), 9, **make_counts(3))

    assert len(asked(company)) == 1


def test_a_channel_that_is_left_out_is_not_in_the_sums(company: Company):
    make_mark(company.channels[1], 9, **make_counts(50))

    for ids in ([company.ids[0]], [company.ids[1]], company.ids):
        found = summaries(company.workspace, ids, company.window, Base.FOLLOWERS, WANTED)
        assert {**found[""], **found["channel"]} == selectors.summary(ids, company.window, Base.FOLLOWERS)


def test_nothing_stays_of_a_workspace_that_is_gone(db: None):
    workspace = Workspace.objects.create(name="Fini")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO measure_markweek (workspace_id, age_days, week) VALUES (%s, 7, '2026-11-02')",
            [workspace.pk],
        )
        pk = workspace.pk
        workspace.delete()
        cursor.execute("SELECT count(*) FROM measure_markweek WHERE workspace_id = %s", [pk])
        assert cursor.fetchone() == (0,)
