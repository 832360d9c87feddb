"""What is told of a practice world is what its networks will show."""

from datetime import timedelta
from functools import partial

import pytest
from asgiref.sync import async_to_sync

from tesselle.networks import slugs
from tesselle.ops.commands.sandbox import _lines
from tesselle.sandbox.accounts import connect_simulated
from tesselle.sandbox.models import SeededWorld
from tesselle.sandbox.practice import practice_world
from tesselle.sandbox.truth import expected_of, truth_of
from tesselle.workspaces.models import User, Workspace

pytestmark = pytest.mark.django_db(transaction=True)

LATER = timedelta(days=400)


async def _posted(workspace: Workspace, texts: list[str]) -> None:
    world = practice_world(workspace.world)
    await world.look_at_clock()
    network = world.network("mastodon")
    (account,) = await network.accounts()
    for number, text in enumerate(texts):
        await network.add_post(network.new_post(str(number), account.id, text))


async def _read(workspace: Workspace) -> list[dict[str, int]]:
    world = practice_world(workspace.world)
    await world.look_at_clock()
    posts = await world.network("mastodon").truth()
    return [dict(world.audience("mastodon")(post, post.visible_at + LATER).figures) for post in posts]


def test_the_truth_is_what_the_posts_come_to(workspace: Workspace, alice: User):
    connect_simulated(workspace=workspace, network="mastodon", by=alice)
    async_to_sync(partial(_posted, workspace, ["Un chantier", "Un conseil ?", "#un #deux #trois"]))()

    told, figures = truth_of(workspace), async_to_sync(partial(_read, workspace))()

    (channel,) = told["channels"]
    assert channel["network"] == "mastodon"
    assert len(channel["timing"]) == 168
    assert told["seed"] == SeededWorld.objects.get(workspace=workspace).seed
    assert [post["made"]["pillar"] for post in told["posts"]] == ["work", "advice", "other"]
    assert told["posts"][2]["made"]["hashtags"] == "3-5"
    for post, seen in zip(told["posts"], figures, strict=True):
        assert sum(post["of_kind"].values()) == post["interactions"]
        assert all(abs(seen[kind] - count) <= 1 for kind, count in post["of_kind"].items())
        assert post["expected"]["p10"] <= post["expected"]["p50"] <= post["expected"]["p90"]
    assert _lines(told)[0] == f"workspace: {workspace.pk}"


def test_the_same_seed_tells_the_same_of_a_post_nobody_wrote(workspace: Workspace):
    other = Workspace.objects.create(name="Ailleurs", world_kind="practice")
    for one in (workspace, other):
        truth_of(one)
    SeededWorld.objects.update(seed="a", began_at=workspace.now())
    wanted = {"network": slugs()[0], "format": "image", "at": "2027-03-01T09:00"}

    here, there = expected_of(workspace, wanted), expected_of(other, wanted)
    assert here == there
    SeededWorld.objects.filter(workspace=other).update(seed="b")
    assert expected_of(other, wanted) != here


@pytest.mark.parametrize("wanted", [{}, {"network": "nowhere"}, {"network": "mastodon", "length": "long"}])
def test_a_post_that_cannot_be_is_refused(workspace: Workspace, wanted: dict[str, str]):
    with pytest.raises((LookupError, ValueError)):
        expected_of(workspace, wanted)


def test_a_real_workspace_has_no_truth_to_tell(db: None):
    real = Workspace.objects.create(name="Vrai", world_kind="real")

    with pytest.raises(LookupError):
        truth_of(real)
    assert not SeededWorld.objects.exists()
