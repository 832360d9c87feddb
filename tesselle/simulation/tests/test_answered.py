"""The public takes note of who is answered: what follows, what does not, and that nothing earlier changes."""

import hashlib
import itertools
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.simulation.answered import GRIEVANCES, facts
from tesselle.simulation.audience import Audience
from tesselle.simulation.company import SimulatedCompany
from tesselle.simulation.hearing import heard_below
from tesselle.simulation.network import MESSAGE, SimAccount, SimPost, SimulatedNetwork
from tesselle.simulation.record import Record, begun_by, recorded
from tesselle.simulation.remarks import Remark
from tesselle.simulation.shelf import MemoryShelf
from tesselle.simulation.worlds import WORLDS

START = datetime(2027, 3, 1, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
END = START + 90 * DAY
LATER = START + 900 * DAY
COMPANY = SimulatedCompany(WORLDS["complaints"], "a", START)
ACCOUNT = SimAccount("1", "carreaux", "Carreaux", order=1)


def posted(number: int, days: float) -> SimPost:
    at = START + days * DAY
    record = {"channel": 1, "number": number, "earlier": 0}
    return SimPost(f"p{number}", "1", "Un chantier terminé", at, at, record=record)


POSTS = [posted(number, number) for number in range(20)]


def audience(network: str = "linkedin", **more: object) -> Audience:
    return Audience(network, replace(COMPANY, **more))  # type: ignore[arg-type]


def answer(number: int, line: str, at: datetime) -> SimPost:
    to = ("someone",) if line.startswith(MESSAGE) else ()
    return SimPost(f"a{number}", "1", "Merci, nous regardons.", at, at, parent_id=line, to=to)


def record_of(answers: Sequence[SimPost] = (), posts: Sequence[SimPost] = POSTS) -> Record:
    return recorded("1", [*posts, *answers], (), hears_messages=True)


def told(public: Audience, at: datetime, record: Record | None) -> object:
    """All that anybody can see of that account at that instant."""
    below = [(public(post, at, record).figures, public(post, at, record).comments) for post in POSTS]
    return below, public.followers(ACCOUNT, at, record), public.messages(ACCOUNT, at, record)


LINES = st.one_of(
    st.builds("p{}~{}".format, st.integers(0, 19), st.integers(1, 12)),
    st.builds("{}1~{}-{}".format, st.just(MESSAGE), st.integers(0, 11), st.integers(0, 3)),
)
HOURS = st.integers(0, 60 * 24)
GIVEN = st.lists(st.tuples(LINES, HOURS), max_size=25)


def answers_of(given: Sequence[tuple[str, int]]) -> list[SimPost]:
    return [answer(number, line, START + hours * HOUR) for number, (line, hours) in enumerate(given)]


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


def complaint_below(public: Audience) -> tuple[SimPost, int, datetime]:
    """The first below a post that has one only, of those that cost somebody."""
    for post in POSTS:
        heard = heard_below(public, post, END, None)
        found = [place for place, one in enumerate(heard, 1) if one.said.kind in GRIEVANCES]
        alone = record_of(posts=[post])
        if len(found) == 1 and public.resentment(1, END, replace_messages(alone)) > 3:
            return post, found[0], heard[found[0] - 1].post.created_at
    raise AssertionError("no such post")


def replace_messages(record: Record) -> Record:
    return replace(record, hears_messages=False)


@given(st.integers(0, 20 * 24))
def test_losses_begin_after_a_day_and_stop_with_the_answer(hours: int):
    public = audience(world=replace(WORLDS["complaints"], followers=20_000.0, resentment=4.0))
    post, place, at = complaint_below(public)
    answered_at = at + hours * HOUR + timedelta(minutes=1)
    silent = replace_messages(record_of(posts=[post]))
    heard = replace_messages(record_of([answer(0, f"{post.id}~{place}", answered_at)], [post]))
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


def test_a_post_that_is_taken_down_costs_no_more():
    public = audience()
    gone_at = START + 12 * DAY
    gone = [replace(post, removed=True, removed_at=gone_at) for post in POSTS]
    still, down = (replace_messages(record_of(posts=posts)) for posts in (POSTS[:12], gone[:12]))

    assert public.resentment(1, gone_at, down) == public.resentment(1, gone_at, still) > 0
    assert (
        public.resentment(1, END, down)
        == public.resentment(1, gone_at, down)
        < public.resentment(1, END, still)
    )


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


@pytest.mark.parametrize(
    ("line", "begun"),
    [
        ("p1~3", ("p1", "3")),
        ("at://did/app/1~300000003", ("at://did/app/1", "3")),
        ("p1~210000007", ("p1", "10000007")),
        ("message-7~3-1", ("message-7", "3-1")),
        ("message-7~3-1-2", ("message-7", "3-1")),
        ("p1", None),
        ("vid~3.000001", None),
    ],
)
def test_a_line_is_known_by_its_number(line: str, begun: tuple[str, str] | None):
    assert begun_by(line) == begun


async def test_a_network_shows_what_follows_an_answer_of_its_account():
    now = START
    network = SimulatedNetwork(
        "mastodon", MemoryShelf(), lambda: now, audience("mastodon", world=WORLDS["ordinary"])
    )
    for number in range(30):
        await network.add_account(SimAccount(str(number), f"carreaux{number}", "Carreaux"))
        await network.add_post(network.new_post(f"p{number}", str(number), "Un chantier terminé"))
    now = START + 2 * DAY
    answered = {}
    for number in range(30):
        for comment in await network.replies_to(f"p{number}"):
            given = network.new_post(f"a{comment.id}", str(number), "Merci", parent_id=comment.id)
            await network.add_post(given)
            answered[given.id] = comment
    assert not [one for given in answered for one in await network.replies_to(given)]

    now += 2 * DAY
    followed = {given: await network.replies_to(given) for given in answered}

    said = [one for lines in followed.values() for one in lines]
    assert len(said) > 5
    assert [await network.post(one.id) for one in said] == said
    assert {one.id for one in said} <= {one.id for one in await network.posts()}
    assert await network.remove_post(said[0].id)
    assert said[0].id not in [
        one.id for lines in [await network.replies_to(said[0].parent_id)] for one in lines
    ]


async def test_messages_go_on_after_an_answer_and_stay_between_the_two():
    now = START + 300 * DAY
    network = SimulatedNetwork("mastodon", MemoryShelf(), lambda: now, audience("mastodon"))
    for name in ("7", "8"):
        await network.add_account(SimAccount(name, f"tuiles{name}", "Tuiles"))
    first = {one.id: one for one in await network.messages("7")}
    for one in first.values():
        given = network.new_post(f"a{one.id}", "7", "Volontiers", parent_id=one.id, to=(one.account_id,))
        await network.add_post(given)

    now += 2 * DAY

    later = [one for one in await network.messages("7") if one.parent_id.startswith("a")]
    assert later
    assert all(one.to == ("7",) and one.parent_id.removeprefix("a") in first for one in later)
    assert [one.id for one in await network.replies_to(later[0].parent_id)] == [later[0].id]
    assert not [one for one in await network.messages("8") if one.parent_id]
    assert await network.post(later[0].id) == later[0]


async def test_an_answer_that_is_no_post_ends_the_waiting_and_where_nobody_can_answer_nobody_minds():
    now, public = END, audience(world=replace(WORLDS["complaints"], followers=20_000.0, resentment=4.0))
    post, _, _ = complaint_below(public)
    network = SimulatedNetwork("linkedin", MemoryShelf(), lambda: now, public)
    network.hears = lambda _account: frozenset({"comments"})
    await network.add_account(ACCOUNT)
    await network.add_post(post)
    silent = await network.record_of("1")
    assert silent is not None
    assert await network.record_of("1") is silent, "nothing was written between"
    for comment in await network.replies_to(post.id):
        now = comment.created_at + HOUR
        await network.note_answer("1", comment.id)
    now = END

    heard = await network.record_of("1")
    assert heard is not None
    assert public.resentment(1, END, silent) > public.resentment(1, END, heard) == 0
    assert all(one.parent_id.startswith(f"{post.id}~") for one in public(post, END, heard).followed)
    network.hears = lambda _account: frozenset()
    await network.add_account(SimAccount("2", "ailleurs", "Ailleurs"))
    assert await network.record_of("2") is None
