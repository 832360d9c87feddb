from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tesselle.simulation.network import SimAccount, SimulatedNetwork
from tesselle.simulation.shelf import MemoryShelf

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def network() -> SimulatedNetwork:
    return SimulatedNetwork("toy", MemoryShelf(), lambda: NOW)


async def test_an_account_is_found_by_its_secret_and_no_longer_by_one_it_gave_up(network):
    alice = SimAccount("1", "alice", "Alice", secrets={"token": "old"})
    await network.add_account(alice)

    await network.add_account(replace(alice, secrets={"token": "new"}))

    assert await network.account_with("token", "old") is None
    found = await network.account_with("token", "new")
    assert found is not None
    assert found.id == "1"


async def test_an_empty_secret_finds_nobody(network):
    await network.add_account(SimAccount("1", "alice", "Alice", secrets={"token": ""}))

    assert await network.account_with("token", "") is None


async def test_the_posts_of_one_account_leave_out_those_of_another(network):
    await network.add_post(network.new_post("1", "alice", "Tiles"))
    await network.add_post(network.new_post("2", "bob", "Grout"))
    await network.save_post(network.new_post("3", "alice", "Mosaic"))

    assert [post.text for post in await network.posts("alice")] == ["Tiles", "Mosaic"]
    assert [post.text for post in await network.posts()] == ["Tiles", "Grout", "Mosaic"]


async def test_a_taken_id_changes_nothing(network):
    await network.add_post(network.new_post("1", "alice", "Tiles"))

    assert not await network.add_post(network.new_post("1", "alice", "Again"))
    assert [post.text for post in await network.truth()] == ["Tiles"]


async def test_replies_are_found_under_their_post_until_they_are_removed(network):
    await network.add_post(network.new_post("1", "alice", "Tiles"))
    await network.add_post(network.new_post("2", "bob", "Nice", parent_id="1"))
    await network.add_post(network.new_post("3", "bob", "Really", parent_id="1"))

    await network.remove_post("2")

    assert [post.text for post in await network.replies_to("1")] == ["Really"]


async def test_what_was_accepted_counts_removed_things_but_no_drafts(network):
    await network.add_post(network.new_post("1", "alice", "Tiles"))
    await network.add_post(network.new_post("2", "alice", "Not yet", draft=True))
    await network.remove_post("1")

    assert await network.accepted() == 1
    assert len(await network.truth()) == 2


async def test_a_post_that_is_hidden_for_a_while_is_in_the_truth_only(network):
    network.hide_new_for = 60
    await network.add_post(network.new_post("1", "alice", "Tiles"))

    assert await network.post("1") is None
    assert await network.posts("alice") == []
    assert [post.text for post in await network.truth()] == ["Tiles"]
