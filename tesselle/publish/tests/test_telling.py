"""Troubles of deliveries and what is said of a post reach those whom they concern."""

from datetime import timedelta

import pytest

from tesselle.channels.models import Channel
from tesselle.channels.telling import tell_sign_ins
from tesselle.compose.models import Post
from tesselle.compose.services import Wording, save_post
from tesselle.compose.tests.forms import channel_in
from tesselle.domain.approving import EDITOR, Demand
from tesselle.domain.content import Content
from tesselle.ledger.models import Delivery
from tesselle.notify.models import Kind, Notice
from tesselle.plan.services import Slot, plan_post
from tesselle.publish.telling import tell_troubles
from tesselle.review.asking import ask_members
from tesselle.review.commenting import add_comment
from tesselle.review.links import make_link
from tesselle.review.rules import change_rule
from tesselle.review.services import answer
from tesselle.workspaces.models import User, Workspace


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return channel_in(workspace)


@pytest.fixture
def post(workspace: Workspace, channel: Channel, bob: User) -> Post:
    made = save_post(
        workspace=workspace, author=bob, shared=Content(text="Zellige"), wordings=(Wording(channel),)
    )
    at = Slot((workspace.now() + timedelta(days=1)).replace(tzinfo=None), "UTC")
    plan_post(post=made, slots={channel.pk: at}, by=bob)
    return made


def told(user: User) -> list[str]:
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize("state", ["blocked", "refused", "unknown", "missed"])
def test_a_trouble_is_told_once_to_the_planner_and_to_who_manages(
    post: Post, alice: User, bob: User, chloe: User, state: str
) -> None:
    tell_troubles()  # what happened before is history

    Delivery.objects.filter(post=post).update(state=state)

    assert (tell_troubles(), tell_troubles()) == (2, 0)
    assert told(alice) == told(bob) == [Kind.DELIVERY] and told(chloe) == []


def test_a_channel_that_a_person_paused_is_no_news(post: Post, alice: User) -> None:
    tell_troubles()
    Delivery.objects.filter(post=post).update(state="blocked", reason="pause")

    assert tell_troubles() == 0


def test_a_sign_in_about_to_end_is_told_once(workspace: Workspace, channel: Channel, alice: User) -> None:
    Channel.objects.filter(pk=channel.pk).update(signed_in_until=workspace.now() + timedelta(days=2))

    assert (tell_sign_ins(), tell_sign_ins()) == (1, 0)
    assert told(alice) == [Kind.SIGN_IN]


def test_whose_turn_it_is_and_what_came_of_it_is_told(
    post: Post, channel: Channel, alice: User, bob: User
) -> None:
    change_rule(channel, needs_approval=True, demands=(Demand(EDITOR),), by=alice)
    ask_members(post, by=bob)
    assert told(alice) == [Kind.APPROVAL]

    answer(post, revision_id=post.current_id or 0, verdict="change", comment="Plus court", by=alice)

    assert told(bob) == [Kind.APPROVAL, Kind.ANSWERED]


def test_who_is_called_is_told_and_a_comment_from_outside_asks_for_an_answer(
    post: Post, alice: User, bob: User
) -> None:
    add_comment(post, text="@Bob, le prix ?", by=alice)
    assert told(bob) == [Kind.MENTION] and told(alice) == []

    link, _token = make_link(post.workspace, [post], name="Mme Rochat", days=7, by=alice)
    add_comment(post, text="Quel bleu ?", link=link)

    assert told(bob) == [Kind.MENTION, Kind.COMMENT] and told(alice) == [Kind.COMMENT]
