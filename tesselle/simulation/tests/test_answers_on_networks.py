"""What a simulated network tells of answers: who gave them, what came of them, and whom they concern."""

from dataclasses import replace

import pytest

from tesselle.simulation.network import SimAccount, SimulatedNetwork
from tesselle.simulation.record import begun_by
from tesselle.simulation.shelf import MemoryShelf
from tesselle.simulation.tests.answers import ACCOUNT, DAY, END, HOUR, START, audience, complaint_below
from tesselle.simulation.worlds import WORLDS


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
