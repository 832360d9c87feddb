"""A post that comes again."""

import pytest
from django.test import Client
from django.urls import reverse

from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.compose.services import Wording, save_post
from tesselle.domain.content import Content
from tesselle.ledger.models import Delivery
from tesselle.plan.tests.test_calendar import channel_in
from tesselle.strategy.aim import Aim
from tesselle.strategy.models import Pillar
from tesselle.workspaces.models import User, Workspace

WEEKLY = {"first": "2030-03-28T09:00", "every": "1", "unit": "week", "times": "2"}


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return channel_in(workspace)


@pytest.fixture
def post(workspace: Workspace, channel: Channel) -> Post:
    """With words of its own for the channel, and a pillar."""
    pillar = Pillar.objects.create(workspace=workspace, name="Conseils")
    own = Wording(channel, Content(text="Pour Bluesky"))
    return save_post(
        workspace=workspace,
        author=None,
        shared=Content(text="Conseil du mardi"),
        wordings=(own,),
        aim=Aim(pillar=pillar.pk),
    )


def test_the_times_are_shown_first(as_alice: Client, post: Post):
    page = as_alice.post(reverse("plan:repeat", args=[post.pk]), WEEKLY)

    assert len(page.context["times"]) == 2
    assert not Delivery.objects.exists()


def test_each_coming_is_a_post_at_the_same_local_hour(as_alice: Client, post: Post):
    as_alice.post(reverse("plan:repeat", args=[post.pk]), {**WEEKLY, "do": "plan"})

    rows = list(Delivery.objects.order_by("due_at").select_related("post__pillar", "variant"))
    assert [row.local_at for row in rows] == ["2030-03-28T09:00", "2030-04-04T09:00"]
    assert [f"{row.due_at:%H:%M}" for row in rows] == ["08:00", "07:00"]  # the clocks change between them
    assert {row.post.pillar.name for row in rows} == {"Conseils"}
    assert {row.content.text for row in rows} == {"Pour Bluesky"}
    assert len({row.post_id for row in rows} | {post.pk}) == 3


def test_nothing_is_planned_when_one_time_has_passed(as_alice: Client, post: Post):
    form = {**WEEKLY, "first": "2001-01-01T09:00", "do": "plan"}

    answer = as_alice.post(reverse("plan:repeat", args=[post.pk]), form)

    assert answer.status_code == 422
    assert Post.objects.count() == 1 and not Delivery.objects.exists()


def test_a_post_without_a_channel_is_not_repeated(as_alice: Client, workspace: Workspace):
    post = save_post(workspace=workspace, author=None, shared=Content(text="Idée"), wordings=())

    answer = as_alice.post(reverse("plan:repeat", args=[post.pk]), {**WEEKLY, "do": "plan"})

    assert answer.status_code == 422 and Post.objects.count() == 1


def test_a_viewer_and_a_stranger_repeat_nothing(client: Client, post: Post, chloe: User, mallory: User):
    for person, status in ((chloe, 403), (mallory, 404)):
        client.force_login(person)
        assert (
            client.post(reverse("plan:repeat", args=[post.pk]), {**WEEKLY, "do": "plan"}).status_code
            == status
        )

    assert not Delivery.objects.exists()
