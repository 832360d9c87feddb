"""Asking for a yes as a member, saying it in the page, and what the composer and the first page tell."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.compose.services import Wording, save_post
from tesselle.compose.tests.forms import channel_in
from tesselle.domain.content import Content
from tesselle.plan.services import Slot, plan_post
from tesselle.review import selectors
from tesselle.review.links import make_link
from tesselle.review.models import Answer, Asking, ReviewLink
from tesselle.review.services import answer
from tesselle.workspaces.models import User, Workspace
from tests.plans import explained, keep_only


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    found = channel_in(workspace)
    found.needs_approval = True
    found.save()
    return found


def written(workspace: Workspace, channel: Channel, text: str = "Un zellige") -> Post:
    return save_post(
        workspace=workspace, author=None, shared=Content(text=text), wordings=(Wording(channel),)
    )


def planned(workspace: Workspace, channel: Channel, days: int, text: str = "Un zellige") -> Post:
    post = written(workspace, channel, text)
    at = Slot((workspace.now() + timedelta(days=days)).replace(tzinfo=None), "UTC")
    plan_post(post=post, slots={channel.pk: at}, by=None)
    return post


def test_a_week_is_shown_by_one_link_in_its_order_and_what_has_its_yes_is_not(
    as_alice: Client, workspace: Workspace, channel: Channel, alice: User
) -> None:
    later, sooner = planned(workspace, channel, 3, "Plus tard"), planned(workspace, channel, 1, "Bientôt")
    planned(workspace, channel, 20, "Trop loin")
    approved = planned(workspace, channel, 2, "Déjà")
    answer(approved, revision_id=approved.current_id or 0, verdict="yes", by=alice)

    page = as_alice.post(
        "/approvals/ask", {"first": f"{workspace.today()}", "name": "Mme Rochat", "days": "7"}
    )

    link = ReviewLink.objects.get()
    assert [one.post_id for one in link.asked.order_by("pk")] == [sooner.pk, later.pk]
    assert "/approve/" in page.content.decode() and page.headers["Cache-Control"] == "no-store"


def test_an_empty_week_makes_no_link_and_says_so(as_alice: Client, workspace: Workspace) -> None:
    answer = as_alice.post("/approvals/ask", {"first": "2031-01-01", "name": "Mme Rochat", "days": "7"})

    assert answer.status_code == 422
    assert "Il n’y a rien à montrer cette semaine-là" in answer.content.decode()
    assert not ReviewLink.objects.exists()


def test_an_owner_says_yes_in_the_page_and_an_editor_cannot(
    client: Client, alice: User, bob: User, workspace: Workspace, channel: Channel
) -> None:
    post = written(workspace, channel)
    said = {"revision": post.current_id, "verdict": "yes"}

    client.force_login(bob)
    assert client.post(f"/posts/{post.pk}/approval/answer", said).status_code == 403
    client.force_login(alice)
    assert client.post(f"/posts/{post.pk}/approval/answer", said).status_code == 302

    post.current.refresh_from_db()
    assert post.current.approved_by == alice


def test_a_planned_post_that_was_changed_says_so_where_it_is_written(
    as_alice: Client, workspace: Workspace, channel: Channel, alice: User
) -> None:
    post = planned(workspace, channel, 1)
    answer(post, revision_id=post.current_id or 0, verdict="yes", by=alice)
    assert "Modifiée après son approbation" not in as_alice.get(f"/posts/{post.pk}").content.decode()

    save_post(
        workspace=workspace,
        author=None,
        shared=Content(text="Un autre"),
        wordings=(Wording(channel),),
        post=post,
    )

    page = as_alice.get(f"/posts/{post.pk}").content.decode()
    assert "Modifiée après son approbation" in page
    assert "Sans approbation, elle ne part pas sur" in page


def test_changes_that_were_asked_for_are_on_the_first_page_until_they_are_made(
    as_alice: Client, workspace: Workspace, channel: Channel, alice: User
) -> None:
    post = written(workspace, channel)
    link, _token = make_link(workspace, [post], name="Mme Rochat", days=7, by=alice)
    answer(post, revision_id=post.current_id or 0, verdict="change", comment="Sans le prix", link=link)

    assert "Mme Rochat\N{NO-BREAK SPACE}: Sans le prix" in as_alice.get("/").content.decode()

    save_post(
        workspace=workspace,
        author=None,
        shared=Content(text="Autrement"),
        wordings=(Wording(channel),),
        post=post,
    )
    assert "Sans le prix" not in as_alice.get("/").content.decode()


def test_a_link_is_withdrawn(as_alice: Client, workspace: Workspace, channel: Channel, alice: User) -> None:
    link, token = make_link(workspace, [written(workspace, channel)], name="Mme Rochat", days=7, by=alice)
    assert "Mme Rochat" in as_alice.get("/approvals").content.decode()

    as_alice.post(f"/approvals/links/{link.pk}/withdraw")

    assert Client().get(f"/approve/{token}").status_code == 404
    link.refresh_from_db()
    assert link.withdrawn_at is not None


def test_the_list_asks_as_often_for_many(
    as_alice: Client, workspace: Workspace, channel: Channel, alice: User
) -> None:
    def add() -> int:
        for number in range(8):
            post = planned(workspace, channel, 1 + number)
            link, _token = make_link(workspace, [post], name=f"N {number}", days=7, by=alice)
            answer(post, revision_id=post.current_id or 0, verdict="change", comment="Non", link=link)
        as_alice.get("/approvals")
        with CaptureQueriesContext(connection) as asked:
            assert as_alice.get("/approvals").status_code == 200
        return len(asked)

    few = add()
    assert add() == few


def test_what_waits_is_found_without_looking_at_every_post(
    workspace: Workspace, channel: Channel, alice: User
) -> None:
    waits, by_link, answered, by_members = (
        planned(workspace, channel, 2),
        *(written(workspace, channel) for _ in range(3)),
    )
    make_link(workspace, [by_link], name="Mme Rey", days=7, by=alice)
    assert answered.current is not None and by_members.current is not None
    Answer.objects.create(revision=answered.current, verdict=Answer.Verdict.CHANGE, who="Mme Rey")
    Asking.objects.create(revision=by_members.current, by=alice)
    Post.objects.bulk_create(Post(workspace=workspace) for _ in range(1000))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE compose_post, compose_revision, ledger_delivery")
        cursor.execute("ANALYZE review_askedpost, review_reviewlink, review_answer, review_asking")
        cursor.execute("SET LOCAL enable_mergejoin = off; SET LOCAL enable_hashjoin = off")
    keep_only("compose_post_pkey", "compose_post")

    with explained() as plans:
        found = selectors.waiting(workspace)

    assert found == [by_members, answered, by_link, waits]
    reads = [plans[n + 1] for n, line in enumerate(plans) if " on compose_post" in line]
    assert len(reads) == 3
    assert [line for line in reads if "Index Cond: (id = " not in line] == []


def test_mallory_and_a_viewer_decide_nothing(
    client: Client, mallory: User, chloe: User, alice: User, workspace: Workspace, channel: Channel
) -> None:
    post = written(workspace, channel)
    link, _token = make_link(workspace, [post], name="Mme Rochat", days=7, by=alice)
    said = {"revision": post.current_id, "verdict": "yes", "name": "x", "days": "7"}
    paths = [f"/posts/{post.pk}/approval/{act}" for act in ("ask", "answer")]
    paths.append(f"/approvals/links/{link.pk}/withdraw")

    client.force_login(mallory)
    assert client.get(f"/posts/{post.pk}/approval").status_code == 404
    assert [client.post(path, said).status_code for path in paths] == [404, 404, 404]
    assert "Mme Rochat" not in client.get("/approvals").content.decode()
    client.force_login(chloe)
    assert client.get(f"/posts/{post.pk}/approval").status_code == 200
    assert [client.post(path, said).status_code for path in paths] == [403, 403, 403]

    link.refresh_from_db()
    assert link.withdrawn_at is None and not Answer.objects.exists() and ReviewLink.objects.count() == 1
