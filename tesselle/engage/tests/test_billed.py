"""Where reading is billed, comments are looked for by themselves only after somebody said so."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tesselle.engage.models import Conversation, Heard, Listening
from tesselle.engage.telling import tell_comments
from tesselle.engage.tests.stage import count_and_read, states, write
from tesselle.journal.models import Entry
from tesselle.ledger.models import Delivery
from tesselle.publish.tests.stage import PublishStage
from tesselle.workspaces.models import User

REPLY = "1990000000000000777"


@pytest.fixture
def on_x(stage: PublishStage) -> Delivery:
    delivery = stage.planned("Un sol bleu", stage.channel("x"))
    return stage.run_until_state(delivery, "live")


def switched(client: Client, delivery: Delivery, on: str) -> int:
    return client.post(reverse("engage:listen", args=[delivery.channel_id]), {"on": on}).status_code


def test_a_comment_is_told_only_where_somebody_said_so(stage: PublishStage, on_x: Delivery, as_alice: Client):
    write(stage, REPLY, on_x.remote["id"], slug="x")
    count_and_read(stage)
    assert not Conversation.objects.exists()

    switched(as_alice, on_x, "yes")
    count_and_read(stage)

    assert states(on_x) == ["open"]
    assert tell_comments() == 1
    conversation = Conversation.objects.get()
    assert conversation.read_at is not None
    assert conversation.next_at == conversation.read_at + timedelta(days=1)  # each further look costs again


def test_switched_off_again_what_waits_is_not_read_any_more(
    stage: PublishStage, on_x: Delivery, as_alice: Client
):
    write(stage, REPLY, on_x.remote["id"], slug="x")
    switched(as_alice, on_x, "yes")
    count_and_read(stage)
    switched(as_alice, on_x, "no")

    count_and_read(stage)

    assert Conversation.objects.get().read_at is None and Heard.objects.count() == 1
    told = Entry.objects.filter(verb__startswith="comments.").order_by("pk")
    assert list(told.values_list("verb", flat=True)) == ["comments.listened_to", "comments.not_listened_to"]


def test_the_channels_page_tells_the_price_before(on_x: Delivery, as_alice: Client):
    page = as_alice.get(reverse("channels:detail", args=[on_x.channel_id])).content.decode()

    assert "jusqu’à 0,015\u00a0USD par commentaire lu" in page
    assert "Les chercher, à ce prix" in page


def test_mallory_viewers_and_networks_that_bill_nothing_have_no_switch(
    client: Client, stage: PublishStage, on_x: Delivery, alice: User, mallory: User, chloe: User
):
    free = stage.planned("Un sol", stage.channel("mastodon"))
    for person, status in ((mallory, 404), (chloe, 403)):
        client.force_login(person)
        assert switched(client, on_x, "yes") == status
    client.force_login(alice)
    assert switched(client, free, "yes") == 404
    assert not Listening.objects.exists()
