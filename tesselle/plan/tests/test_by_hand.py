"""What a person does by hand: reminded at its time, with all ready; done, taken back, called off."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from tesselle.compose.models import Post
from tesselle.compose.services import save_post
from tesselle.domain.content import Content
from tesselle.library.services import add_upload
from tesselle.library.tests.pictures import picture, upload
from tesselle.notify.models import Notice
from tesselle.plan.by_hand.services import ask
from tesselle.plan.by_hand.telling import tell_by_hand
from tesselle.plan.models import ByHand
from tesselle.workspaces.models import User, Workspace


@pytest.fixture
def post(workspace: Workspace, alice: User) -> Post:
    asset = add_upload(workspace=workspace, file=upload(picture(), "story.jpg"), by=alice)
    content = Content(text="Quel carreau ?", media=(asset.as_media(),))
    return save_post(workspace=workspace, author=alice, shared=content, wordings=())


def local(workspace: Workspace, **ahead: int) -> datetime:
    return (workspace.now() + timedelta(**ahead)).astimezone(workspace.tz).replace(tzinfo=None)


@pytest.fixture
def by_hand(post: Post, alice: User, bob: User) -> ByHand:
    return ask(post, where="Story sur Instagram", local=local(post.workspace, hours=2), who=bob, by=alice)


def test_the_one_it_was_given_to_is_reminded_once_in_the_workspaces_time(
    by_hand: ByHand, workspace: Workspace, alice: User, bob: User
) -> None:
    assert tell_by_hand() == 0
    Workspace.objects.filter(pk=workspace.pk).update(clock_shift=timedelta(hours=3))

    assert (tell_by_hand(), tell_by_hand()) == (1, 0)

    notice = Notice.objects.get()
    assert notice.user == bob and notice.url == f"/by-hand/{by_hand.pk}"


def test_text_and_pictures_lie_ready(as_alice: Client, by_hand: ByHand) -> None:
    page = as_alice.get(f"/by-hand/{by_hand.pk}").content.decode()

    assert "Quel carreau ?" in page and 'download="story.jpg"' in page and 'data-copies="ready-text"' in page


def test_it_is_done_with_its_address_and_that_can_be_taken_back(as_alice: Client, by_hand: ByHand) -> None:
    address = "https://social.example/stories/1"
    page = as_alice.post(f"/by-hand/{by_hand.pk}/done", {"url": address}, follow=True).content.decode()
    by_hand.refresh_from_db()
    assert by_hand.done_at and by_hand.url == address and f"/by-hand/{by_hand.pk}/done?back" in page

    as_alice.post(f"/by-hand/{by_hand.pk}/done?back")
    by_hand.refresh_from_db()
    assert by_hand.done_at is None


def test_an_address_that_runs_something_is_refused(as_alice: Client, by_hand: ByHand) -> None:
    assert as_alice.post(f"/by-hand/{by_hand.pk}/done", {"url": "javascript:alert(1)"}).status_code == 422
    by_hand.refresh_from_db()
    assert by_hand.done_at is None


def test_a_reminder_is_set_from_the_post_and_not_in_the_past(
    as_alice: Client, post: Post, alice: User
) -> None:
    said = {
        "where": "Groupe Morges",
        "who": alice.pk,
        "when": f"{local(post.workspace, days=-1):%Y-%m-%dT%H:%M}",
    }
    assert as_alice.post(f"/posts/{post.pk}/by-hand", said).status_code == 422

    said["when"] = f"{local(post.workspace, days=1):%Y-%m-%dT%H:%M}"
    assert as_alice.post(f"/posts/{post.pk}/by-hand", said).status_code == 302

    assert "Groupe Morges" in as_alice.get(f"/posts/{post.pk}").content.decode()
    assert "Groupe Morges" in as_alice.get("/by-hand").content.decode()


def test_what_is_due_is_on_the_first_page_of_who_does_it(client: Client, by_hand: ByHand, bob: User) -> None:
    ByHand.objects.update(due_at=by_hand.workspace.now())
    client.force_login(bob)

    assert "Story sur Instagram" in client.get("/").content.decode()


@pytest.mark.parametrize("view", ["month", "week", "day", "list"])
def test_the_calendar_shows_it_on_its_day_apart_from_posts(
    as_alice: Client, by_hand: ByHand, mallory: User, view: str
) -> None:
    asked = {"view": view, "date": by_hand.local_at[:10]}
    page = as_alice.get("/calendar", asked).content.decode()
    assert page.count("data-by-hand") == 1 and f'href="/by-hand/{by_hand.pk}"' in page
    assert "À faire à la main" in page and "data-delivery=" not in page

    ByHand.objects.update(done_at=by_hand.workspace.now())
    assert "Fait à la main" in as_alice.get("/calendar", asked).content.decode()
    assert as_alice.get("/list", {"from": asked["date"], "to": asked["date"]}).status_code == 200
    ByHand.objects.update(called_off_at=by_hand.workspace.now())
    assert "data-by-hand" not in as_alice.get("/calendar", asked).content.decode()
    ByHand.objects.update(called_off_at=None)
    as_alice.force_login(mallory)
    assert "data-by-hand" not in as_alice.get("/calendar", asked).content.decode()


def test_what_was_called_off_reminds_nobody(as_alice: Client, by_hand: ByHand) -> None:
    as_alice.post(f"/by-hand/{by_hand.pk}/call-off")
    ByHand.objects.update(due_at=by_hand.workspace.now())

    assert tell_by_hand() == 0


def test_mallory_finds_nothing_and_a_viewer_changes_nothing(
    client: Client, by_hand: ByHand, mallory: User, chloe: User
) -> None:
    client.force_login(mallory)
    assert client.get(f"/by-hand/{by_hand.pk}").status_code == 404
    assert client.post(f"/by-hand/{by_hand.pk}/done").status_code == 404
    client.force_login(chloe)
    assert client.post(f"/by-hand/{by_hand.pk}/done").status_code == 403


def test_the_empty_page_leads_on(as_alice: Client, workspace: Workspace) -> None:
    assert 'class="button button--main" href="/drafts"' in as_alice.get("/by-hand").content.decode()


def test_what_does_not_fit_on_the_first_page_is_told_and_leads_to_all_of_it(
    as_alice: Client, post: Post, alice: User, workspace: Workspace
) -> None:
    soon = local(workspace, minutes=5)
    for number in range(53):
        ask(post, where=f"Story {number}", local=soon, who=alice, by=alice)
    Workspace.objects.filter(pk=workspace.pk).update(clock_shift=timedelta(hours=1))

    page = as_alice.get("/").content.decode()

    assert page.count('id="need-by-hand-') == 21 and 'data-needs="21"' in page
    assert "33 autres choses sont à faire à la main" in page and 'href="/by-hand"' in page
    shown = [as_alice.get(f"/by-hand?page={number}").content.decode() for number in (1, 2)]
    assert [page.count('<a href="/by-hand/') for page in shown] == [50, 3]
