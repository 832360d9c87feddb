"""Whose yes a channel asks for: in which order, asked of whom, and that an edit asks again."""

from datetime import timedelta

import pytest
from django.test import Client

from tesselle.channels.models import Channel
from tesselle.compose.models import Post, Variant
from tesselle.compose.services import Wording, save_post
from tesselle.compose.tests.forms import channel_in
from tesselle.domain.approving import EDITOR, OUTSIDE, OWNER, PERSON, Demand
from tesselle.domain.content import Content
from tesselle.journal.models import Entry
from tesselle.ledger.models import Delivery
from tesselle.plan.services import Slot, plan_post
from tesselle.review.links import make_link
from tesselle.review.models import Comment, Wanted
from tesselle.review.rules import change_rule
from tesselle.review.services import answer
from tesselle.review.standing import standings
from tesselle.workspaces.models import User, Workspace

CHAIN = (Demand(EDITOR), Demand(OWNER), Demand(OUTSIDE))


@pytest.fixture
def channel(workspace: Workspace, alice: User, bob: User) -> Channel:
    found = channel_in(workspace)
    change_rule(found, needs_approval=True, demands=CHAIN, by=alice)
    return found


@pytest.fixture
def post(workspace: Workspace, channel: Channel, bob: User) -> Post:
    made = save_post(
        workspace=workspace, author=bob, shared=Content(text="Un zellige"), wordings=(Wording(channel),)
    )
    at = Slot((workspace.now() + timedelta(days=1)).replace(tzinfo=None), "UTC")
    plan_post(post=made, slots={channel.pk: at}, by=bob)
    return made


def asked(post: Post) -> set[str]:
    wanted = Wanted.objects.filter(revision=Post.objects.get(pk=post.pk).current_id)
    return {str(one.user.email) for one in wanted.select_related("user")}


def state_of(post: Post) -> str:
    fresh = Post.objects.select_related("current").get(pk=post.pk)
    return standings([fresh])[post.pk].state


def may_leave(post: Post) -> bool:
    return Variant.objects.get(revision=Post.objects.get(pk=post.pk).current_id).approved_at is not None


def yes(post: Post, **who: object) -> None:
    current = Post.objects.get(pk=post.pk).current_id or 0
    answer(post, revision_id=current, verdict="yes", **who)  # type: ignore[arg-type]


def test_planning_asks_the_editors_then_the_owner_and_the_last_yes_from_outside_lets_it_go(
    post: Post, alice: User, bob: User
) -> None:
    link, _token = make_link(post.workspace, [post], name="Mme Rochat", days=7, by=alice)
    assert asked(post) == {alice.email, bob.email} and state_of(post) == "in_review"

    yes(post, by=bob)
    assert asked(post) == {alice.email} and not may_leave(post)
    yes(post, by=alice)
    assert asked(post) == set() and state_of(post) == "in_review" and not may_leave(post)
    yes(post, link=link)

    assert may_leave(post) and state_of(post) == "approved"


def test_an_edit_takes_every_yes_back_says_so_and_asks_again(
    as_alice: Client, post: Post, channel: Channel, alice: User, bob: User
) -> None:
    change_rule(channel, needs_approval=True, demands=CHAIN[:2], by=alice)
    yes(post, by=bob)
    yes(post, by=alice)
    assert state_of(post) == "approved"

    save_post(
        workspace=post.workspace,
        author=bob,
        post=post,
        shared=Content(text="Un zellige bleu"),
        wordings=(Wording(channel),),
    )

    assert asked(post) == {alice.email, bob.email} and not may_leave(post)
    assert "Modifiée après son approbation" in as_alice.get(f"/posts/{post.pk}/approval").content.decode()


def test_one_channel_may_have_its_yes_while_another_still_waits(
    workspace: Workspace, channel: Channel, alice: User, bob: User
) -> None:
    other = channel_in(workspace, "mastodon")
    change_rule(other, needs_approval=True, demands=(Demand(EDITOR),), by=alice)
    post = save_post(
        workspace=workspace,
        author=bob,
        shared=Content(text="Deux canaux"),
        wordings=(Wording(channel), Wording(other)),
    )

    yes(post, by=bob)

    approved = dict(post.current.variants.values_list("channel", "approved_at"))
    assert approved[channel.pk] is None and approved[other.pk] is not None
    assert state_of(post) == "in_review"


def test_a_change_asked_for_takes_the_yeses_before_it_back(post: Post, alice: User, bob: User) -> None:
    yes(post, by=bob)
    answer(post, revision_id=post.current_id or 0, verdict="change", comment="Plus court", by=alice)

    assert state_of(post) == "changes_asked" and asked(post) == set()
    yes(post, by=alice)
    assert not may_leave(post) and asked(post) == {bob.email}


def test_no_change_is_owed_once_the_last_word_is_a_yes_though_others_are_still_asked(
    as_alice: Client, post: Post, alice: User, bob: User
) -> None:
    answer(post, revision_id=post.current_id or 0, verdict="change", comment="Plus court", by=bob)
    assert "Plus court" in as_alice.get("/").content.decode()

    yes(post, by=bob)

    assert state_of(post) == "in_review"
    assert f'id="need-review-{post.pk}"' not in as_alice.get("/").content.decode()


def test_whoever_is_asked_by_name_is_named_once_and_it_is_nobodys_turn_while_a_change_is_owed(
    as_alice: Client, post: Post, channel: Channel, alice: User, bob: User
) -> None:
    by_name = tuple(Demand(PERSON, person_id=one.pk) for one in (bob, alice))
    change_rule(channel, needs_approval=True, demands=by_name, by=alice)

    def stages() -> list[tuple[str, ...]]:
        paper = as_alice.get(f"/posts/{post.pk}/approval").context["paper"]
        return [(one.who, *one.said, "next" if one.is_next else "") for one in paper.rules[0].stages]

    yes(post, by=bob)
    assert stages() == [(str(bob), ""), (str(alice), "next")]

    answer(post, revision_id=post.current_id or 0, verdict="change", comment="Plus court", by=alice)
    assert stages() == [(str(bob), ""), (str(alice), "")]


def test_a_delivery_that_waits_for_its_yes_follows_the_edit(post: Post, channel: Channel, bob: User) -> None:
    Delivery.objects.filter(post=post).update(state="blocked", reason="approval")

    save_post(
        workspace=post.workspace,
        author=bob,
        post=post,
        shared=Content(text="Corrigé"),
        wordings=(Wording(channel),),
    )

    assert Delivery.objects.get(post=post).content.text == "Corrigé"


def test_a_rule_is_chosen_on_the_channels_page_and_says_who_is_next(
    as_alice: Client, channel: Channel, bob: User, post: Post
) -> None:
    page = as_alice.get(f"/channels/{channel.pk}/approval").content.decode()
    assert "Rédaction, ou plus" in page

    said = {"needs_approval": "on", "who_1": f"person:{bob.pk}", "who_2": "owner", "count_2": "1"}
    assert as_alice.post(f"/channels/{channel.pk}/approval", said).status_code == 302

    assert asked(post) == {bob.email}
    assert Entry.objects.filter(verb="review.rule_changed", subject_id=channel.pk).exists()
    assert bob.name in as_alice.get(f"/channels/{channel.pk}/").content.decode()


def test_what_is_planned_already_is_asked_about_once_a_channel_needs_a_yes(
    workspace: Workspace, alice: User, bob: User
) -> None:
    free = channel_in(workspace, "mastodon")
    post = save_post(workspace=workspace, author=bob, shared=Content(text="Libre"), wordings=(Wording(free),))
    at = Slot((workspace.now() + timedelta(days=1)).replace(tzinfo=None), "UTC")
    plan_post(post=post, slots={free.pk: at}, by=bob)
    assert asked(post) == set()

    change_rule(free, needs_approval=True, demands=(Demand(OWNER),), by=alice)

    assert asked(post) == {alice.email} and state_of(post) == "in_review"


def test_a_rule_that_nobody_could_meet_is_refused_with_the_reason(as_alice: Client, channel: Channel) -> None:
    said = {"needs_approval": "on", "who_1": "owner", "count_1": "2"}

    page = as_alice.post(f"/channels/{channel.pk}/approval", said)

    assert page.status_code == 422 and "trop peu de personnes" in page.content.decode()
    assert channel.approval_steps.count() == 3


def test_an_editor_may_say_yes_where_a_rule_asks_for_editors(client: Client, post: Post, bob: User) -> None:
    client.force_login(bob)
    assert "Votre approbation est demandée" in client.get("/").content.decode()

    said = {"revision": post.current_id, "verdict": "yes"}
    assert client.post(f"/posts/{post.pk}/approval/answer", said).status_code == 302

    assert "Votre approbation est demandée" not in client.get("/").content.decode()


YES_BUTTON = 'name="verdict" value="yes"'


def test_whoever_manages_but_is_not_asked_may_want_a_change_and_has_no_yes_that_counts_for_nothing(
    as_alice: Client, client: Client, post: Post, channel: Channel, alice: User, bob: User
) -> None:
    assert YES_BUTTON in as_alice.get(f"/posts/{post.pk}/approval").content.decode(), "an owner is asked"
    outside = "quelqu’un de l’extérieur"
    assert outside not in as_alice.get(f"/posts/{post.pk}/approval").content.decode()

    change_rule(channel, needs_approval=True, demands=(Demand(PERSON, person_id=bob.pk),), by=alice)

    page = as_alice.get(f"/posts/{post.pk}/approval").content.decode()
    assert outside in page
    assert YES_BUTTON not in page and 'name="verdict" value="change"' in page
    client.force_login(bob)
    assert YES_BUTTON in client.get(f"/posts/{post.pk}/approval").content.decode()


def test_a_member_pins_what_is_to_be_changed_to_the_words_that_are_meant(
    as_alice: Client, post: Post
) -> None:
    answer_form = as_alice.get(f"/posts/{post.pk}/approval").content.decode().split(YES_BUTTON)[1]
    assert 'name="passage"' in answer_form.split("</form>")[0]

    said = {"revision": post.current_id, "verdict": "change", "comment": "Deux.", "passage": "Un zellige"}
    as_alice.post(f"/posts/{post.pk}/approval/answer", said)

    assert [(one.text, one.passage) for one in Comment.objects.filter(post=post)] == [("Deux.", "Un zellige")]


def test_a_contributor_asks_the_members_for_a_draft(
    client: Client, workspace: Workspace, channel: Channel, alice: User, bob: User
) -> None:
    draft = save_post(
        workspace=workspace, author=bob, shared=Content(text="Brouillon"), wordings=(Wording(channel),)
    )
    assert state_of(draft) == "draft"

    client.force_login(bob)
    assert client.post(f"/posts/{draft.pk}/approval/ask-members").status_code == 302

    assert state_of(draft) == "in_review" and alice.email in asked(draft)


def test_a_stranger_finds_neither_the_rule_nor_the_post(client: Client, post: Post, mallory: User) -> None:
    client.force_login(mallory)
    channel = Delivery.objects.get(post=post).channel_id

    assert client.get(f"/channels/{channel}/approval").status_code == 404
    assert client.post(f"/posts/{post.pk}/approval/ask-members").status_code == 404
