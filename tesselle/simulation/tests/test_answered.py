"""The public takes note of who is answered: what follows, what does not, and that nothing earlier changes."""

import hashlib
import itertools
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.simulation.answered import GRIEVANCES, facts
from tesselle.simulation.audience import Audience
from tesselle.simulation.hearing import heard_below
from tesselle.simulation.network import SimPost
from tesselle.simulation.record import Record, begun_by
from tesselle.simulation.remarks import Remark
from tesselle.simulation.tests.answers import (
    ACCOUNT,
    DAY,
    END,
    GIVEN,
    HOUR,
    HOURS,
    LATER,
    LINES,
    POSTS,
    START,
    answer,
    answers_of,
    audience,
    record_of,
    told,
)
from tesselle.simulation.worlds import WORLDS


@given(GIVEN, st.tuples(LINES, HOURS), st.integers(0, 60 * 24))
def test_an_answer_changes_nothing_that_was_before_it(
    given_ones: list[tuple[str, int]], last: tuple[str, int], looked: int
):
    before, one_more = record_of(answers_of(given_ones)), record_of(answers_of([*given_ones, last]))
    at = START + min(looked, last[1]) * HOUR

    assert told(audience(), at, one_more) == told(audience(), at, before)


@pytest.mark.parametrize("hours", [2, 30])
def test_a_second_answer_unsays_nothing(hours: int):
    public, first = audience(world=WORLDS["ordinary"]), list[SimPost]()
    for post in POSTS[:6]:
        for one in public(post, END).comments:
            first.append(answer(len(first), one.id, one.created_at + HOUR))
    second = [
        replace(one, id=f"b{one.id}", created_at=one.created_at + hours * HOUR, visible_at=one.created_at)
        for one in first
    ]

    once = record_of(first)
    for post in POSTS[:6]:
        for one in public(post, END, once).followed:
            early = [given for given in second if given.created_at < one.created_at]
            assert one in audience(world=WORLDS["ordinary"])(post, END, record_of([*first, *early])).followed
    last = min(one.created_at for one in second)
    assert told(public, last, record_of([*first, *second])) == told(public, last, once)


@given(GIVEN, HOURS, HOURS)
def test_a_later_look_goes_on_from_an_earlier_one(given_ones: list[tuple[str, int]], one: int, other: int):
    first, later = (START + hours * HOUR for hours in sorted((one, other)))
    record, asked = record_of(answers_of(given_ones)), audience()
    told(asked, later, record)  # whoever looked at the end first sees the same as whoever did not

    assert told(asked, first, record) == told(audience(), first, record)
    for post in POSTS:
        young, old = asked(post, first, record), asked(post, later, record)
        assert all(old.figures[name] >= count for name, count in young.figures.items())
        assert {line.id for line in young.comments} <= {line.id for line in old.comments}
        assert all(line.created_at <= later for line in old.comments)
        assert len({line.id for line in old.comments}) == len(old.comments)
    younger, older = (asked.messages(ACCOUNT, at, record) for at in (first, later))
    assert younger == tuple(one for one in older if one.created_at <= first)
    assert asked.resentment(1, first, record) <= asked.resentment(1, later, record)


@given(GIVEN, HOURS)
def test_what_is_known_of_the_future_changes_nothing(given_ones: list[tuple[str, int]], hours: int):
    """A network holds what was published and answered until now: no more is needed."""
    at, answers = START + hours * HOUR, answers_of(given_ones)
    until_now = record_of(
        [one for one in answers if one.created_at <= at], [one for one in POSTS if one.visible_at <= at]
    )

    whole, public = record_of(answers), audience()
    for post in until_now.posts:
        assert public(post, at, whole).figures == audience()(post, at, until_now).figures
    assert public.followers(ACCOUNT, at, whole) == audience().followers(ACCOUNT, at, until_now)


@pytest.mark.parametrize("network", ["linkedin", "mastodon"])
def test_without_an_answer_and_without_a_complaint_nothing_changes(network: str):
    calm = [
        seed
        for seed in map(str, range(60))
        if not any(
            one.said.kind in GRIEVANCES
            for public in [audience(network, seed=seed, world=WORLDS["tiny"])]
            for post in POSTS
            for one in heard_below(public, post, END, None)
        )
        and not any(
            one.said.kind in GRIEVANCES
            for one in audience(network, seed=seed, world=WORLDS["tiny"]).written(1, END)
        )
    ]

    assert len(calm) > 2
    for seed in calm:
        public = audience(network, seed=seed, world=WORLDS["tiny"])
        assert told(public, END, record_of()) == told(public, END, None)


@pytest.mark.parametrize("network", ["linkedin", "mastodon"])
def test_nobody_comes_back_for_ever(network: str):
    """Whoever is answered, days later, whenever they say something falls silent in the end."""
    public, answers = audience(network, world=replace(WORLDS["complaints"], resentment=0.0)), list[SimPost]()
    lengths = set[int]()
    for _ in range(facts()["longest"] + 3):
        record = record_of(answers)
        exchanges: dict[tuple[str, str] | None, list[SimPost]] = {}
        for line in (line for post in POSTS for line in public(post, LATER, record).comments):
            exchanges.setdefault(begun_by(line.id), []).append(line)
        lengths = {len(lines) for lines in exchanges.values()}
        lasts = [max(lines, key=lambda one: one.created_at) for lines in exchanges.values()]
        answers += [
            answer(len(answers) + place, last.id, last.created_at + 3 * DAY)
            for place, last in enumerate(lasts)
        ]

    assert max(lengths) == 1 + facts()["longest"]


def chains(network: str, hours: float = 1.0) -> tuple[Audience, Record, list[Remark]]:
    """Every comment of twenty posts answered; what is said to it."""
    public = audience(network, world=WORLDS["ordinary"])
    answers = [
        answer(100 * number + place, comment.id, comment.created_at + hours * HOUR)
        for number, post in enumerate(POSTS)
        for place, comment in enumerate(public(post, END).comments)
    ]
    record = record_of(answers)
    followed = [
        one.said
        for post in POSTS
        for one in heard_below(public, post, END, record)
        if one.is_because_answered and one.post.parent_id != post.id
    ]
    return public, record, followed


def test_what_follows_an_answer_suits_what_was_said_and_is_labelled():
    _, _, followed = chains("linkedin")
    kinds = {said.kind for said in followed}

    assert kinds == {"thanks", "question", "relieved", "insists"}
    assert {said.kind for said in followed if said.needs_answer} == {"question", "insists"}
    assert all(said.text and "{" not in said.text for said in followed)
    assert {said.sentiment for said in followed if said.kind == "insists"} == {-1}


def test_what_is_answered_later_is_not_answered_yet():
    public, record, _ = chains("linkedin", hours=5)
    for post in POSTS[:5]:
        for one in heard_below(public, post, END, record):
            if one.answered_at is not None:
                known = {
                    line.post.id: line for line in heard_below(public, post, one.answered_at - HOUR, record)
                }
                assert known[one.post.id].answered_at is None


def test_the_language_is_that_of_the_comment():
    french, english = (
        [
            one.said.text
            for post in POSTS
            for public in [audience(world=WORLDS["ordinary"], language=language)]
            for one in heard_below(public, post, END, chains("linkedin")[1])
            if one.is_because_answered and one.post.parent_id != post.id
        ]
        for language in ("fr", "en")
    )

    assert french and len(french) == len(english)
    assert not set(french) & set(english)


def test_whoever_waited_for_days_is_less_easily_relieved():
    share = {
        hours: sum(said.kind == "relieved" for said in grieved) / len(grieved)
        for hours in (1.0, 72.0)
        for grieved in [
            [said for seed in "abcdef" for said in grieved_after(seed, hours)],
        ]
    }

    assert share[72.0] < share[1.0] - 0.2


def grieved_after(seed: str, hours: float) -> list[Remark]:
    public = audience(seed=seed)
    answers = [
        answer(100 * number + place, one.post.id, one.post.created_at + hours * HOUR)
        for number, post in enumerate(POSTS)
        for place, one in enumerate(heard_below(public, post, END, None))
        if one.said.kind == "complaint"
    ]
    record = record_of(answers)
    return [
        one.said
        for post in POSTS
        for one in heard_below(public, post, END, record)
        if one.said.kind in {"relieved", "insists"} and one.post.id.endswith(tuple("0123456789"))
    ]


@pytest.mark.parametrize(("network", "beside"), [("facebook", True), ("linkedin", True), ("mastodon", False)])
def test_it_stands_where_the_network_puts_it(network: str, beside: bool):
    public, record, _ = chains(network)

    for post in POSTS:
        reaction = public(post, END, record)
        for line in reaction.followed:
            above = begun_by(line.id)
            assert above is not None
            assert line.parent_id == ("~".join(above) if beside else line.parent_id)
            assert line.parent_id.startswith("a") is not beside
        direct = sum(line.parent_id == post.id for line in reaction.comments)
        counted = reaction.figures["comments"] - (len(reaction.followed) if beside else 0)
        assert counted == direct


def test_quick_answers_bring_later_comments_and_late_ones_none():
    patient = replace(WORLDS["complaints"], resentment=0.0)
    publics = [audience(seed=seed, world=patient) for seed in "abcdefgh"]
    base = sum(len(public(post, END).comments) for public in publics for post in POSTS)

    def brought(hours: float) -> int:
        """When the first comment below each post is answered after so long."""
        total = 0
        for public in publics:
            firsts = [one for post in POSTS for one in public(post, END).comments[:1]]
            record = record_of(
                [answer(place, one.id, one.created_at + hours * HOUR) for place, one in enumerate(firsts)]
            )
            total += sum(
                one.is_because_answered and one.post.parent_id == post.id and "~1000" in one.post.id
                for post in POSTS
                for one in heard_below(public, post, END, record)
            )
        return total

    assert brought(2.1) == 0
    assert 0.1 < brought(0.5) / base < facts()["later_comments"]


@given(st.integers(0, 400), HOURS)
def test_answers_before_the_public_minds_them_and_older_complaints_count_for_nothing(begins: int, hours: int):
    since, at = START + begins * HOUR, START + hours * HOUR
    answers = answers_of([(f"p{number}~1", number * 24 + 1) for number in range(20)])
    young, silent = audience(minds_from=since), audience(minds_from=END)

    if at <= since:
        assert told(young, at, record_of(answers)) == told(audience(), at, None)
    assert told(silent, at, record_of(answers)) == told(audience(), at, None)


def test_a_seed_tells_what_it_told_before_answers_counted():
    """For whoever asks without a record: to the number, by the simulation as it was on 26 November 2026."""
    found: list[object] = []
    for network, world in itertools.product(("x", "facebook", "instagram", "linkedin", "mastodon"), WORLDS):
        public = audience(network, world=WORLDS[world], seed="b")
        for post in POSTS:
            for days in (0.1, 1, 7, 60):
                found.append(sorted(public(post, post.visible_at + days * DAY).figures.items()))
            comments = public(post, END).comments
            found.append([(one.id, one.text, one.created_at.isoformat(), one.account_id) for one in comments])
            found.append(public.log_mean(1, public.fate(post).post, post.visible_at, 1))
        found.append([public.followers(ACCOUNT, START + week * 7 * DAY) for week in range(80)])
        found.append([(one.number, one.at.isoformat(), one.said.text) for one in public.written(1, END)])

    assert hashlib.sha256(json.dumps(found).encode()).hexdigest()[:16] == "f664e8adbb7077c9"
