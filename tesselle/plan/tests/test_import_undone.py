"""What a table brought in is undone in one click; what somebody went on with stays."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.compose.services import Wording, save_post
from tesselle.domain.content import Content
from tesselle.journal.models import Entry
from tesselle.ledger.models import Delivery
from tesselle.plan.models import BulkChange
from tesselle.plan.tests.test_calendar import channel_in
from tesselle.plan.tests.test_importing import look, run
from tesselle.workspaces.models import User, Workspace

TABLE = "date;text;channels\n2030-12-24;Un;carreaux\n2030-12-25;Deux;carreaux\n;Idée;\n"


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return channel_in(workspace)


def bring(client: Client) -> str:
    """The address that takes it back, as the message offers it."""
    response: Any = run(client, look(client, TABLE))
    [message] = [*get_messages(response.wsgi_request)][-1:]
    return str(message.extra_tags.removeprefix("undo="))


def kept() -> list[str]:
    return sorted(post.name for post in Post.objects.filter(deleted_at=None))


def test_one_click_takes_all_of_it_back_and_the_journal_says_so(as_alice: Client, channel: Channel):
    undo = bring(as_alice)
    assert kept() == ["Deux", "Idée", "Un"]

    page = as_alice.post(undo, follow=True)

    assert set(Delivery.objects.values_list("state", flat=True)) == {"cancelled"} and kept() == []
    assert page.redirect_chain[0][0] == reverse("plan:import")
    assert "3 publications du tableau sont supprimées" in page.content.decode()
    assert Entry.objects.get(verb="posts.import_undone").params == {"gone": 3, "kept": 0}


def test_what_left_or_was_written_on_stays(
    as_alice: Client, workspace: Workspace, alice: User, channel: Channel
):
    undo = bring(as_alice)
    Delivery.objects.filter(post__name="Un").update(state="live")
    idea = Post.objects.get(name="Idée")
    save_post(
        workspace=workspace,
        author=alice,
        shared=Content(text="Idée mûrie"),
        wordings=(Wording(channel),),
        post=idea,
    )

    page = as_alice.post(undo, follow=True).content.decode()

    assert kept() == ["Idée mûrie", "Un"]
    assert Delivery.objects.get(post__name="Un").state == "live"
    assert "2 publications restent" in page
    assert Entry.objects.get(verb="posts.import_undone").params == {"gone": 1, "kept": 2}


def test_a_second_click_undoes_nothing_more(as_alice: Client, channel: Channel):
    undo = bring(as_alice)
    as_alice.post(undo)
    Post.objects.update(deleted_at=None)

    as_alice.post(undo)

    assert len(kept()) == 3 and Entry.objects.filter(verb="posts.import_undone").count() == 1


def test_it_is_offered_for_a_week_where_tables_are_imported(as_alice: Client, channel: Channel):
    undo = bring(as_alice)
    offered = f'action="{undo}"'

    def page() -> str:
        return as_alice.get(reverse("plan:import")).content.decode()

    assert offered in page()
    BulkChange.objects.update(made_at=BulkChange.objects.get().made_at - timedelta(days=8))
    assert offered not in page()
    BulkChange.objects.update(made_at=BulkChange.objects.get().made_at + timedelta(days=8))
    as_alice.post(undo)
    assert offered not in page()


def test_whoever_plans_may_undo_it_and_nobody_else(
    as_alice: Client, client: Client, bob: User, chloe: User, mallory: User, channel: Channel
):
    undo = bring(as_alice)
    for person, status in ((mallory, 404), (chloe, 403)):
        client.force_login(person)
        assert client.post(undo).status_code == status
    assert len(kept()) == 3

    client.force_login(bob)
    assert client.post(undo).status_code == 302 and kept() == []


def test_its_undo_and_that_of_a_change_of_many_are_not_each_others(as_alice: Client, channel: Channel):
    bring(as_alice)
    change = BulkChange.objects.get()

    assert as_alice.post(reverse("plan:undo_many", args=[change.pk])).status_code == 404

    BulkChange.objects.update(undo={"deleted": []})
    assert as_alice.post(reverse("plan:import_undo", args=[change.pk])).status_code == 404
