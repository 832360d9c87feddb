"""Approval by a link: opening it decides nothing, a yes is for what was seen, and the link can end."""

import hashlib
import re
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.compose.services import Wording, save_post
from tesselle.compose.tests.forms import channel_in
from tesselle.domain.approving import OUTSIDE, OWNER, Demand
from tesselle.domain.content import Content
from tesselle.journal.models import Entry
from tesselle.library.services import add_upload
from tesselle.library.tests.pictures import picture, upload
from tesselle.plan.services import Slot, plan_post
from tesselle.review.links import make_link
from tesselle.review.models import Answer, ReviewLink
from tesselle.review.rules import change_rule
from tesselle.review.services import answer
from tesselle.review.standing import standings
from tesselle.workspaces.models import User, Workspace


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return channel_in(workspace)


@pytest.fixture
def post(workspace: Workspace, channel: Channel) -> Post:
    return save_post(
        workspace=workspace, author=None, shared=Content(text="Un zellige"), wordings=(Wording(channel),)
    )


@pytest.fixture
def token(post: Post, alice: User) -> str:
    return make_link(post.workspace, [post], name="Mme Rochat", days=7, by=alice)[1]


def say(client: Client, token: str, post: Post, verdict: str = "yes", **more: object) -> int:
    data = {"post": post.pk, "revision": post.current_id, "verdict": verdict, **more}
    return client.post(f"/approve/{token}/answer", data).status_code


def state_of(post: Post) -> str:
    fresh = Post.objects.select_related("current").get(pk=post.pk)
    return standings([fresh])[post.pk].state


def edit(post: Post, text: str) -> None:
    channel = post.current.variants.get().channel
    save_post(
        workspace=post.workspace,
        author=None,
        shared=Content(text=text),
        wordings=(Wording(channel),),
        post=post,
    )
    post.refresh_from_db()


def test_opening_the_link_shows_the_post_and_decides_nothing(client: Client, post: Post, token: str) -> None:
    for method in (client.get, client.head):
        page = method(f"/approve/{token}")
        assert page.status_code == 200
    assert "Un zellige" in client.get(f"/approve/{token}").content.decode()
    assert client.get(f"/approve/{token}/answer?verdict=yes&post={post.pk}").status_code == 405

    assert not Answer.objects.exists()
    assert state_of(post) == "in_review"


def test_a_time_is_told_in_the_zone_of_the_company(
    client: Client, workspace: Workspace, post: Post, channel: Channel, token: str
) -> None:
    Workspace.objects.filter(pk=workspace.pk).update(zone="America/Montreal")
    at = datetime.combine(workspace.today() + timedelta(days=2), time(9, 17))
    plan_post(post=post, slots={channel.pk: Slot(at, "America/Montreal")}, by=None)

    page = client.get(f"/approve/{token}").content.decode()

    assert "09:17" in page
    assert "15:17" not in page  # where the installation stands


def test_the_page_is_told_to_no_other_site_and_kept_nowhere(client: Client, token: str) -> None:
    headers = client.get(f"/approve/{token}").headers

    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex"


def test_only_the_hash_of_the_token_is_kept(token: str) -> None:
    link = ReviewLink.objects.get()

    assert link.digest == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(list(Entry.objects.values_list("params", flat=True)))


def test_a_yes_approves_and_stands_in_the_journal(client: Client, post: Post, token: str) -> None:
    assert say(client, token, post) == 302

    post.current.refresh_from_db()
    assert post.current.approved_at is not None and state_of(post) == "approved"
    entry = Entry.objects.get(verb="review.approved")
    assert (entry.actor_name, entry.actor_id, entry.subject_id) == ("Mme Rochat", None, post.pk)


def test_whoever_has_answered_is_thanked_though_others_are_asked_too(
    client: Client, post: Post, channel: Channel, token: str, alice: User
) -> None:
    change_rule(channel, needs_approval=True, demands=(Demand(OUTSIDE), Demand(OWNER)), by=alice)
    assert "attend votre réponse" in client.get(f"/approve/{token}").content.decode()

    say(client, token, post)

    assert state_of(post) == "in_review"
    assert "attend votre réponse" not in client.get(f"/approve/{token}").content.decode()
    edit(post, "Deux zelliges")
    assert "attend votre réponse" in client.get(f"/approve/{token}").content.decode()


def test_change_this_needs_a_word_and_takes_an_earlier_yes_back(
    client: Client, post: Post, token: str
) -> None:
    say(client, token, post)
    assert say(client, token, post, "change", comment="  ") == 422
    assert state_of(post) == "approved"

    assert say(client, token, post, "change", comment="Sans le prix, merci.") == 302

    post.current.refresh_from_db()
    assert post.current.approved_at is None and state_of(post) == "changes_asked"
    assert "Sans le prix, merci." in client.get(f"/approve/{token}").content.decode()


def test_what_is_edited_afterwards_says_so_and_asks_again(client: Client, post: Post, token: str) -> None:
    say(client, token, post)
    seen = post.current_id
    edit(post, "Un zellige bleu")

    page = client.get(f"/approve/{token}").content.decode()
    assert state_of(post) == "in_review"
    assert "Un zellige bleu" in page and "puis a été modifiée" in page

    old = client.post(f"/approve/{token}/answer", {"post": post.pk, "revision": seen, "verdict": "yes"})
    assert old.status_code == 422 and "Un zellige bleu" in old.content.decode()
    assert state_of(post) == "in_review"

    assert say(client, token, post) == 302
    assert state_of(post) == "approved"


@pytest.mark.parametrize("why", ["expired", "withdrawn", "unknown", "workspace deleted"])
def test_a_link_that_is_no_longer_good_opens_nothing(
    client: Client, post: Post, token: str, why: str
) -> None:
    match why:
        case "expired":
            ReviewLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        case "withdrawn":
            ReviewLink.objects.update(withdrawn_at=timezone.now())
        case "workspace deleted":
            Workspace.objects.update(deleted_at=timezone.now())
        case _:
            token = token[:-1] + ("a" if token[-1] != "a" else "b")

    page = client.get(f"/approve/{token}")

    assert page.status_code == 404 and "Un zellige" not in page.content.decode()
    assert say(client, token, post) == 404
    assert not Answer.objects.exists()


def test_a_link_answers_for_its_own_posts_only(
    client: Client, post: Post, token: str, mallory: User, channel: Channel
) -> None:
    other = save_post(
        workspace=post.workspace, author=None, shared=Content(text="Secret"), wordings=(Wording(channel),)
    )
    theirs = mallory.memberships.get().workspace
    far = save_post(workspace=theirs, author=None, shared=Content(text="Ailleurs"), wordings=())

    assert say(client, token, other) == 422
    assert say(client, token, far) == 422
    # The revision of another post behind the name of ours.
    data = {"post": post.pk, "revision": other.current_id, "verdict": "yes"}
    assert client.post(f"/approve/{token}/answer", data).status_code == 422
    assert "Secret" not in client.get(f"/approve/{token}").content.decode()
    assert not Answer.objects.exists()


def test_too_many_tries_are_turned_away(client: Client, post: Post, token: str) -> None:
    for _ in range(60):
        client.get("/approve/guess")

    assert client.get(f"/approve/{token}").status_code == 429


def test_the_pictures_can_be_seen_without_an_account(
    client: Client, workspace: Workspace, channel: Channel, alice: User, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    photo = add_upload(workspace=workspace, file=upload(picture(90, 60)), by=None)
    shown = save_post(
        workspace=workspace,
        author=None,
        shared=Content(text="Un sol", media=(photo.as_media(),)),
        wordings=(Wording(channel),),
    )
    _link, token = make_link(workspace, [shown], name="Mme Rochat", days=3, by=alice)

    page = client.get(f"/approve/{token}").content.decode()
    sources = re.findall(r'src="(/m/[^"]+)"', page)

    assert sources and "/small" not in page
    for source in sources:
        shown_to_her = client.get(source)
        assert shown_to_her.status_code == 200
        for closer in shown_to_her._resource_closers:
            closer()


def test_a_deleted_post_is_no_longer_shown(client: Client, post: Post, token: str) -> None:
    post.deleted_at = timezone.now()
    post.save()

    assert "Un zellige" not in client.get(f"/approve/{token}").content.decode()
    assert say(client, token, post) == 422


def test_a_yes_of_a_member_counts_the_same(post: Post, alice: User) -> None:
    answer(post, revision_id=post.current_id or 0, verdict="yes", by=alice)

    post.current.refresh_from_db()
    assert post.current.approved_by == alice and state_of(post) == "approved"
