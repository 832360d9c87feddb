"""What the simulated public writes to an account alone."""

import hashlib
import json
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from tesselle.simulation.audience import Audience
from tesselle.simulation.company import SimulatedCompany
from tesselle.simulation.messages import Written
from tesselle.simulation.network import SimAccount, SimPost, SimulatedNetwork
from tesselle.simulation.remarks import kinds
from tesselle.simulation.shelf import MemoryShelf
from tesselle.simulation.telling import messages_told
from tesselle.simulation.worlds import WORLDS

BEGAN = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
YEARS = timedelta(weeks=150)


def audience(seed: str = "seed", world: str = "ordinary", language: str = "fr") -> Audience:
    return Audience("mastodon", SimulatedCompany(WORLDS[world], seed, BEGAN, language=language))


def written(now: datetime, **more: str) -> list[Written]:
    return list(audience(**more).written(1, now))


def test_the_same_seed_writes_the_same_messages_however_often_and_late_one_looks():
    public, end = audience(), BEGAN + timedelta(weeks=20)
    looked_often = [public.written(1, BEGAN + timedelta(days=day)) for day in range(140)]
    for look in looked_often:
        list(look)

    assert list(public.written(1, end)) == written(end)
    assert written(end) != written(end, seed="another")
    assert list(audience().written(2, end)) != written(end)


def test_none_is_seen_before_its_instant_and_they_stand_in_order():
    now = BEGAN + timedelta(weeks=10, hours=3)

    found = written(now)

    assert [one.at for one in found] == sorted(one.at for one in found)
    assert found[-1].at <= now
    assert found == written(now + timedelta(weeks=5))[: len(found)]
    assert len({one.number for one in found}) == len(found)


@pytest.mark.parametrize(("language", "other"), [("fr", "en"), ("en", "fr")])
def test_most_want_something_some_only_sell_and_a_few_speak_the_other_language(language, other):
    found = [one for seed in "abcde" for one in written(BEGAN + YEARS, seed=seed, language=language)]
    kinds_of = Counter(one.said.kind for one in found)
    share = {kind: count / len(found) for kind, count in kinds_of.items()}

    assert set(share) == set(kinds())
    assert max(share, key=lambda kind: share[kind]) == "price"
    assert 0.05 < share["spam"] < 0.2
    assert 0.05 < share["complaint"] < 0.2
    assert 0.05 < share["praise"] < 0.2
    assert 0.05 < sum(one.language == other for one in found) / len(found) < 0.2
    assert all(one.said.text.strip() and "{" not in one.said.text for one in found)


def test_so_many_that_a_small_company_can_answer_them():
    """One or two a week for a middling account, more for a large one, some for a tiny one."""
    ordinary = [len(written(BEGAN + YEARS, seed=seed)) / 150 for seed in "abcdefgh"]
    tiny = [len(written(BEGAN + YEARS, seed=seed, world="tiny")) / 150 for seed in "abcdefgh"]

    assert 1 < sum(ordinary) / 8 < 8
    assert 0.3 < sum(tiny) / 8 < 1.2


def test_while_a_complaint_goes_round_it_is_written_about_too():
    week = timedelta(weeks=1)
    wave = [
        one
        for seed in map(str, range(40))
        for one in written(BEGAN + 2 * week, seed=seed, world="complaints")
        if one.at >= BEGAN + week
    ]

    assert sum(one.said.kind == "complaint" for one in wave) / len(wave) > 0.5


def test_what_a_world_told_before_there_were_messages_it_still_tells():
    public, told = audience(), list[object]()
    list(public.written(1, BEGAN + YEARS))
    for day in range(30):
        at = BEGAN + timedelta(days=day)
        record = {"channel": 1, "number": day, "earlier": 0}
        reaction = public(
            SimPost(f"p{day}", "1", "Un chantier terminé", at, at, record=record), at + timedelta(days=7)
        )
        told.append([sorted(reaction.figures.items()), [comment.text for comment in reaction.comments]])
    told.append(public.followers(SimAccount("1", "x", "X", order=1), BEGAN + timedelta(weeks=9)))

    # Of 26 November 2026, by the simulation as it was before.
    assert hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16] == "aed9659526f049ed"


async def test_the_network_keeps_them_between_the_two():
    public = audience()
    clock = BEGAN + timedelta(weeks=20)
    network = SimulatedNetwork("mastodon", MemoryShelf(), lambda: clock, public)
    await network.add_account(SimAccount("7", "tuiles", "Tuiles"))
    await network.add_account(SimAccount("8", "other", "Other"))

    messages = await network.messages("7")

    assert len(messages) == len(list(public.written(1, clock)))
    assert {message.to for message in messages} == {("7",)}
    assert not {one.id for one in messages} & {one.id for one in await network.messages("8")}
    first = messages[0]
    assert await network.post(first.id) == first
    answer = network.new_post("900", "7", "Avec plaisir", parent_id=first.id, to=(first.account_id,))
    await network.add_post(answer)
    assert [one.id for one in await network.replies_to(first.id)] == ["900"]
    assert "900" in {one.id for one in await network.messages("7")}
    assert "900" not in {one.id for one in await network.messages("8")}


def test_the_truth_tells_what_each_really_is():
    told = messages_told(audience(), 1, BEGAN + timedelta(weeks=20))

    assert len(told) == len(written(BEGAN + timedelta(weeks=20)))
    assert set(told[0]) == {
        "network", "channel", "at", "language", "text", "kind", "sentiment", "needs_answer", "urgent",
    }  # fmt: skip
