"""The composer's planning panel: saved and planned together, or not at all."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.compose.services import Wording, save_post
from tesselle.compose.tests.forms import channel_in, form
from tesselle.domain.content import Content
from tesselle.ledger.models import Delivery
from tesselle.plan.services import Slot, move_delivery
from tesselle.workspaces.models import Member, Role, User, Workspace


@pytest.fixture
def short(workspace: Workspace) -> Channel:
    """Takes 300 signs."""
    return channel_in(workspace)


@pytest.fixture
def post(workspace: Workspace, short: Channel) -> Post:
    words = Content(text="Zellige")
    return save_post(workspace=workspace, author=None, shared=words, wordings=(Wording(short),))


def tomorrow(workspace: Workspace) -> dict[str, str]:
    at = (workspace.now() + timedelta(days=1)).astimezone(workspace.tz)
    return {"when": "at", "plan-date": f"{at:%Y-%m-%d}", "plan-time": "09:30", "do": "plan"}


def test_planning_301_signs_is_refused_and_the_text_still_there(
    as_alice: Client, short: Channel, workspace: Workspace
):
    text = "b" * 301
    response = as_alice.post("/posts/new/plan", form(short, text=text) | tomorrow(workspace))
    assert response.status_code == 422
    assert text in response.content.decode()
    assert 'role="alert"' in response.content.decode()
    assert not Delivery.objects.exists() and not Post.objects.exists()


def test_a_new_post_says_before_it_is_planned_that_a_channel_waits_for_a_yes(
    as_alice: Client, short: Channel, workspace: Workspace
):
    asked = form(short, text="Zellige") | {"when": "now"}
    told = "approuvée avant"
    assert told not in as_alice.post("/posts/when", asked).content.decode()

    Channel.objects.filter(pk=short.pk).update(needs_approval=True)

    assert told in as_alice.post("/posts/when", asked).content.decode()


def test_planning_nothing_is_refused_and_says_why(as_alice: Client, short: Channel, workspace: Workspace):
    response = as_alice.post("/posts/new/plan", form(short, text="") | tomorrow(workspace))
    assert response.status_code == 422
    assert 'href="#shared-text-0"' in response.content.decode()
    assert "Il n’y a encore rien à publier." in response.content.decode()
    assert not Delivery.objects.exists() and not Post.objects.exists()


def test_a_plan_in_the_past_is_refused_and_the_text_still_there(as_alice: Client, short: Channel):
    past = {"when": "at", "plan-date": "2020-01-01", "plan-time": "09:15", "do": "plan"}
    response = as_alice.post("/posts/new/plan", form(short, text="Hier") | past)
    page = response.content.decode()
    assert response.status_code == 422
    assert "09:15 est déjà passé. Choisissez une heure plus tardive, ou publiez maintenant." in page
    assert "Hier" in page and 'value="2020-01-01"' in page
    assert not Delivery.objects.exists()


def test_a_post_is_planned_at_a_local_time(as_alice: Client, short: Channel, workspace: Workspace):
    as_alice.post("/posts/new/plan", form(short) | tomorrow(workspace))
    delivery = Delivery.objects.get()
    assert delivery.local_at.endswith("T09:30") and delivery.zone == workspace.zone
    assert delivery.content.text == "Zellige"


def test_planning_twice_leaves_one_delivery_waiting(as_alice: Client, short: Channel, workspace: Workspace):
    as_alice.post("/posts/new/plan", form(short) | tomorrow(workspace))
    post = Post.objects.get()
    as_alice.post(f"/posts/{post.pk}/plan", form(short, text="Mieux", revision="1") | tomorrow(workspace))
    assert sorted(Delivery.objects.values_list("state", flat=True)) == ["cancelled", "planned"]
    assert Delivery.objects.get(state="planned").content.text == "Mieux"


def test_what_has_left_is_not_planned_again(as_alice: Client, short: Channel, workspace: Workspace):
    as_alice.post("/posts/new/plan", form(short) | tomorrow(workspace))
    Delivery.objects.update(state="live")
    post = Post.objects.get()
    response = as_alice.post(
        f"/posts/{post.pk}/plan", form(short, revision="1") | tomorrow(workspace), follow=True
    )
    assert Delivery.objects.count() == 1
    assert f"/deliveries/{Delivery.objects.get().pk}" in response.content.decode()


def test_nothing_is_offered_to_be_planned_where_everything_has_left(
    as_alice: Client, short: Channel, workspace: Workspace
):
    as_alice.post("/posts/new/plan", form(short, text="Zellige") | tomorrow(workspace))
    delivery = Delivery.objects.get()
    planning = f'formaction="/posts/{delivery.post_id}/plan"'
    assert planning in as_alice.get(f"/posts/{delivery.post_id}").content.decode()

    Delivery.objects.update(state="live")
    page = as_alice.get(f"/posts/{delivery.post_id}").content.decode()

    assert planning not in page and f'href="/posts/{delivery.post_id}/repeat"' in page


def test_an_edit_moves_the_planned_delivery(as_alice: Client, short: Channel, workspace: Workspace):
    as_alice.post("/posts/new/plan", form(short) | tomorrow(workspace))
    as_alice.post(f"/posts/{Post.objects.get().pk}", form(short, text="Retouche", revision="1"))
    assert Delivery.objects.get().content.text == "Retouche"


def test_channels_that_were_planned_apart_stay_apart_when_their_post_is_planned_anew(
    as_alice: Client, short: Channel, workspace: Workspace
):
    other, third = channel_in(workspace, handle="b"), channel_in(workspace, handle="c")
    as_alice.post("/posts/new/plan", form(short, other) | tomorrow(workspace))
    later = Delivery.objects.get(channel=other)
    local = later.due_at.astimezone(workspace.tz).replace(tzinfo=None) + timedelta(days=1)
    move_delivery(later, slot=Slot(local, workspace.zone), by=None)
    planned = dict(Delivery.objects.values_list("channel_id", "due_at"))
    post = Post.objects.get()

    page = as_alice.get(f"/posts/{post.pk}").content.decode()
    again = form(short, other, third, text="Zelliges", revision="1") | tomorrow(workspace) | {"when": "kept"}
    shown = as_alice.post("/posts/when", again | {"own-post": post.pk}).content.decode()
    as_alice.post(f"/posts/{post.pk}/plan", again)

    waiting = dict(Delivery.objects.filter(state="planned").values_list("channel_id", "due_at"))
    assert 'value="kept" checked' in page
    assert len(set(re.findall(r"<strong>(.+?)</strong>", shown))) == 2
    assert waiting == planned | {third.pk: planned[short.pk]}


def test_channels_of_one_time_are_not_asked_whether_to_keep_it(
    as_alice: Client, short: Channel, workspace: Workspace
):
    as_alice.post("/posts/new/plan", form(short, text="Zellige") | tomorrow(workspace))

    assert 'value="kept"' not in as_alice.get(f"/posts/{Post.objects.get().pk}").content.decode()


def test_mallory_learns_nothing(client: Client, mallory: User, post: Post):
    client.force_login(mallory)
    assert client.get(f"/posts/{post.pk}").status_code == 404
    assert client.post(f"/posts/{post.pk}", form()).status_code == 404
    assert client.post(f"/posts/{post.pk}/plan", form()).status_code == 404
    assert "Zellige" not in client.get("/drafts").content.decode()


def test_a_viewer_reads_drafts_and_writes_nothing(client: Client, chloe: User, post: Post):
    client.force_login(chloe)
    page = client.get("/drafts").content.decode()
    assert "Zellige" in page and "/posts/new" not in page
    for address in ("/posts/new", f"/posts/{post.pk}", f"/posts/{post.pk}/plan", "/posts/check"):
        assert client.post(address, form()).status_code == 403


def test_a_contributor_writes_but_does_not_plan(
    client: Client, workspace: Workspace, short: Channel, post: Post
):
    carl = User.objects.create_user("carl@example.org", name="Carl")
    Member.objects.create(workspace=workspace, user=carl, role=Role.CONTRIBUTOR)
    client.force_login(carl)
    assert client.post("/posts/new", form(short)).status_code == 302
    assert client.post(f"/posts/{post.pk}/plan", form(short)).status_code == 403


def test_a_planned_post_is_no_draft(as_alice: Client, short: Channel, workspace: Workspace):
    as_alice.post("/posts/new/plan", form(short, text="Planifié") | tomorrow(workspace))
    assert "Planifié" not in as_alice.get("/drafts").content.decode()


def test_the_journal_says_who_planned_and_who_moved_it(
    as_alice: Client, short: Channel, workspace: Workspace
):
    as_alice.post("/posts/new/plan", form(short) | tomorrow(workspace))
    delivery = Delivery.objects.get()
    later = delivery.due_at.astimezone(workspace.tz).replace(tzinfo=None, hour=11)
    assert move_delivery(delivery, slot=Slot(later, workspace.zone), by=delivery.created_by)

    page = as_alice.get("/journal/").content.decode()
    story = as_alice.get(f"/deliveries/{delivery.pk}").content.decode()

    assert "A planifié la publication pour le" in page and "09:30 (Europe/" in page
    assert "A déplacé la publication au" in page and "11:30 (Europe/" in page
    assert "Déplacé à une autre heure" in story


def test_who_plans_one_post_behind_the_other_finds_its_channels_and_the_next_day(
    as_alice: Client, workspace: Workspace, short: Channel
):
    channel_in(workspace, "mastodon", "autre")
    day = (workspace.now() + timedelta(days=3)).astimezone(workspace.tz)
    when = {"when": "at", "plan-date": f"{day:%Y-%m-%d}", "plan-time": "09:00"}
    answer = as_alice.post("/posts/new/plan", form(short, do="plan_next", **when))
    assert answer.headers["Location"] == "/posts/new"

    page = as_alice.get("/posts/new").content.decode()
    assert f'value="{day + timedelta(days=1):%Y-%m-%d}"' in page and 'name="plan-time" value="09:00"' in page
    assert page.count('name="channels"') == 2 and page.count(" checked>") >= 1
    assert f'value="{short.pk}" id="channel-{short.pk}" checked' in page
    assert "plan_next" not in as_alice.get(f"/posts/{Delivery.objects.get().post_id}").content.decode()
