"""The public is the same however often, whenever and in whatever order it is looked at."""

import itertools
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.simulation.audience import Audience
from tesselle.simulation.company import SimulatedCompany
from tesselle.simulation.composition import composition_of, theme_of
from tesselle.simulation.network import SimAccount, SimPost, SimulatedNetwork
from tesselle.simulation.remarks import kinds, remark
from tesselle.simulation.shelf import MemoryShelf
from tesselle.simulation.worlds import WORLDS

START = datetime(2027, 3, 1, 9, tzinfo=UTC)
COMPANY = SimulatedCompany(WORLDS["ordinary"], "a", START)
AGES = [timedelta(hours=hours) for hours in (0, 0.5, 3, 24, 24 * 7, 24 * 60)]


def _post(number: int, **more: object) -> SimPost:
    record = {"channel": 1, "number": number, "earlier": 0}
    return SimPost(f"p{number}", "1", "Un chantier terminé", START, START, **{"record": record, **more})  # type: ignore[arg-type]


POSTS = [_post(number) for number in range(60)]


def _audience(network: str = "mastodon", **more: object) -> Audience:
    return Audience(network, replace(COMPANY, **more))  # type: ignore[arg-type]


def test_figures_depend_on_nothing_but_seed_record_and_instant():
    moments = [(post, START + age) for post in POSTS for age in AGES]
    in_order = {(post.id, at): _told(_audience(), post, at) for post, at in moments}
    random.Random(7).shuffle(moments)
    asked_often = _audience()
    again = {(post.id, at): _told(asked_often, post, at) for post, at in moments}

    assert again == in_order
    assert in_order != {(post.id, at): _told(_audience(seed="b"), post, at) for post, at in moments}


def _told(audience: Audience, post: SimPost, at: datetime) -> tuple[object, object]:
    reaction = audience(post, at)
    return reaction.figures, reaction.comments


def test_a_film_is_begun_by_some_and_watched_for_a_while_and_a_picture_is_not():
    film, picture = (_post(1, media=({"mime": mime, "alt": ""},)) for mime in ("video/mp4", "image/jpeg"))

    seen, looked_at = (_audience()(post, START + AGES[5]).figures for post in (film, picture))

    assert 0 < seen["video_views"] < seen["impressions"]
    assert seen["watch_time"] > seen["video_views"]
    assert not {"video_views", "watch_time"} & set(looked_at)


def test_who_asks_for_figures_only_has_no_comment_written(monkeypatch: pytest.MonkeyPatch):
    written: list[object] = []
    monkeypatch.setattr(
        "tesselle.simulation.comments.remark", lambda *a, **b: written.append(a) or remark(*a, **b)
    )

    told = _audience("linkedin")(POSTS[0], START + AGES[5])

    assert told.figures["comments"] > 0
    assert written == []
    assert len(told.comments) == len(written) == told.figures["comments"]


def test_the_networks_own_ids_are_of_no_account():
    elsewhere = [replace(post, id=f"at://other/{post.id}") for post in POSTS]

    assert [_audience()(post, START + AGES[4]).figures for post in elsewhere] == [
        _audience()(post, START + AGES[4]).figures for post in POSTS
    ]


def test_counts_begin_at_nothing_never_shrink_and_agree_with_one_another():
    audience = _audience(seed="c")
    for post in POSTS:
        told = [audience(post, START + age) for age in AGES]
        assert set(told[0].figures.values()) == {0}
        for younger, older in itertools.pairwise(told):
            assert all(older.figures[name] >= count for name, count in younger.figures.items())
            assert older.comments[: len(younger.comments)] == younger.comments
        fate = audience.fate(post)
        assert sum(fate.of_kind.values()) == fate.interactions <= fate.reach


def test_every_counted_comment_can_be_read_lies_in_the_past_and_has_its_truth():
    audience, now = _audience("linkedin"), START + timedelta(days=3)
    told = [audience(post, now) for post in POSTS]
    meant = [list(audience.remarks(post, len(one.comments))) for post, one in zip(POSTS, told, strict=True)]

    assert [len(one.comments) for one in told] == [one.figures["comments"] for one in told]
    assert all(START <= comment.created_at <= now for one in told for comment in one.comments)
    assert [[c.text for c in one.comments] for one in told] == [[m.text for m in each] for each in meant]
    assert {remark.kind for each in meant for remark in each} == set(kinds())
    assert not any(
        "truth" in comment.data or "kind" in comment.data for one in told for comment in one.comments
    )
    assert "{" not in "".join(remark.text for each in meant for remark in each)


def test_the_public_speaks_the_companys_language():
    posts, end = POSTS[:20], START + timedelta(days=90)
    french, english = _audience("linkedin"), _audience("linkedin", language="en")

    for post in posts:
        pairs = zip(french(post, end).comments, english(post, end).comments, strict=True)
        assert all(ours.text != theirs.text for ours, theirs in pairs)


@given(st.integers(0, 200), st.integers(0, 200))
def test_followers_are_those_of_the_day_whatever_was_asked_before(first: int, second: int):
    account, asked = SimAccount("1", "carreaux", "Carreaux", order=1), _audience()
    asked.followers(account, START + timedelta(days=first))

    at = START + timedelta(days=second)
    assert asked.followers(account, at) == _audience().followers(account, at)


def test_the_hour_and_the_second_post_of_a_day_count():
    audience = _audience(world=WORLDS["demanding"])
    made = audience.fate(POSTS[0]).post
    truth = audience.truth(1)
    best, worst = (choose(range(168), key=lambda slot: truth.timing[slot]) for choose in (max, min))
    monday = datetime(2027, 3, 8, 0, 30, tzinfo=UTC) - timedelta(hours=1)  # midnight in Zurich

    at_best, at_worst = (
        audience.log_mean(1, made, monday + timedelta(hours=slot), 0) for slot in (best, worst)
    )
    assert at_best > at_worst
    assert audience.log_mean(1, made, monday, 1) == pytest.approx(audience.log_mean(1, made, monday, 0) - 0.3)


@pytest.mark.parametrize("more", [{"draft": True}, {"removed": True}, {"parent_id": "p1"}])
def test_nobody_reacts_to_what_is_no_public_post(more: dict[str, object]):
    assert _audience()(_post(1, **more), START + timedelta(days=30)).figures == {}


@pytest.mark.parametrize(
    ("mimes", "text", "made"),
    [
        ((), "Bonjour", "text"),
        (("image/jpeg",), "Bonjour", "image"),
        (("image/jpeg", "image/png"), "Bonjour", "carousel"),
        (("video/mp4",), "Bonjour https://a.example", "video"),
        ((), "Voyez https://a.example/?q=1", "link"),
    ],
)
def test_what_a_post_is_made_of_is_read_from_it(mimes: tuple[str, ...], text: str, made: str):
    post = SimPost("1", "1", text, START, START, media=tuple({"mime": mime} for mime in mimes))

    found = composition_of(post, "facebook")
    assert found.format == made
    assert found.flags == ({"link"} if "https" in text else set())


def test_a_theme_is_told_by_its_words():
    assert theme_of("Le conseil du mardi : comment choisir un joint") == "advice"
    assert theme_of("Before and after: the finished bathroom") == "work"
    assert theme_of("Rien de tout cela") == "other"


async def test_a_network_writes_down_a_posts_place_once_it_is_public():
    now = START
    network = SimulatedNetwork("mastodon", MemoryShelf(), lambda: now, _audience())
    for account in ("1", "2"):
        await network.add_account(SimAccount(account, account, account))
    await network.add_post(network.new_post("draft", "2", "Brouillon", draft=True))
    await network.add_post(network.new_post("first", "2", "Un"))
    now += timedelta(hours=20)
    await network.save_post(replace(network.new_post("draft", "2", "Brouillon"), draft=False))
    now += timedelta(hours=20)
    await network.add_post(network.new_post("third", "2", "Trois"))
    await network.remove_post("third")
    await network.add_account(SimAccount("2", "autre", "Autre nom"))

    records = {post.id: post.record for post in await network.truth()}
    assert records == {
        "first": {"channel": 2, "number": 1, "earlier": 0},
        "draft": {"channel": 2, "number": 2, "earlier": 1},
        "third": {"channel": 2, "number": 3, "earlier": 1},
    }
    renamed = await network.account("2")
    assert renamed is not None
    assert renamed.order == 2


async def test_a_network_shows_the_audience_to_readers_and_keeps_it_out_of_the_truth():
    now = START + timedelta(days=9)
    network = SimulatedNetwork("linkedin", MemoryShelf(), lambda: now, _audience("linkedin"))
    await network.add_account(SimAccount("1", "carreaux", "Carreaux"))
    for post in POSTS:
        await network.add_post(post)
    read = [post for post in await network.posts("1") if post.figures["comments"]]
    comments = await network.replies_to(read[0].id)

    assert len(comments) == read[0].figures["comments"]
    assert await network.post(comments[0].id) == comments[0]
    assert await network.account(comments[0].account_id) is not None
    assert comments[0] in await network.posts()
    assert len(await network.truth()) == len(POSTS)
    assert await network.remove_post(comments[0].id)
    assert comments[0].id not in [one.id for one in await network.replies_to(read[0].id)]
