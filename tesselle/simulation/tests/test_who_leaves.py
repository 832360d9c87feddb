"""A complaint that waits costs followers, for as long as it waits and no longer."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.simulation.answered import GRIEVANCES
from tesselle.simulation.hearing import heard_below
from tesselle.simulation.tests.answers import (
    ACCOUNT,
    DAY,
    END,
    HOUR,
    POSTS,
    START,
    answer,
    audience,
    complaint_below,
    record_of,
    without_messages,
)
from tesselle.simulation.worlds import WORLDS


def test_where_nothing_matters_nobody_leaves_and_nobody_is_drawn_in():
    still = audience(world=replace(WORLDS["complaints"], matters=0.0))
    quick = [answer(number, f"p{number}~1", post.visible_at + HOUR) for number, post in enumerate(POSTS)]

    assert still.resentment(1, END, record_of()) == still.waiting(1, END, record_of()) == 0
    direct = {
        one.id
        for post in POSTS
        for one in still(post, END, record_of(quick)).comments
        if one.parent_id == post.id
    }
    assert direct == {one.id for post in POSTS for one in still(post, END, None).comments}


@given(st.integers(0, 20 * 24))
def test_losses_begin_after_a_day_and_stop_with_the_answer(hours: int):
    public = audience(world=replace(WORLDS["complaints"], followers=20_000.0, resentment=4.0))
    post, place, at = complaint_below(public)
    answered_at = at + hours * HOUR + timedelta(minutes=1)
    silent = without_messages(record_of(posts=[post]))
    heard = without_messages(record_of([answer(0, f"{post.id}~{place}", answered_at)], [post]))
    # What somebody says who insists is a complaint of its own.
    insists = [
        one
        for one in heard_below(public, post, END, heard)
        if one.is_because_answered and one.said.kind in GRIEVANCES
    ]

    assert public.resentment(1, at + 23 * HOUR, silent) == 0
    assert public.resentment(1, answered_at, heard) == public.resentment(1, answered_at, silent)
    if not insists:
        assert public.resentment(1, END, heard) == public.resentment(1, answered_at, heard)
        assert public.waiting(1, END, heard) == 0
    if hours < 24 and not insists:
        assert public.resentment(1, END, heard) == 0
    assert public.resentment(1, END, silent) > 3


def test_many_complaints_leave_some_followers_and_who_has_left_sees_no_later_post():
    public, silent = audience(), record_of()
    lost, anyway = public.resentment(1, END, silent), public.followers(ACCOUNT, END)

    assert lost > 0
    assert 0.5 * anyway < public.followers(ACCOUNT, END, silent) < anyway
    last = POSTS[-1]
    assert public.fate(last, silent).log_mean < public.fate(last).log_mean
    assert public.fate(POSTS[0], silent) == public.fate(POSTS[0])


def test_a_demanding_public_resents_it_twice():
    lost = [
        audience(world=replace(WORLDS["complaints"], resentment=times)).resentment(1, END, record_of())
        for times in (1.0, 2.0)
    ]

    assert WORLDS["demanding"].resentment == 2
    assert lost[1] == pytest.approx(2 * lost[0], rel=0.3)


def test_a_post_that_is_taken_down_costs_no_more():
    public = audience()
    gone_at = START + 12 * DAY
    gone = [replace(post, removed=True, removed_at=gone_at) for post in POSTS]
    still, down = (without_messages(record_of(posts=posts)) for posts in (POSTS[:12], gone[:12]))

    assert public.resentment(1, gone_at, down) == public.resentment(1, gone_at, still) > 0
    assert (
        public.resentment(1, END, down)
        == public.resentment(1, gone_at, down)
        < public.resentment(1, END, still)
    )
