"""A form that is sent twice, by a double click or a browser that tries again, plans one post."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tesselle.channels.models import Channel
from tesselle.compose.models import Post, WorkingCopy
from tesselle.compose.tests.forms import channel_in, form
from tesselle.ledger.models import Delivery
from tesselle.workspaces.models import Workspace


@pytest.fixture
def short(workspace: Workspace) -> Channel:
    return channel_in(workspace)


def written_in(client: Client) -> str:
    """The name of the form that a new page brings."""
    found = re.search(r'name="written-in" value="([0-9a-f-]{36})"', client.get("/posts/new").content.decode())
    assert found
    return found[1]


def filled(client: Client, short: Channel, text: str = "Zellige") -> dict[str, Any]:
    now = {"when": "now", "do": "plan"}
    return form(short, text=text, **{"written-in": written_in(client)}) | now


def test_the_same_form_plans_one_post(as_alice: Client, short: Channel):
    sent = filled(as_alice, short)
    first, second = (as_alice.post("/posts/new/plan", sent) for _ in range(2))

    assert first.url == second.url == f"/posts/{Post.objects.get().pk}"
    assert Delivery.objects.count() == 1


def test_the_same_words_in_another_form_are_another_post(as_alice: Client, short: Channel):
    for _ in range(2):
        as_alice.post("/posts/new/plan", filled(as_alice, short))
    assert Post.objects.count() == Delivery.objects.count() == 2


def test_going_back_and_writing_on_does_not_change_what_is_planned(as_alice: Client, short: Channel):
    sent = filled(as_alice, short)
    as_alice.post("/posts/new/plan", sent)
    as_alice.post("/posts/new/plan", sent | {"shared-text": "Autre chose"})
    assert sorted(one.content.text for one in Delivery.objects.all()) == ["Autre chose", "Zellige"]


def test_what_was_saved_by_the_button_beside_is_planned(as_alice: Client, short: Channel):
    sent = filled(as_alice, short)
    as_alice.post("/posts/new", sent | {"do": "save"})
    as_alice.post("/posts/new/plan", sent)
    assert Post.objects.count() == Delivery.objects.count() == 1


def test_a_form_that_was_redrawn_is_still_the_same(as_alice: Client, short: Channel):
    sent = filled(as_alice, short)
    redrawn = as_alice.post("/posts/new", sent | {"do": "refresh"}).content.decode()
    assert sent["written-in"] in redrawn


def test_what_arrives_to_be_kept_after_it_was_saved_does_not_begin_the_post_anew(
    as_alice: Client, short: Channel
):
    sent = filled(as_alice, short)
    as_alice.post("/posts/new/keep", sent)  # its answer, with the copy's name, comes too late for the form
    as_alice.post("/posts/new/plan", sent)
    as_alice.post("/posts/new/keep", sent)
    assert not WorkingCopy.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_one_instant_plan_one_post(as_alice: Client, short: Channel):
    sent = filled(as_alice, short)

    def send(_: int) -> int:
        try:
            return as_alice.post("/posts/new/plan", sent).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as together:
        assert list(together.map(send, range(2))) == [302, 302]
    assert Post.objects.count() == Delivery.objects.count() == 1
