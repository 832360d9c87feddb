"""What is a draft: a post without a delivery. The database keeps count of it."""

from datetime import timedelta

import pytest

from tesselle.compose.models import Post
from tesselle.compose.selectors import drafts
from tesselle.compose.services import Wording, save_post
from tesselle.compose.tests.forms import channel_in
from tesselle.domain.content import Content
from tesselle.ledger.models import Delivery
from tesselle.plan.services import Slot, plan_post
from tesselle.workspaces.models import Workspace
from tests.plans import explained, keep_only

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(workspace: Workspace) -> Post:
    channel = channel_in(workspace)
    return save_post(
        workspace=workspace, author=None, shared=Content(text="Zellige"), wordings=(Wording(channel),)
    )


def planned(post: Post) -> list[Delivery]:
    at = Slot((post.workspace.now() + timedelta(days=2)).replace(tzinfo=None), "UTC")
    channel = post.current.variants.get().channel
    plan_post(post=post, slots={channel.pk: at}, by=None)
    return list(Delivery.objects.filter(post=post))


def test_a_post_is_a_draft_until_it_is_planned_and_again_when_its_last_delivery_is_gone(post: Post):
    assert list(drafts(post.workspace)) == [post]

    first = planned(post)[0]
    assert list(drafts(post.workspace)) == []

    second = Delivery.objects.create(
        workspace=post.workspace, channel=first.channel, post=post, due_at=first.due_at
    )
    first.delete()
    assert list(drafts(post.workspace)) == []

    second.delete()
    assert list(drafts(post.workspace)) == [post]


def test_drafts_are_found_and_counted_without_looking_at_what_went_out(post: Post):
    keep_only("post_drafts", "compose_post")

    with explained() as plans:
        drafts(post.workspace).count()
        list(drafts(post.workspace).prefetch_related(None)[:20])

    scans = [line for line in plans if "Scan" in line and "compose_post" in line]
    assert len(scans) == 2
    assert [line for line in scans if "using post_drafts" not in line] == []
    assert not [line for line in plans if "Sort" in line]
